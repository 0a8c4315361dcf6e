"""Why one shown person fits: for every item the best claim, its relation to what was asked, and its proof. Pure reading of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.matching.queries.search.asked import Item, Sought
from registry.matching.queries.search.conditions import FULLY
from registry.people.models import LanguageClaim
from registry.people.queries import PersonCard, SkillLine, may_be_named, texts_shown
from registry.people.rules import EvidenceState
from registry.people.rules.full_text import AskedText, Place, asked_text, places_of

_STRENGTH = {EvidenceState.VERIFIED: 2, EvidenceState.ATTACHED: 1}


@dataclass(frozen=True)
class Reason:
    """One item found. `where` is skill, language or headline; `closeness` in hundredths says the relation."""

    item: Item
    where: str
    closeness: int = 100
    line: SkillLine | None = None
    language: LanguageClaim | None = None
    evidence: EvidenceState | None = None


def reasons_of(
    session: Session, sought: Sought, cards: Sequence[PersonCard], *, on: date
) -> dict[int, list[Reason]]:
    """The reasons by person id, for the people of one page: one statement for their languages."""
    languages: dict[int, list[LanguageClaim]] = {}
    if any(item.language for item in sought.ranked):
        rows = session.scalars(
            select(LanguageClaim)
            .where(
                LanguageClaim.person_id.in_([card.person.id for card in cards]),
                LanguageClaim.valid_to.is_(None),
            )
            .order_by(LanguageClaim.id)
        )
        for row in rows:
            languages.setdefault(row.person_id, []).append(row)
    return {card.person.id: _reasons(sought, card, languages, on) for card in cards}


@dataclass(frozen=True)
class InText:
    """Leftover words (as typed) that the full text of a profile holds, and where."""

    typed: str
    places: list[Place]


def text_reasons_of(session: Session, sought: Sought, cards: Sequence[PersonCard]) -> dict[int, list[InText]]:
    """Where the leftover words stand, by person id, for the people of one page: one statement."""
    asked: dict[str, AskedText] = {}
    for words in sought.search.read.leftover:
        found = asked_text(words, is_phrase=sought.search.is_literal)
        if found is not None:
            asked[words] = found
    if not asked or not cards:
        return {}
    people = [card.person for card in cards]
    named = frozenset(person.id for person in people if may_be_named(person, sought.viewer))
    shown = texts_shown(session, people, named)
    return {
        person: [InText(words, places) for words, one in asked.items() if (places := places_of(told, one))]
        for person, told in shown.items()
    }


def _reasons(
    sought: Sought, card: PersonCard, languages: Mapping[int, list[LanguageClaim]], on: date
) -> list[Reason]:
    found: list[Reason] = []
    for item in sought.ranked:
        spoken = languages.get(card.person.id, [])
        reason = _by_language(item, spoken, on) or _by_skill(item, card.skills) or _by_headline(item, card)
        if reason is not None:
            found.append(reason)
    return found


def _by_language(item: Item, languages: Sequence[LanguageClaim], on: date) -> Reason | None:
    for row in languages:
        if row.language == item.language and _reaches(row.rank, item.rank):
            return Reason(item, "language", language=row, evidence=row.evidence_on(on))
    return None


def _by_skill(item: Item, lines: Sequence[SkillLine]) -> Reason | None:
    """The same claim that gave the points."""
    fitting = [
        line
        for line in lines
        if line.claim.skill_id in item.closeness and _reaches(line.claim.level, item.rank)
    ]
    if not fitting:
        return None
    best = fitting[0] if len(fitting) == 1 else max(fitting, key=lambda line: _worth(item, line))
    return Reason(item, "skill", _closeness(item, best), line=best, evidence=best.evidence)


def _worth(item: Item, line: SkillLine) -> tuple[bool, int, int, int]:
    """What the order of the list looks at: found in full or half, proved, near, then the oldest row."""
    closeness = _closeness(item, line)
    return closeness >= FULLY, _STRENGTH.get(line.evidence, 0), closeness, -line.claim.id


def _closeness(item: Item, line: SkillLine) -> int:
    return item.closeness.get(line.claim.skill_id or 0, 0)


def _by_headline(item: Item, card: PersonCard) -> Reason | None:
    headline = f" {card.person.folded_headline} "
    return Reason(item, "headline") if any(f" {phrase} " in headline for phrase in item.phrases) else None


def _reaches(held: int | None, wanted: int | None) -> bool:
    return held != 0 if wanted is None else held is not None and held >= wanted
