"""The blueprint of the room, who acts in a request, and how its views come by a pair or a merge."""

from collections.abc import Sequence

from flask import Blueprint

from registry.accounts.access import current_account, current_viewer
from registry.audit.operations import record_read
from registry.duplicates import queries
from registry.duplicates.operations import Acting
from registry.duplicates.queries import MergeShown, PairShown
from registry.people.models import Person
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible

bp = Blueprint("duplicates", __name__, url_prefix="/ung-vien/trung")


def acting() -> Acting:
    """Who is at work in this request."""
    return Acting(current_account().id, now(), today())


def pair_in_scope(ma: str, *, to_write: bool = False) -> PairShown:
    """A pair the viewer may be told of. Raises NotVisible."""
    found = queries.pair_of(db_session(), current_viewer(), ma, on=today(), to_write=to_write)
    if found is None:
        raise NotVisible
    return found


def merge_in_scope(ma: str, *, to_write: bool = False) -> MergeShown:
    """A merge the viewer may be told of. Raises NotVisible."""
    found = queries.merge_of(db_session(), current_viewer(), ma, on=today(), to_write=to_write)
    if found is None:
        raise NotVisible
    return found


def keep_read(action: str, people: Sequence[Person], page: str) -> None:
    """Record that a page showed these people."""
    if people:
        session = write_session()
        ids = [one.public_id for one in people]
        detail = {"page": page}
        record_read(
            session, current_account().id, action, people=ids, purpose="registry", detail=detail, at=now()
        )
        session.commit()
