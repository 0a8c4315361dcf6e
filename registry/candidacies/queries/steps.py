"""How candidacies moved: the steps of one, and of many when each stage was first reached."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.candidacies.models import Candidacy, CandidacyStep
from registry.candidacies.rules import TAKEN, Stage
from registry.needs.models import Need
from registry.people.models import Person

_MOST_IDS = 5_000


def steps_of(session: Session, candidacy: Candidacy) -> Sequence[CandidacyStep]:
    """All moves, oldest first, those that were undone too."""
    return session.scalars(
        select(CandidacyStep).where(CandidacyStep.candidacy_id == candidacy.id).order_by(CandidacyStep.id)
    ).all()


def last_move(session: Session, need: Need, *, by: int, since: datetime) -> CandidacyStep | None:
    """The newest move an account made for a need since a moment, that stands."""
    return session.scalar(
        select(CandidacyStep)
        .join(Candidacy, Candidacy.id == CandidacyStep.candidacy_id)
        .where(
            Candidacy.need_id == need.id,
            CandidacyStep.by_id == by,
            CandidacyStep.undone_at.is_(None),
            CandidacyStep.at >= since,
        )
        .order_by(CandidacyStep.id.desc())
        .limit(1)
    )


def open_of(session: Session, person: Person, need: Need) -> Candidacy | None:
    """The open candidacy of a person for a need."""
    return session.scalar(
        select(Candidacy).where(
            Candidacy.person_id == person.id, Candidacy.need_id == need.id, Candidacy.closed_at.is_(None)
        )
    )


def steps_reached(
    session: Session, person_ids: Iterable[int], need_ids: Iterable[int]
) -> dict[tuple[int, int], dict[Stage, datetime]]:
    """{(row id of person, of need): {stage: the first moment it was entered}}; what was undone does not count.

    All candidacies count, closed ones too. One statement for every few thousand people.
    """
    people, needs = sorted(set(person_ids)), sorted(set(need_ids))
    found: dict[tuple[int, int], dict[Stage, datetime]] = {}
    for start in range(0, len(people), _MOST_IDS):
        rows = session.execute(
            select(Candidacy.person_id, Candidacy.need_id, CandidacyStep.stage, func.min(CandidacyStep.at))
            .join(CandidacyStep, CandidacyStep.candidacy_id == Candidacy.id)
            .where(
                Candidacy.person_id.in_(people[start : start + _MOST_IDS]),
                Candidacy.need_id.in_(needs),
                CandidacyStep.undone_at.is_(None),
            )
            .group_by(Candidacy.person_id, Candidacy.need_id, CandidacyStep.stage)
        )
        for person, need, stage, at in rows:
            found.setdefault((person, need), {})[stage] = at
    return found


def filled_places(session: Session, need_ids: Iterable[int]) -> Mapping[int, int]:
    """{row id of a need: people who have a place of it now}; needs with nobody are absent."""
    rows = session.execute(
        select(Candidacy.need_id, func.count())
        .where(
            Candidacy.need_id.in_(sorted(set(need_ids))),
            Candidacy.stage.in_(TAKEN),
            Candidacy.closed_at.is_(None),
        )
        .group_by(Candidacy.need_id)
    )
    return dict(rows.all())
