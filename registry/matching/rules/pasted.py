"""Many identifiers pasted at once: read apart, then told line by line what became of each. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.people.rules import normalise_email
from registry.text import TextRefused, clean

MOST_PASTED = 500
LONGEST_PASTED = 200
_BETWEEN = re.compile(r"[,;\t]")
_ADDRESS_OF_NAME = re.compile(
    r".*<([^<>\s]+@[^<>\s]+)>", re.DOTALL
)  # «Lò Văn Chiến <chien@…>», as mail programs copy


class PastedKind(StrEnum):
    """What somebody is called by: a code of this registry or of an office, or an e-mail address."""

    CODE = "code"
    EMAIL = "email"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Pasted:
    """One identifier: the line it stands in, as it was typed, and what it is looked up by."""

    line: int
    text: str
    kind: PastedKind
    key: str


class Outcome(StrEnum):
    """What became of an identifier. Who does not exist and who may not be seen are UNKNOWN alike."""

    FOUND = "found"
    THERE = "there"
    REPEATED = "repeated"
    SEVERAL = "several"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PastedAnswer:
    """An identifier with its outcome; `person` is a row id, `first_line` where a repeated one stood before."""

    pasted: Pasted
    outcome: Outcome
    person: int | None = None
    first_line: int = 0


def read_pasted(typed: str) -> list[Pasted]:
    """The identifiers in the order typed: one a line, or several between commas, semicolons and tabs."""
    return [
        _read(number, text.strip())
        for number, line in enumerate(typed.splitlines(), start=1)
        for text in _BETWEEN.split(line)
        if text.strip()
    ]


def _read(line: int, typed: str) -> Pasted:
    named = _ADDRESS_OF_NAME.fullmatch(typed[: 2 * LONGEST_PASTED])
    try:
        text = clean(named[1] if named else typed, limit=LONGEST_PASTED)
    except TextRefused:
        return Pasted(line, typed, PastedKind.UNREADABLE, typed)
    if "@" not in text:
        return Pasted(line, text, PastedKind.CODE, text)
    address = normalise_email(text)
    if not isinstance(address, str):
        return Pasted(line, text, PastedKind.UNREADABLE, text)
    return Pasted(line, text, PastedKind.EMAIL, address.casefold())


def tell(
    pasted: Sequence[Pasted], found: Mapping[Pasted, Sequence[int]], there: Collection[int]
) -> list[PastedAnswer]:
    """What became of every identifier. `found` are the people each leads to, `there` those on the list already."""
    return list(_tell(pasted, found, there))


def _tell(
    pasted: Sequence[Pasted], found: Mapping[Pasted, Sequence[int]], there: Collection[int]
) -> Iterator[PastedAnswer]:
    lines: dict[tuple[PastedKind, str] | int, int] = {}
    for one in pasted:
        people = found.get(one, ())
        person = people[0] if len(people) == 1 else None
        written = one.kind, one.key
        before = lines.get(written) or (lines.get(person) if person is not None else None)
        lines.setdefault(written, one.line)
        if person is not None:
            lines.setdefault(person, one.line)
        if before:
            yield PastedAnswer(one, Outcome.REPEATED, person, before)
        else:
            yield PastedAnswer(one, _outcome(one, people, there), person)


def _outcome(one: Pasted, people: Sequence[int], there: Collection[int]) -> Outcome:
    if one.kind is PastedKind.UNREADABLE:
        return Outcome.UNREADABLE
    if not people:
        return Outcome.UNKNOWN
    if len(people) > 1:
        return Outcome.SEVERAL
    return Outcome.THERE if people[0] in there else Outcome.FOUND
