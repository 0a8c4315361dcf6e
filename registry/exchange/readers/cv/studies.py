"""Courses of study: from the entries of the sections about education to items."""

import re
from collections.abc import Iterator

from registry.exchange.readers.cv.entries import Entry, entries_of
from registry.exchange.readers.cv.found import Item, Section, item
from registry.exchange.readers.cv.words import SCHOOL, pattern_of
from registry.people.rules.vocabulary import vocabulary
from registry.text import fold, nfc

_SCHOOL = pattern_of(SCHOOL)
_SURELY_SCHOOL = pattern_of(set(SCHOOL) - {"đại học", "cao đẳng", "trung cấp", "college"})
_DEGREE_INSIDE = re.compile(
    r"(?<=\w )(?:Cử nhân|Kỹ sư|Thạc sĩ|Thạc sỹ|Tiến sĩ|Bác sĩ|Dược sĩ|Kiến trúc sư|Bachelor|Master|Ph\.?D|B\.?Sc|M\.?Sc)\b"
)
# Names of degrees that are words of other things too, or of places of study.
_NOT_ALONE = frozenset(
    {
        "ma",
        "bs",
        "cn",
        "ds",
        "ks",
        "sc",
        "tc",
        "cd",
        "dh",
        "ts",
        "university",
        "college",
        "doctor",
        "engineer",
    }
)
_MORE_NAMES = {
    "b.sc": "DH", "bsc": "DH", "b.s": "DH", "ba": "DH", "b.a": "DH", "beng": "DH", "b.eng": "DH", "licence": "DH",
    "diplom": "THS", "m.sc": "THS", "m.s": "THS", "m.a": "THS", "meng": "THS", "m.eng": "THS", "dr": "TS", "mph": "THS",
    "undergraduate": "DH", "postgraduate": "THS", "doctoral": "TS", "nghien cuu sinh": "TS", "llb": "DH", "llm": "THS",
    "bachelors": "DH", "masters": "THS", "bachelor s": "DH", "master s": "THS", "chuyen khoa 1": "CKI", "chuyen khoa 2": "CKII",
}  # fmt: skip
_MAJOR = (
    re.compile(
        r"(?:chuyên\s+)?ngành(?:\s+học|\s+đào\s+tạo)?\s*:?\s+(?P<major>[^,;|()\t–—]{3,80})", re.IGNORECASE
    ),
    re.compile(r"\b(?:degree|honours|hons\.?)\s+(?:in|of)\s+(?P<major>[^,;|()\t–—]{3,80})", re.IGNORECASE),
    re.compile(r"\b(?:majoring|major|majored)\s+in\s+(?P<major>[^,;|()\t–—]{3,80})", re.IGNORECASE),
)
_BEHIND = re.compile(
    r"^\s*(?:degree\s*)?(?:\([^)]*\)\s*)?(?:in|of|về|ngành|chuyên ngành|:)?\s*(?P<major>[^,;|()\t–—]{3,80})",
    re.IGNORECASE,
)
_CLASSES = (
    (re.compile(r"(?<!\w)(?:xuất sắc|summa cum laude|excellent|first class)(?!\w)"), "excellent"),
    (re.compile(r"(?<!\w)(?:giỏi|magna cum laude|very good|distinction)(?!\w)"), "very_good"),
    (re.compile(r"(?<!\w)(?:khá|cum laude|good|upper second)(?!\w)"), "good"),
    (re.compile(r"(?<!\w)(?:trung bình|average|pass)(?!\w)"), "average"),
)  # fmt: skip
_WHOLE, _NO_DEGREE, _NO_SCHOOL, _NO_PERIOD = 90, 45, 25, 15


def studies_of(section: Section) -> Iterator[Item]:
    """The courses of study of a section."""
    for entry in entries_of(section):
        found = _study(entry, section.heading)
        if found is not None:
            yield found


def _study(entry: Entry, heading: str) -> Item | None:
    pieces = [part for piece in entry.pieces for part in _parted(piece)]
    texts = [*pieces, *entry.told[:3]]
    school = entry.labelled.get("school") or entry.labelled.get("organisation") or _school_in(pieces)
    others = [text for text in texts if text != school]
    labelled = entry.labelled.get("degree", "")
    degree, major = _degree_in([labelled, *others] if labelled else others)
    major = entry.labelled.get("major") or _major_in(others) or major
    if not major:
        major = _rest_of(others, degree)
    period = entry.period
    if not school and not degree:
        return None
    sure = _WHOLE - (0 if degree else _NO_DEGREE) - (0 if school else _NO_SCHOOL)
    sure -= 0 if period is not None else _NO_PERIOD
    fields = {
        "degree": degree,
        "major": major,
        "school": school,
        "started": "" if period is None else period.started,
        "ended": "" if period is None else period.ended,
        "is_completed": "" if period is not None and period.is_ongoing else "y",
        "classification": _class_in([entry.labelled.get("classification", ""), *others]),
    }
    return item("education", fields, entry.lines, heading, sure)


