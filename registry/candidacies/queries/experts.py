"""Experts for an opinion on a candidacy: those the need asks the skills of, without those who are tied (MA-17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.candidacies.models import Candidacy, ExpertOpinion
from registry.candidacies.queries.ties import conflicts_of
from registry.candidacies.rules.panels import Conflict
from registry.consents.rules import PurposeCode
from registry.matching.queries.rankings import Window, ranked
from registry.people.models import ExpertFacet, Person
from registry.people.queries import people_for

MOST_LOOKED_AT = 200
MOST_OFFERED = 12


@dataclass(frozen=True)
class Offered:
    """An expert with how far the need's skills are theirs (hundredths of points), or why they may not be asked."""

    person: Person
    points: int
    grounds: Sequence[Conflict] = ()


def ties_of_expert(session: Session, expert: Person, candidate: Person) -> list[Conflict]:
    """Why an expert may not speak about a candidate: the grounds of officers, and being the same person."""
    if expert.id == candidate.id:
        return [Conflict.SELF]
    return [] if expert.account_id is None else conflicts_of(session, expert.account_id, candidate)


def experts_for(
    session: Session, viewer: Viewer, candidacy: Candidacy, *, on: date
) -> tuple[list[Offered], list[Offered]]:
    """(who may be asked, best first; who is left out and why) among experts the viewer may match and who can answer.

    Whoever stands for the same need is left out too: one does not judge whom one competes with.
    """
    facet = select(ExpertFacet.person_id).where(
        or_(ExpertFacet.valid_from.is_(None), ExpertFacet.valid_from <= on),
        or_(ExpertFacet.valid_to.is_(None), ExpertFacet.valid_to >= on),
    )
    people = session.scalars(
        people_for(viewer, PurposeCode.MATCHING, on=on)
        .where(Person.id.in_(facet), Person.account_id.is_not(None))
        .order_by(Person.code)
        .limit(MOST_LOOKED_AT)
    ).all()
    ids = tuple(person.public_id for person in people)
    found = ranked(session, candidacy.need, viewer, on, window=Window(count=0, about=ids))
    points = {one: match.certain for one in ids if (match := found.match_of(one)) is not None}
    rivals = set(session.scalars(select(Candidacy.person_id).where(Candidacy.need_id == candidacy.need_id)))
    ordered = sorted(people, key=lambda one: (-points.get(one.public_id, 0), one.code))
    offered: list[Offered] = []
    left_out: list[Offered] = []
    for person in ordered:
        if len(offered) == MOST_OFFERED:
            break
        grounds = ties_of_expert(session, person, candidacy.person)
        if not grounds and person.id in rivals:
            grounds = [Conflict.INTEREST]
        one = Offered(person, points.get(person.public_id, 0), grounds)
        (left_out if grounds else offered).append(one)
    return offered, left_out[:MOST_OFFERED]


def opinions_on(session: Session, candidacy: Candidacy) -> Sequence[ExpertOpinion]:
    """All opinions asked for on a candidacy, oldest first."""
    return session.scalars(
        select(ExpertOpinion).where(ExpertOpinion.candidacy_id == candidacy.id).order_by(ExpertOpinion.id)
    ).all()


def own_opinions(session: Session, expert: Person) -> Sequence[ExpertOpinion]:
    """All an expert was asked, newest first."""
    return session.scalars(
        select(ExpertOpinion).where(ExpertOpinion.person_id == expert.id).order_by(ExpertOpinion.id.desc())
    ).all()
