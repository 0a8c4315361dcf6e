"""A file of people read part by part, by several processes: what each row says, and the drafts to be kept of it.

What a process does is pure: the lines of a part in, facts to compare and sealed drafts out (`PartReader`); later the
sealed drafts in, records ready to be entered out (`PartMaker`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from registry.db.keys import Keyring
from registry.exchange.operations.drafts import Draft, Part, opened_drafts, sealed_drafts
from registry.exchange.operations.kinds import SourceRow
from registry.exchange.operations.plans import (
    PersonPlan,
    ReadRow,
    ReadyPlan,
    facts_of,
    skill_draft,
    unknown_words,
)
from registry.exchange.operations.sources import mapped_row
from registry.exchange.rules.columns import Header
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.people import read_person_row
from registry.people.operations import Plans, check_ground, prepare_people
from registry.people.rules import LegalBasis, PersonDraft

ROWS = 1_000
"""Rows of a part."""


class Lines(NamedTuple):
    """A part as the reading process prints it: one row a line."""

    place: int
    lines: list[bytes]

    def line_of(self) -> Mapping[int, bytes]:
        """The lines by the number of their row."""
        return {int(line[1 : line.index(b",")]): line for line in self.lines}


class ReadPart(NamedTuple):
    """What the rows of a part say, and those that can be made, sealed."""

    rows: list[ReadRow]
    part: Part
    sealed: bytes


@dataclass(frozen=True)
class PartReader:
    """Reads the lines of a part."""

    batch_id: str
    header: Header
    lookups: Lookups
    basis: LegalBasis | None
    keyring: Keyring

    def __call__(self, piece: Lines) -> ReadPart:
        """See the class."""
        rows: list[ReadRow] = []
        drafts: list[Draft] = []
        for source in self._sources(piece.lines):
            person = read_person_row(source.cells, self.lookups, self.basis)
            facts = None
            if person.draft is not None:
                facts = facts_of(person.draft, self.keyring, source.cells)
                drafts.append(Draft(source.number, person.draft, person.skills))
            rows.append(ReadRow(source.number, facts, person.findings, None))
        first, last = (drafts[0].number, drafts[-1].number) if drafts else (0, 0)
        part = Part(len(rows), len(drafts), first, last)
        return ReadPart(rows, part, sealed_drafts(self.keyring, self.batch_id, piece.place, drafts))

    def _sources(self, lines: list[bytes]) -> Iterator[SourceRow]:
        for line in lines:
            number, cells, numbers = json.loads(line)
            row = mapped_row(number, cells, numbers, self.header)
            if row is not None:
                yield row


class Sealed(NamedTuple):
    """The sealed drafts of a part, when what is made of them begins to be, and the numbers of pending words so far."""

    place: int
    sealed: bytes
    at: datetime
    on: date
    pending: Mapping[str, int]


@dataclass(frozen=True)
class PartMaker:
    """Makes the drafts of a part ready to be entered; those with a word that has no number yet wait for it."""

    batch_id: str
    keyring: Keyring
    plans: Plans
    by: int | None

    def __call__(self, piece: Sealed) -> list[ReadRow]:
        """See the class."""
        drafts = opened_drafts(self.keyring, self.batch_id, piece.place, piece.sealed)
        words = {one.number: unknown_words(one.skills) for one in drafts}
        known = [one for one in drafts if piece.pending.keys() >= set(words[one.number])]
        whole = [_whole(one, piece.pending) for one in known]
        made = prepare_people(whole, self.keyring, self.plans, by=self.by, at=piece.at, on=piece.on)
        ready = {
            one.number: ReadyPlan(
                prepared, words[one.number], {word: piece.pending[word] for word in words[one.number]}
            )
            for one, prepared in zip(known, made, strict=True)
        }
        return [
            ReadRow(
                one.number,
                facts_of(one.person, self.keyring, {}),
                (),
                ready.get(one.number) or PersonPlan(one.person, one.skills),
            )
            for one in drafts
        ]


def _whole(draft: Draft, pending: Mapping[str, int]) -> PersonDraft:
    person = replace(draft.person, skills=tuple(skill_draft(one, pending) for one in draft.skills))
    check_ground(person)
    return person
