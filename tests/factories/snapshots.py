"""Snapshots of generated people: the same facts the reference takes, put into columns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from registry.matching.engine.dates import add_months
from registry.matching.engine.facts import EVIDENCE_STRENGTH, Field, PersonFacts
from registry.matching.engine.index.building import build
from registry.matching.engine.index.columns import (
    Claims,
    Columns,
    People,
    Places,
    Posts,
    Statements,
    Studies,
    Tongues,
    Words,
)
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.parts import STATEMENT_GOOD_FOR_MONTHS

SKILL_IDS = {
    code: [number]
    for number, code in enumerate(
        ["PYTHON", "DJANGO", "REST", "CODING", "JAVA", "SQL", "POSTGRES", "FHIR", "HL7", "COBOL"], start=3
    )
}


def regular(person: PersonFacts) -> PersonFacts:
    """The person as the tables can hold one: a concept and a language once."""
    skills = {(one.skill, one.needs_confirmation): one for one in person.skills}
    languages = {one.language: one for one in person.languages}
    return replace(person, skills=tuple(skills.values()), languages=tuple(languages.values()))


def snapshot_of(people: Sequence[PersonFacts], as_of: date) -> Snapshot:
    """A snapshot of these people; the row id of a person is its place in the list."""
    return build(columns_of(people), as_of, change=0, version="test")


def columns_of(people: Sequence[PersonFacts]) -> Columns:
    """All facts of these people as columns."""
    fields = sorted(
        {one.field for who in people for one in (*who.experience, *who.education) if one.field},
        key=lambda one: (one.group or "", one.code or ""),
    )
    groups = sorted({one.group for one in fields if one.group})
    codes = sorted({(one.code, one.group or "") for one in fields if one.code})
    words = Words(
        unit_paths=tuple(
            sorted(
                {who.unit_path for who in people if who.unit_path}
                | {path for who in people if who.places for path in who.places.unit_paths}
            )
        ),
        organisation_paths=(),
        fields=tuple(code for code, _group in codes),
        groups=tuple(groups),
        languages=tuple(sorted({one.language for who in people for one in who.languages})),
        forms=tuple(sorted({form for who in people if who.availability for form in who.availability.forms})),
    )
    return Columns(
        words=words,
        people=People(
            row_id=np.arange(len(people)),
            public_id=np.array([one.public_id.encode() for one in people], "S26"),
            unit=_int32(_place(words.unit_paths, one.unit_path) for one in people),
            organisation=np.full(len(people), -1, np.int32),
            appears_on=np.zeros(len(people), np.int32),
        ),
        claims=_claims(people),
        posts=_posts(people, words),
        studies=_studies(people, words),
        tongues=_tongues(people, words),
        statements=_statements(people, words),
        places=_places(people, words),
        current_skill={},
    )


def _int32(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), np.int32)


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0


def _place(known: Sequence[str], word: str | None) -> int:
    return -1 if word is None else known.index(word)


def _field(words: Words, field: Field | None) -> tuple[int, int]:
    if field is None:
        return -1, -1
    return _place(words.fields, field.code), _place(words.groups, field.group)


def _claims(people: Sequence[PersonFacts]) -> Claims:
    told = [(row, one) for row, who in enumerate(people) for one in who.skills if not one.needs_confirmation]
    return Claims(
        person=np.array([row for row, _one in told], np.int64),
        skill=_int32(SKILL_IDS[one.skill][0] for _row, one in told),
        rank=np.array([-1 if one.rank is None else one.rank for _row, one in told], np.int8),
        strength=np.array([EVIDENCE_STRENGTH[one.evidence] for _row, one in told], np.uint8),
        until=np.zeros(len(told), np.int32),
    )


def _posts(people: Sequence[PersonFacts], words: Words) -> Posts:
    told = [(row, one) for row, who in enumerate(people) for one in who.experience]
    return Posts(
        person=np.array([row for row, _one in told], np.int64),
        field=_int32(_field(words, one.field)[0] for _row, one in told),
        group=_int32(_field(words, one.field)[1] for _row, one in told),
        start_latest=_int32(_day(one.start and one.start.latest) for _row, one in told),
        end_earliest=_int32(_day(one.end and one.end.earliest) for _row, one in told),
        is_ongoing=np.array([one.ongoing for _row, one in told], np.bool_),
    )


def _studies(people: Sequence[PersonFacts], words: Words) -> Studies:
    told = [(row, one) for row, who in enumerate(people) for one in who.education]
    return Studies(
        person=np.array([row for row, _one in told], np.int64),
        rank=np.array([-1 if one.rank is None else one.rank for _row, one in told], np.int8),
        field=_int32(_field(words, one.field)[0] for _row, one in told),
        group=_int32(_field(words, one.field)[1] for _row, one in told),
        finished_on=np.zeros(len(told), np.int32),
    )


def _tongues(people: Sequence[PersonFacts], words: Words) -> Tongues:
    told = [(row, one) for row, who in enumerate(people) for one in who.languages]
    return Tongues(
        person=np.array([row for row, _one in told], np.int64),
        language=_int32(words.languages.index(one.language) for _row, one in told),
        rank=np.array([-1 if one.rank is None else one.rank for _row, one in told], np.int8),
    )


def _statements(people: Sequence[PersonFacts], words: Words) -> Statements:
    told = [(row, one.availability) for row, one in enumerate(people) if one.availability]
    return Statements(
        person=np.array([row for row, _one in told], np.int64),
        is_available=np.array([one.available for _row, one in told], np.bool_),
        free_from=_int32(_day(one.free_from) for _row, one in told),
        forms=np.array(
            [sum(1 << words.forms.index(form) for form in one.forms) for _row, one in told], np.uint16
        ),
        stops_on=_int32(
            _day(add_months(one.stated_on, STATEMENT_GOOD_FOR_MONTHS) + timedelta(days=1))
            for _row, one in told
        ),
    )


def _places(people: Sequence[PersonFacts], words: Words) -> Places:
    told: list[tuple[int, int, bool, bool]] = []
    for row, who in enumerate(people):
        if who.places:
            told += [(row, words.unit_paths.index(path), False, False) for path in who.places.unit_paths]
            told += [(row, -1, who.places.anywhere, who.places.remote)]
    return Places(
        person=np.array([row for row, *_rest in told], np.int64),
        unit=_int32(unit for _row, unit, *_rest in told),
        is_anywhere=np.array([anywhere for *_rest, anywhere, _remote in told], np.bool_),
        is_remote=np.array([remote for *_rest, remote in told], np.bool_),
    )
