"""Who the CV is about and how to reach them: the lines above the first heading and those under «Liên hệ»."""

import re
from collections.abc import Iterator, Sequence

from registry.exchange.readers.cv.entries import kind_of_piece, label_of
from registry.exchange.readers.cv.found import Item, Line, Section, item
from registry.exchange.readers.cv.periods import date_of
from registry.exchange.readers.cv.words import JUNK, PERSON, SUMMARY
from registry.people.rules.readings import split_titles
from registry.text import fold, nfc

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,120}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().-]{7,18}\d(?![\w/])")
_NAME = re.compile(r"[^\W\d_][^\W\d_'.’-]*(?:[\s-][^\W\d_][^\W\d_'.’-]*){1,5}")
_LABELLED = {"full_name": 95, "birth": 95, "sex": 90, "nationalities": 90, "residence": 70, "headline": 80}
_ENGLISH_TITLE = re.compile(
    r"^(?:(?:Assoc\.?|Assistant|Associate)\s+)?(?:Prof(?:essor|\.)|Dr\.?|Mr\.?|Mrs\.?|Ms\.?)\s+(?:Dr\.?\s+)?"
)
_SEVERAL = re.compile(r"\s{3,}|\s*\|\s*|\t+|\s+[•·]\s+")
_SHORTEST_PHONE, _LONGEST_PHONE = 9, 15
_FIRST_LINES = 8


def person_of(sections: Sequence[Section]) -> Iterator[Item]:
    """What is said about the person, each field once: labelled ones are surest, a name by its look comes last."""
    own = [one for one in sections if one.kind == PERSON]
    told = [one for one in sections if one.kind in {PERSON, SUMMARY}]
    seen: set[str] = set()
    for found in (*_labelled(told), *_contacts(told), *_by_look(own)):
        name = next(iter(found.fields))
        if name not in seen:
            seen.add(name)
            yield found


def _labelled(sections: Sequence[Section]) -> Iterator[Item]:
    for section in sections:
        for line in section.lines:
            for part in _SEVERAL.split(line.text):
                label = label_of(part)
                found = None if label is None else _of_label(*label, line, section.heading)
                if found is not None:
                    yield found


def _of_label(name: str, value: str, line: Line, heading: str) -> Item | None:
    if name not in _LABELLED:
        return None
    if name == "full_name":
        value = _named(value)
    elif name == "birth":
        found = date_of(value.split("(")[0].strip()) or date_of(value.split()[0])
        value = "" if found is None else found.text
    elif name == "sex":
        value = _sex_of(value)
    return item("about", {name: value}, [line], heading, _LABELLED[name]) if value else None


def _sex_of(text: str) -> str:
    known = {"nam": "male", "male": "male", "nu": "female", "female": "female"}
    return known.get(fold(text).split(" ")[0] if fold(text) else "", "")


def _contacts(sections: Sequence[Section]) -> Iterator[Item]:
    """Addresses and numbers; those of people who speak for somebody are theirs, not the person's."""
    for section in sections:
        for line in section.lines:
            address = _EMAIL.search(line.text)
            if address is not None:
                yield from _just(item("contact", {"email": address.group()}, [line], section.heading, 95))
            number = _number_in(line.text)
            if number:
                is_labelled = (label_of(line.text) or ("",))[0] == "phone"
                sure = 95 if is_labelled or number.startswith(("+", "0")) else 55
                yield from _just(item("contact", {"phone": number}, [line], section.heading, sure))


def _number_in(text: str) -> str:
    """A telephone number; a date or the number of a paper is none."""
    bare = _EMAIL.sub(" ", text)
    label = label_of(text)
    if label is not None and label[0] in {"birth", "residence"}:
        return ""
    for found in _PHONE.finditer(bare):
        digits = re.sub(r"\D", "", found.group())
        is_period = re.match(r"\(?(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}", found.group())
        is_date = re.fullmatch(r"\d{1,2}[\s./-]\d{1,2}[\s./-]\d{4}", found.group().strip())
        if _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE and not is_period and not is_date:
            is_paper = (
                digits == found.group().strip() and len(digits) in {9, 12} and not digits.startswith("0")
            )
            if not is_paper and not re.search(r"(?i)cccd|cmnd|căn cước|passport|hộ chiếu", text):
                return re.sub(r"\s+", " ", found.group()).strip()
    return ""


def _by_look(sections: Sequence[Section]) -> Iterator[Item]:
    """The name: the first line that looks like one, in the largest letters; the profession is the line below it."""
    if not sections:
        return
    lines = [
        line for line in sections[0].lines[:_FIRST_LINES] if line.text.strip().casefold() not in JUNK
    ] or [line for section in sections[1:2] for line in section.lines[:_FIRST_LINES]]
    named = [(at, line) for at, line in enumerate(lines) if _looks_like_name(line.text)]
    if not named:
        return
    largest = max(line.size for _at, line in named)
    at, line = next((at, line) for at, line in named if line.size >= largest)
    is_largest = largest > 0 and all(other.size <= largest for other in lines)
    heading = sections[0].heading
    yield from _just(
        item("about", {"full_name": _named(line.text)}, [line], heading, 85 if is_largest or at == 0 else 60)
    )
    for below in lines[at + 1 : at + 3]:
        words = below.text.strip()
        if kind_of_piece(words) == "title" and len(words) <= 80 and label_of(words) is None:
            yield from _just(item("about", {"headline": words}, [below], heading, 70))
            return


def _named(text: str) -> str:
    """The name without titles; all capitals as names are written."""
    name = _ENGLISH_TITLE.sub("", split_titles(text.strip(" :,.-"))[1])
    name = re.split(r"\s*[(,|–—\t]\s*", name)[0].strip()
    return " ".join(part.capitalize() for part in name.split()) if name.isupper() else name


def _looks_like_name(text: str) -> bool:
    name = _named(text)
    words = name.split()
    return (
        _NAME.fullmatch(nfc(name)) is not None
        and 2 <= len(words) <= 6
        and all(word[:1].isupper() for word in words)
        and kind_of_piece(name) is None
        and label_of(text) is None
    )


def _just(found: Item | None) -> Iterator[Item]:
    if found is not None:
        yield found
