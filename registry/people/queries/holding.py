"""Which claims hold a concept or a kept text: counted for pages, read in parts for jobs that follow the vocabulary.

Jobs work on every open claim there is; only what is shown to somebody is limited to what that person may see, and
names nobody who stands in no list.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person, SkillClaim
from registry.people.queries.visible import display_name, listed_condition, visible_condition
from registry.skills.models import Skill
from registry.skills.queries import HeldText, Owner, Owners, Touched, Wanted, moved_rows
from registry.skills.rules.placing import Standing

PLACE = "people"
"""What this kind of records is called where the vocabulary keeps what was moved."""

SHOWN = 5
"""So many codes are named as examples."""

LISTED = 20
"""So many are listed where it is asked who they are."""


def claim_counts(
    session: Session, viewer: Viewer, concepts: Mapping[int, int], on: date
) -> Mapping[int, int]:
    """How many people a search of the viewer's finds by each concept; `concepts` says what a merged one counts for."""
    counted: Any = func.coalesce(Skill.merged_into_id, Skill.id)
    rows = session.execute(
        select(counted, func.count(SkillClaim.person_id.distinct()))
        .select_from(SkillClaim)
        .join(Skill, Skill.id == SkillClaim.skill_id)
        .join(Person, Person.id == SkillClaim.person_id)
        .where(
            SkillClaim.skill_id.in_(sorted(concepts)),
            SkillClaim.valid_to.is_(None),
            visible_condition(viewer.limited_to(Permission.PEOPLE_READ), PurposeCode.MATCHING, on=on),
        )
        .group_by(counted)
    )
    return dict(iter(rows))


def claims_touched(session: Session, viewer: Viewer, wanted: Wanted, on: date) -> Touched:
    """How many people hold what is asked for, and the codes of a few whom the viewer may see."""
    held = _condition(wanted)
    total = session.scalar(select(func.count(SkillClaim.person_id.distinct())).where(held)) or 0
    seen = listed_condition(viewer.limited_to(Permission.PEOPLE_READ), on=on)
    rows = session.execute(
        select(Person.code, Person.public_id)
        .where(Person.id.in_(select(SkillClaim.person_id).where(held)), seen)
        .order_by(Person.code)
        .limit(SHOWN)
    ).all()
    return Touched(total, [row.code for row in rows], [row.public_id for row in rows])


def claim_owners(session: Session, viewer: Viewer, wanted: Wanted, on: date) -> Owners:
    """The people who hold what is asked for: how many, and the first of those whom the viewer may see."""
    held = select(SkillClaim.person_id).where(_condition(wanted))
    total = session.scalar(select(func.count()).select_from(held.distinct().subquery())) or 0
    reader = viewer.limited_to(Permission.PEOPLE_READ)
    seen = and_(Person.id.in_(held), listed_condition(reader, on=on))
    people = session.scalars(select(Person).where(seen).order_by(Person.code).limit(LISTED)).all()
    counted = session.scalar(select(func.count(Person.id)).where(seen)) or 0
    owners = [Owner(one.public_id, display_name(one, reader), one.code) for one in people]
    return Owners(total, counted, owners)


def held_claim_count(session: Session, wanted: Wanted) -> int:
    """How many open claims are asked for."""
    return session.scalar(select(func.count()).select_from(SkillClaim).where(_condition(wanted))) or 0


def held_claims(session: Session, wanted: Wanted, after: int, limit: int) -> Sequence[HeldText]:
    """Some open claims in the order of their numbers, each with what the person typed beside it."""
    claims = session.scalars(
        select(SkillClaim)
        .where(_condition(wanted), SkillClaim.id > after)
        .order_by(SkillClaim.id)
        .limit(limit)
    ).all()
    typed = _typed_by(session, {claim.person_id for claim in claims})
    return [
        HeldText(
            claim.id,
            claim.typed,
            standing_of(claim),
            tuple(text for number, text in typed[claim.person_id] if number != claim.id),
        )
        for claim in claims
    ]


def standing_of(claim: SkillClaim) -> Standing:
    """A claim as the vocabulary sees it."""
    return Standing(claim.skill_id, claim.pending_term_id, claim.needs_confirmation, claim.level, claim.how)


def holders_of_both(session: Session, one: int, other: int) -> list[int]:
    """The people with open claims on both concepts."""
    rows = session.scalars(
        select(SkillClaim.person_id)
        .where(SkillClaim.skill_id.in_((one, other)), SkillClaim.valid_to.is_(None))
        .group_by(SkillClaim.person_id)
        .having(func.count(SkillClaim.skill_id.distinct()) > 1)
    )
    return list(rows)


def _condition(wanted: Wanted) -> ColumnElement[bool]:
    asked: list[ColumnElement[bool]] = [false()]
    if wanted.term_ids:
        asked.append(SkillClaim.pending_term_id.in_(sorted(wanted.term_ids)))
    if wanted.skill_ids:
        asked.append(SkillClaim.skill_id.in_(sorted(wanted.skill_ids)))
    if wanted.is_unsure:
        asked.append(and_(SkillClaim.needs_confirmation.is_(True), SkillClaim.skill_id.is_not(None)))
    if wanted.moved_by is not None:
        asked.append(SkillClaim.id.in_(moved_rows(wanted.moved_by, PLACE)))
    return and_(SkillClaim.valid_to.is_(None), or_(*asked))


def _typed_by(session: Session, people: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = session.execute(
        select(SkillClaim.person_id, SkillClaim.id, SkillClaim.typed)
        .where(SkillClaim.person_id.in_(sorted(people)), SkillClaim.valid_to.is_(None))
        .order_by(SkillClaim.id)
    )
    for person_id, number, text in rows:
        found[person_id].append((number, text))
    return found
