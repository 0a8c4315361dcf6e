"""Concepts of other catalogues."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.skills.models import ExternalConcept, Skill
from registry.skills.rules import ExternalScheme, ExternalState
from registry.text import match_key


def external_named(session: Session, public_id: str) -> ExternalConcept | None:
    """The concept of another catalogue with this public id; None for anything that cannot be one."""
    if not public_id.isalnum():
        return None
    return session.scalar(
        select(ExternalConcept)
        .where(ExternalConcept.public_id == public_id)
        .options(joinedload(ExternalConcept.skill))
    )


def external_codes(session: Session, skill: Skill) -> Sequence[ExternalConcept]:
    """What a concept is called in other catalogues."""
    return session.scalars(
        select(ExternalConcept)
        .where(ExternalConcept.skill_id == skill.id)
        .order_by(ExternalConcept.scheme, ExternalConcept.folded, ExternalConcept.id)
    ).all()


def external_list(
    session: Session,
    state: ExternalState,
    *,
    scheme: ExternalScheme | None = None,
    search: str = "",
    offset: int,
    limit: int,
) -> tuple[Sequence[ExternalConcept], int]:
    """One page of the concepts in a state whose label begins like the search, and how many there are."""
    wanted = select(ExternalConcept).where(ExternalConcept.state == state)
    if scheme is not None:
        wanted = wanted.where(ExternalConcept.scheme == scheme)
    if key := match_key(search):
        wanted = wanted.where(ExternalConcept.folded.startswith(key, autoescape=True))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(ExternalConcept.folded, ExternalConcept.id)
        .offset(offset)
        .limit(limit)
        .options(joinedload(ExternalConcept.skill))
    ).all()
    return rows, total


def external_counts(session: Session) -> dict[ExternalState, int]:
    """How many concepts of other catalogues are in each state."""
    rows = session.execute(select(ExternalConcept.state, func.count()).group_by(ExternalConcept.state))
    return dict(iter(rows))


def esco_addresses(session: Session, skills: Collection[int]) -> dict[int, str]:
    """Where ESCO has the concepts with these row ids; of several that are one concept here the one first matched."""
    rows = session.execute(
        select(ExternalConcept.skill_id, ExternalConcept.uri)
        .where(
            ExternalConcept.scheme == ExternalScheme.ESCO,
            ExternalConcept.skill_id.in_(sorted(skills)),
            ExternalConcept.uri != "",
        )
        .order_by(ExternalConcept.id.desc())
    )
    return {skill: uri for skill, uri in rows if skill is not None}
