"""Whom a draft was sent to and what came back. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.policies.models import PolicyComment, PolicyConsultation, PolicyVersion
from registry.policies.rules.consulting import AgencyStanding, ConsultationStanding, standing


class Consulted(Protocol):
    """An agency that was asked, with its comments. A mapped class types these as columns, hence Any."""

    @property
    def due_on(self) -> Any:
        """Until when it was asked."""
        ...

    @property
    def answered_on(self) -> Any:
        """When it answered, if it did."""
        ...

    @property
    def comments(self) -> Any:
        """What it commented; each with an outcome once it is settled."""
        ...


def agencies_asked(session: Session, version: PolicyVersion) -> Sequence[PolicyConsultation]:
    """Every agency that was asked about a version with its comments, in the order they were asked. Two statements."""
    return session.scalars(
        select(PolicyConsultation)
        .where(PolicyConsultation.version_id == version.id)
        .options(selectinload(PolicyConsultation.comments))
        .order_by(PolicyConsultation.id)
    ).all()


def standing_of_consultation(agencies: Sequence[Consulted], on: date) -> ConsultationStanding:
    """What of a consultation is still open. Drafts of programmes are consulted on in the same way."""
    return standing(
        (
            AgencyStanding(
                one.due_on,
                one.answered_on,
                len(one.comments),
                sum(comment.outcome is None for comment in one.comments),
            )
            for one in agencies
        ),
        on,
    )


def agency_asked(session: Session, version: PolicyVersion, public_id: str) -> PolicyConsultation | None:
    """One agency of a consultation on this version."""
    return session.scalar(
        select(PolicyConsultation).where(
            PolicyConsultation.version_id == version.id, PolicyConsultation.public_id == public_id[:26]
        )
    )


def comment_on(session: Session, version: PolicyVersion, public_id: str) -> PolicyComment | None:
    """One comment of a consultation on this version."""
    return session.scalar(
        select(PolicyComment)
        .join(PolicyConsultation, PolicyConsultation.id == PolicyComment.consultation_id)
        .where(PolicyConsultation.version_id == version.id, PolicyComment.public_id == public_id[:26])
        .options(joinedload(PolicyComment.consultation))
    )
