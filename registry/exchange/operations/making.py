"""Which rules read the rows of a file: the kind of import over the lookups of this installation."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, RowKind
from registry.exchange.operations.needs import NeedRows, PostRows, take_back_drafted
from registry.exchange.operations.people import PeopleRows, take_back_person
from registry.exchange.operations.training import TrainingRows, take_back_participation
from registry.exchange.queries.batches import WRITE_PERMISSION
from registry.exchange.queries.lookups import lookups_for
from registry.exchange.rules.batches import ImportKind
from registry.organisations.rules import Office
from registry.people.rules import LegalBasis


def kind_maker(
    session: Session, kind: ImportKind, viewer: Viewer, office: Office, basis: LegalBasis | None, today: date
) -> Callable[[], RowKind]:
    """Makes a fresh reader for each pass over a file; the lookups behind them are shared."""
    if kind is ImportKind.POSTS:
        return PostRows
    if kind is ImportKind.TRAINING:
        return lambda: TrainingRows(viewer, today)
    lookups = lookups_for(session, viewer, WRITE_PERMISSION[kind], office, today)
    if kind is ImportKind.NEEDS:
        return lambda: NeedRows(lookups)
    return lambda: PeopleRows(lookups, viewer, basis)


def take_back_record(
    session: Session, kind: ImportKind, made: ImportRow, acting: Acting, reason: str
) -> bool:
    """Remove a record an import made unless somebody changed it since; whether it is gone."""
    return _TAKE_BACK[kind](session, made, acting, reason)


_TAKE_BACK: Mapping[ImportKind, Callable[[Session, ImportRow, Acting, str], bool]] = {
    ImportKind.PEOPLE: take_back_person,
    ImportKind.NEEDS: take_back_drafted,
    ImportKind.POSTS: take_back_drafted,
    ImportKind.TRAINING: take_back_participation,
}
