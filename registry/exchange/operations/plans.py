"""Rows of people between being read and being made: by what they are compared, what they would make. No database.

All of it goes from one process to another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from registry.db.keys import Keyring
from registry.exchange.rules.cells import Cell
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.skills import SkillMention
from registry.people.models.sealed import address_digests, number_digests
from registry.people.operations import Prepared
from registry.people.rules import IdentityKind, PersonDraft, SkillDraft
from registry.text import fold


class RowFacts(NamedTuple):
    """By what a row is compared: identity numbers with their keyed hashes, the name folded, hashes of the contacts.

    `texts` are the cells that a finding may quote, by column.
    """

    external_id: str | None
    numbers: tuple[tuple[IdentityKind, str, tuple[str, ...]], ...]
    name: str
    birth: date | None
    contacts: tuple[str, ...]
    texts: Mapping[str, str]


class PersonPlan(NamedTuple):
    """What a row would make: the record without its skills, and the skills it names."""

    draft: PersonDraft
    skills: tuple[SkillMention, ...]


class ReadyPlan(NamedTuple):
    """The same ready to be entered. `words` are the skills that name no concept, `pending` the numbers they were given."""

    prepared: Prepared
    words: tuple[str, ...] = ()
    pending: Mapping[str, int] = {}


class PendingMoved(Exception):
    """A word that waits for a curator got another number since rows were made ready: they are to be made ready again."""


class ReadRow(NamedTuple):
    """A row as it was read, still to be compared: `facts` are None when an error keeps it out.

    `plan` is what to make; None where nothing will be made.
    """

    number: int
    facts: RowFacts | None
    findings: tuple[Finding, ...]
    plan: PersonPlan | ReadyPlan | None


_QUOTED = ("external_id", "identity", "passport", "full_name")


def facts_of(draft: PersonDraft, keyring: Keyring, cells: Mapping[str, Cell]) -> RowFacts:
    """By what a draft is compared."""
    own = draft.self
    return RowFacts(
        draft.external_id,
        tuple(
            (one.kind, one.number, tuple(number_digests(keyring, one.kind, one.number)))
            for one in draft.identities
        ),
        fold(own.full_name),
        None if own.birth is None else own.birth.earliest,
        tuple(digest for one in draft.contacts for digest in address_digests(keyring, one.kind, one.value)),
        {key: cells[key].text for key in _QUOTED if key in cells},
    )


def unknown_words(skills: Sequence[SkillMention]) -> tuple[str, ...]:
    """The words among them that name no concept."""
    return tuple(one.typed for one in skills if one.answer.skill_id is None)


def whole_draft(plan: PersonPlan, pending: Mapping[str, int]) -> PersonDraft:
    """The draft of a row with its skills; a text that named no concept is kept and waits for a curator."""
    return replace(plan.draft, skills=tuple(skill_draft(one, pending) for one in plan.skills))


def skill_draft(mention: SkillMention, pending: Mapping[str, int]) -> SkillDraft:
    """The draft of a skill; `pending` are the numbers of the texts that named no concept."""
    answer = mention.answer
    return SkillDraft(
        mention.typed,
        answer.skill_id,
        pending[mention.typed] if answer.skill_id is None else None,
        level=mention.rank,
        needs_confirmation=answer.needs_confirmation,
        how=answer.how,
    )
