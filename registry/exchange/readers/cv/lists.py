"""Lists in a CV: skills as written, and languages with what is said about how well."""

import re
from collections.abc import Iterator, Sequence

from registry.exchange.readers.cv.found import Item, Line, Section, item
from registry.exchange.readers.cv.sections import plain_lines
from registry.people.rules.vocabulary import vocabulary
from registry.text import fold

_LONGEST_SKILL, _MOST_WORDS = 60, 8
_LEVEL_DOTS = re.compile(r"[●○◉◯★☆■□▰▱⬤]{2,}\s*$")
_GROUP = re.compile(r"^(?P<group>[^:()\t]{2,40}):\s*(?P<rest>\S.*)$")
_DASHED = re.compile(r"\s+[–—-]\s+")
_CERTIFICATES = {"ielts": "en", "toeic": "en", "toefl": "en", "vstep": "en", "aptis": "en", "jlpt": "ja", "hsk": "zh", "topik": "ko", "delf": "fr", "dalf": "fr", "testdaf": "de", "goethe": "de"}  # fmt: skip
_NATIVE = ("bản ngữ", "mẹ đẻ", "bản xứ", "native", "mother tongue", "muttersprache", "langue maternelle")
_ONE_LETTER = frozenset({"R", "C"})
_LISTED, _LONG, _NAMED, _WITHOUT_LEVEL = 80, 45, 85, 70


def skills_of(section: Section) -> Iterator[Item]:
    """The skills of a section, one an item; what is a language goes to the languages."""
    for line in plain_lines(section):
        group, text = _grouped(line.text)
        if fold(group) in {"ngoai ngu", "languages", "language"}:
            yield from languages_in(text, line, section.heading)
            continue
        for part in _parts(text):
            language = language_in(part)
            if language is not None:
                yield from _language(*language, line, section.heading)
                continue
            words = part.split()
            is_short = len(part) <= _LONGEST_SKILL and len(words) <= _MOST_WORDS
            found = item("skill", {"skill": part}, [line], section.heading, _LISTED if is_short else _LONG)
            if (
                found is not None
                and any(char.isalpha() for char in part)
                and (len(part) > 1 or part in _ONE_LETTER)
            ):
                yield found


def languages_of(section: Section) -> Iterator[Item]:
    """The languages of a section."""
    for line in plain_lines(section):
        yield from languages_in(line.text, line, section.heading)


def languages_in(text: str, line: Line, heading: str) -> Iterator[Item]:
    """The languages named in a line; of two things said about one language the one with a number in it counts."""
    _group, rest = _grouped(text)
    whole = language_in(text)
    found: dict[str, str] = {}
    for part in _parts(rest if whole is None else text):
        code, level = language_in(part) or ("", "")
        if code and (code not in found or any(char.isdigit() for char in level)):
            found[code] = level
    if whole is not None and len(found) < 2 and not any(found.values()):
        found = dict([whole])
    for code, level in found.items():
        yield from _language(code, level, line, heading)


def _language(code: str, level: str, line: Line, heading: str) -> Iterator[Item]:
    is_own = any(word in level.casefold() for word in _NATIVE)
    sure = 40 if is_own and code == "vi" else _NAMED if level else _WITHOUT_LEVEL
    found = item("language", {"language": code, "level": level}, [line], heading, sure)
    if found is not None:
        yield found


def language_in(text: str) -> tuple[str, str] | None:
    """(code, what is said of the level) of a text that begins with a language or names its certificate."""
    words = text.replace("\t", " ").strip()
    key = fold(words)
    for names, code in _names():
        if key == names or key.startswith(f"{names} "):
            return code, _behind(words, len(names.split(" ")))
    first = re.match(r"([A-Za-z]+)", words)
    if first is not None and first[1].lower() in _CERTIFICATES and any(char.isdigit() for char in words):
        return _CERTIFICATES[first[1].lower()], words
    return None


def _behind(text: str, words: int) -> str:
    """What stands behind the first words, without the strokes and brackets around it."""
    rest = text.split(None, words)[words] if len(text.split(None, words)) > words else ""
    if not rest and "(" in text:
        rest = text[text.index("(") :]
    if not rest and ":" in text:
        rest = text.partition(":")[2]
    rest = re.sub(r"^[\s(:–—|,-]+", "", rest)
    return (
        rest.strip(" ()[].;,") if rest.count("(") != rest.count(")") else rest.strip(" .;,").removeprefix("(")
    )


def _names() -> Sequence[tuple[str, str]]:
    if not _NAMES:
        for one in vocabulary().languages:
            vietnamese = fold(one.vi)
            _NAMES.append((vietnamese, one.code))
            _NAMES.append((fold(one.en), one.code))
            # «Anh» and «Nhật» alone are words of much else; «Anh văn» is not.
            if one.code in {"en", "fr", "zh", "ru", "ja", "de"}:
                _NAMES.append((f"{vietnamese.removeprefix('tieng ')} van", one.code))
        _NAMES.extend(
            [
                ("mandarin", "zh"),
                ("hoa ngu", "zh"),
                ("tieng hoa", "zh"),
                ("nhat ngu", "ja"),
                ("han ngu", "ko"),
            ]
        )
        _NAMES.sort(key=lambda pair: -len(pair[0]))
    return _NAMES


_NAMES: list[tuple[str, str]] = []


def _grouped(text: str) -> tuple[str, str]:
    """«Lập trình: Python, SQL» → the group and what is in it."""
    found = _GROUP.match(text)
    return ("", text) if found is None else (found["group"].strip(), found["rest"].strip())


def _parts(text: str) -> Iterator[str]:
    """The parts between commas, semicolons and strokes that stand outside brackets."""
    text = _LEVEL_DOTS.sub("", text)
    parts, depth = [""], 0
    for char in text:
        depth = max(0, depth + {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0))
        if depth == 0 and char in ",;|•·\t/" and not (char == "/" and _is_inside(parts[-1])):
            parts.append("")
        else:
            parts[-1] += char
    for part in parts:
        yield from _cut(part.strip(" .:–—-\u00a0"))


def _is_inside(written: str) -> bool:
    """Whether a stroke stands inside a word («CI/CD», «bậc 3/6») rather than between two."""
    return len(written.strip()) < 3 or written[-1:].isdigit()


def _cut(part: str) -> Iterator[str]:
    """Without an «and» in front; «Python – nâng cao» stays one."""
    plain = re.sub(r"^(?:và|and|&)\s+", "", part, flags=re.IGNORECASE).strip()
    if plain:
        yield _DASHED.sub(" - ", plain)
