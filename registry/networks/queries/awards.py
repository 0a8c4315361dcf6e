"""Awards of collectives in the viewer's scopes."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from registry.accounts.rules import Viewer
from registry.networks.models import CollectiveAward
from registry.networks.queries.kept import of_organisation
from registry.networks.rules import AwardKind
from registry.organisations.models import Organisation
from registry.people.queries import is_public_id
from registry.web.paging import PAGE_SIZE, Page

_NEWEST = (CollectiveAward.given_on.is_(None), CollectiveAward.given_on.desc(), CollectiveAward.id.desc())


def awards(
    session: Session, viewer: Viewer, number: int, *, kind: AwardKind | None = None
) -> Page[CollectiveAward]:
    """One page of awards, the newest first. Two statements."""
    chosen = [of_organisation(viewer), *([] if kind is None else [CollectiveAward.kind == kind])]
    counted = select(func.count()).select_from(CollectiveAward).join(CollectiveAward.subject).where(*chosen)
    rows = session.scalars(
        select(CollectiveAward)
        .join(CollectiveAward.subject)
        .options(contains_eager(CollectiveAward.subject))
        .where(*chosen)
        .order_by(*_NEWEST)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, session.scalar(counted) or 0)


def awards_of(session: Session, organisation: Organisation) -> Sequence[CollectiveAward]:
    """What an organisation was given, the newest first."""
    return session.scalars(
        select(CollectiveAward).where(CollectiveAward.organisation_id == organisation.id).order_by(*_NEWEST)
    ).all()


def award_of(session: Session, viewer: Viewer, public_id: str) -> CollectiveAward | None:
    """One award in sight."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(CollectiveAward)
        .join(CollectiveAward.subject)
        .options(contains_eager(CollectiveAward.subject))
        .where(CollectiveAward.public_id == public_id, of_organisation(viewer))
    )