def _parted(piece: str) -> list[str]:
    """A piece in which a school and a degree stand side by side, cut between them; others stay whole."""
    parts = [part.strip() for part in piece.split(", ") if part.strip()]
    has_school = [bool(_SCHOOL.search(nfc(part.casefold()))) for part in parts]
    has_degree = [bool(_degree_in([part])[0]) for part in parts]
    if len(parts) > 1 and any(has_school) and any(has_degree):
        return parts
    # «Trường Đại học Y Cử nhân Điều dưỡng»: cells of a table that came without a gap.
    found = _DEGREE_INSIDE.search(piece)
    return [piece] if found is None else [piece[: found.start()].strip(), piece[found.start() :].strip()]


def _school_in(pieces: list[str]) -> str:
    """The piece that is called a school: surest by its own words, then by those that degrees have too («Đại học»)."""
    for words in (_SURELY_SCHOOL, _SCHOOL):
        named = [
            piece for piece in pieces if words.search(nfc(piece.casefold())) or _is_unmarked_school(piece)
        ]
        plain = [piece for piece in named if _code_of(fold(piece)) is None]
        if plain:
            return plain[0]
    return ""


def _is_unmarked_school(piece: str) -> bool:
    return piece.isascii() and fold(piece).startswith(("dai hoc ", "hoc vien ", "truong ", "cao dang "))


def _degree_in(texts: list[str]) -> tuple[str, str]:
    """(code of the degree, what is studied as far as it stands right behind it)."""
    for text in texts:
        for words, code in _names():
            found = re.search(rf"(?<![\w.]){re.escape(words)}(?![\w])\.?", _readable(text))
            if found is None or (
                words in _NOT_ALONE and not text[found.start() : found.end()].rstrip(".").isupper()
            ):
                continue
            behind = _BEHIND.match(text[found.end() :])
            return code, "" if behind is None else _major_of(behind["major"])
    return "", ""


def _readable(text: str) -> str:
    """The text in lower case without marks, letter for letter as long as the text."""
    return "".join(
        fold(char) or char if char.isalpha() else ("'" if char == "’" else char.lower()) for char in nfc(text)
    )


def degree_named(text: str) -> tuple[str, str]:
    """(code of the degree a text names, what is studied as far as it stands right behind it); "" for none."""
    return _degree_in([text])


def _names() -> list[tuple[str, str]]:
    if not _NAMES:
        known = {_readable(name): one.code for one in vocabulary().degrees for name in (one.vi, *one.names)}
        known |= _MORE_NAMES
        known |= {"bachelor's": "DH", "master's": "THS", "ph.d": "TS", "md": "DH", "m.d": "DH"}
        _NAMES.extend(sorted(known.items(), key=lambda pair: -len(pair[0])))
    return _NAMES


_NAMES: list[tuple[str, str]] = []


def _code_of(key: str) -> str | None:
    return next((code for words, code in _names() if fold(words) == key), None)


def _major_in(texts: list[str]) -> str:
    for text in texts:
        for pattern in _MAJOR:
            found = pattern.search(text)
            if found is not None:
                return _major_of(found["major"])
    return ""


def _rest_of(texts: list[str], degree: str) -> str:
    """A short piece that says neither school nor degree is what was studied."""
    for text in texts[:4]:
        key = nfc(text.casefold())
        is_plain = not _SCHOOL.search(key) and not any(pattern.search(key) for pattern, _code in _CLASSES)
        is_name = 3 <= len(text) <= 60 and not any(char.isdigit() for char in text)
        if degree and is_plain and is_name and not _degree_in([text])[0]:
            return text
    return ""


def _major_of(text: str) -> str:
    """What is studied, without «Science in» and the like of the degree before it."""
    text = re.sub(
        r"^\s*(?:of\s+)?(?:science|arts|engineering|philosophy)\s+in\s+", "", text, flags=re.IGNORECASE
    )
    major = re.sub(
        r"^(?:in|of|về|ngành|chuyên ngành|degree)\s+",
        "",
        text.strip(" :.,-–'’").removeprefix("s "),
        flags=re.IGNORECASE,
    )
    return (
        "" if _SCHOOL.search(nfc(major.casefold())) or fold(major) in {"degree", "science", "arts"} else major
    )


def _class_in(texts: list[str]) -> str:
    for text in texts:
        if not text or len(text) > 80:
            continue
        for pattern, code in _CLASSES:
            if pattern.search(nfc(text.casefold())):
                return code
    return ""
