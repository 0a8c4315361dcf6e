"""Pages of needs for other systems."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState


def needs_page(
    session: Session, viewer: Viewer, *, state: NeedState | None, after: str, limit: int
) -> tuple[Sequence[Need], bool]:
    """The needs in scope that are older than the one of an id, the newest first, and whether more follow."""
    wanted = select(Need).where(in_scope(viewer))
    if state is not None:
        wanted = wanted.where(Need.state == state)
    if after:
        # A need out of scope, or taken back since, is none: nothing older is told of either.
        last = select(Need.id).where(Need.public_id == after, in_scope(viewer)).scalar_subquery()
        wanted = wanted.where(Need.id < last)
    rows = session.scalars(
        wanted.options(joinedload(Need.organisation), joinedload(Need.unit))
        .order_by(Need.id.desc())
        .limit(limit + 1)
    ).all()
    return rows[:limit], len(rows) > limit
