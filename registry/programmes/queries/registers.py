"""Recommendations with their age, and what agencies said of a draft. Reads only."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.rules import Viewer
from registry.programmes.models import (
    Programme,
    ProgrammeComment,
    ProgrammeConsultation,
    ProgrammeDocument,
    Recommendation,
)
from registry.programmes.queries.scope import own_recommendation, whole


def recommendations(session: Session, viewer: Viewer, programme: Programme) -> Sequence[Recommendation]:
    """The register of a programme as far as the viewer sees it, the oldest first."""
    return session.scalars(
        select(Recommendation)
        .join(Programme, Programme.id == Recommendation.programme_id)
        .where(Recommendation.programme_id == programme.id, whole(viewer) | own_recommendation(viewer))
        .options(joinedload(Recommendation.agency))
        .order_by(Recommendation.raised_on, Recommendation.id)
    ).all()


def recommendation_of(
    session: Session, viewer: Viewer, programme: Programme, public_id: str
) -> Recommendation | None:
    """One recommendation, if the viewer sees it."""
    return session.scalar(
        select(Recommendation)
        .join(Programme, Programme.id == Recommendation.programme_id)
        .where(
            Recommendation.programme_id == programme.id,
            Recommendation.public_id == public_id[:26],
            whole(viewer) | own_recommendation(viewer),
        )
        .options(joinedload(Recommendation.agency))
    )


def consulted(session: Session, programme: Programme) -> Sequence[ProgrammeConsultation]:
    """Every agency that was asked about a draft of a programme with its comments. Two statements."""
    return session.scalars(
        select(ProgrammeConsultation)
        .join(ProgrammeDocument, ProgrammeDocument.id == ProgrammeConsultation.document_id)
        .where(ProgrammeDocument.programme_id == programme.id)
        .options(selectinload(ProgrammeConsultation.comments), joinedload(ProgrammeConsultation.document))
        .order_by(ProgrammeConsultation.document_id, ProgrammeConsultation.id)
    ).all()


def agency_consulted(session: Session, programme: Programme, public_id: str) -> ProgrammeConsultation | None:
    """One agency that was asked."""
    return session.scalar(
        select(ProgrammeConsultation)
        .join(ProgrammeDocument, ProgrammeDocument.id == ProgrammeConsultation.document_id)
        .where(
            ProgrammeDocument.programme_id == programme.id,
            ProgrammeConsultation.public_id == public_id[:26],
        )
        .options(joinedload(ProgrammeConsultation.document))
    )


def comment_of(session: Session, programme: Programme, public_id: str) -> ProgrammeComment | None:
    """One comment on a draft of a programme."""
    return session.scalar(
        select(ProgrammeComment)
        .join(ProgrammeConsultation, ProgrammeConsultation.id == ProgrammeComment.consultation_id)
        .join(ProgrammeDocument, ProgrammeDocument.id == ProgrammeConsultation.document_id)
        .where(ProgrammeDocument.programme_id == programme.id, ProgrammeComment.public_id == public_id[:26])
        .options(joinedload(ProgrammeComment.consultation))
    )
