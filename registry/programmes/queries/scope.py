"""Who sees what: the standing agency and whoever is wider the whole programme, an agency what is its own. Reads only."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.organisations.models import Organisation
from registry.programmes.models import (
    Programme,
    ProgrammeTask,
    Recommendation,
    ReviewRound,
    SelfReview,
    TaskAgency,
)


def whole(viewer: Viewer, permission: Permission | None = None) -> ColumnElement[bool]:
    """Programmes the viewer sees the whole of."""
    return scope_condition(viewer, Programme.unit_path, Programme.organisation_path, permission)


def own_agency(
    viewer: Viewer, agency: type[Organisation] = Organisation, permission: Permission | None = None
) -> ColumnElement[bool]:
    """Organisations that lie inside the viewer's scope."""
    return scope_condition(viewer, agency.unit_path, agency.path, permission)


def own_task(viewer: Viewer) -> ColumnElement[bool]:
    """Tasks in which an agency of the viewer's has a part."""
    agency = aliased(Organisation)
    return (
        select(TaskAgency.id)
        .join(agency, agency.id == TaskAgency.organisation_id)
        .where(TaskAgency.task_id == ProgrammeTask.id, own_agency(viewer, agency))
        .correlate(ProgrammeTask)
        .exists()
    )


def own_review(viewer: Viewer) -> ColumnElement[bool]:
    """Self-reviews asked of an agency of the viewer's."""
    agency = aliased(Organisation)
    return (
        select(agency.id)
        .where(agency.id == SelfReview.organisation_id, own_agency(viewer, agency))
        .correlate(SelfReview)
        .exists()
    )


def own_recommendation(viewer: Viewer) -> ColumnElement[bool]:
    """Recommendations an agency of the viewer's is to answer."""
    agency = aliased(Organisation)
    return (
        select(agency.id)
        .where(agency.id == Recommendation.organisation_id, own_agency(viewer, agency))
        .correlate(Recommendation)
        .exists()
    )


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Programmes the viewer sees at all: the whole, or because an agency of theirs has something to do in it."""
    task = select(ProgrammeTask.id).where(ProgrammeTask.programme_id == Programme.id, own_task(viewer))
    asked = (
        select(SelfReview.id)
        .join(ReviewRound, ReviewRound.id == SelfReview.round_id)
        .where(ReviewRound.programme_id == Programme.id, own_review(viewer))
    )
    to_answer = select(Recommendation.id).where(
        Recommendation.programme_id == Programme.id, own_recommendation(viewer)
    )
    return or_(whole(viewer), *(one.correlate(Programme).exists() for one in (task, asked, to_answer)))
