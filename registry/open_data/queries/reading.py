"""Sets and releases: those an office sees in its scopes, and those everybody sees. Reads only."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload, undefer

from registry.accounts.models import Account
from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.indicators.models import Indicator
from registry.indicators.queries.reading import in_scope as indicators_in_scope
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.rules.grids import Counted, read
from registry.open_data.rules.states import EVER_PUBLIC, ReleaseState
from registry.people.queries import is_public_id
from registry.programmes.models import Programme
from registry.text import fold

FILE_COLUMNS = {
    "du-lieu.csv": OpenRelease.csv,
    "du-lieu.json": OpenRelease.json,
    "tu-dien.json": OpenRelease.dictionary,
}


def in_scope(viewer: Viewer) -> ColumnElement[bool]:
    """Sets inside the viewer's scopes; a set is a place's, so a scope of one organisation holds none."""
    return scope_condition(viewer, OpenDataset.unit_path, literal(""))


def datasets_of(session: Session, viewer: Viewer) -> Sequence[OpenDataset]:
    """All sets in scope with their releases, by place and code."""
    return session.scalars(
        select(OpenDataset)
        .where(in_scope(viewer))
        .options(selectinload(OpenDataset.releases), joinedload(OpenDataset.unit))
        .order_by(OpenDataset.unit_path, OpenDataset.code)
    ).all()


def dataset_of(session: Session, viewer: Viewer, public_id: str) -> OpenDataset | None:
    """A set of an address; None when there is none, or it lies outside the viewer's scopes."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(OpenDataset)
        .where(OpenDataset.public_id == public_id, in_scope(viewer))
        .options(selectinload(OpenDataset.releases), joinedload(OpenDataset.unit))
    )


def release_of(session: Session, viewer: Viewer, public_id: str) -> OpenRelease | None:
    """A release of a set in scope, with its files and the counts behind them."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(OpenRelease)
        .join(OpenDataset, OpenDataset.id == OpenRelease.dataset_id)
        .where(OpenRelease.public_id == public_id, in_scope(viewer))
        .options(
            contains_eager(OpenRelease.dataset).selectinload(OpenDataset.releases),
            undefer(OpenRelease.tables),
            undefer(OpenRelease.csv),
            undefer(OpenRelease.json),
            undefer(OpenRelease.dictionary),
        )
    )


def next_number(session: Session, dataset: OpenDataset) -> int:
    """The number of the next release of a set."""
    last = select(func.max(OpenRelease.number)).where(OpenRelease.dataset_id == dataset.id)
    return (session.scalar(last) or 0) + 1


def ever_public(session: Session, besides: OpenRelease | None = None) -> dict[str, Counted]:
    """{«code, bản 2»: the counts} of everything that is or was public, of all sets; `besides` left out."""
    rows = session.execute(
        select(OpenRelease.id, OpenDataset.code, OpenRelease.number, OpenRelease.tables)
        .join(OpenDataset, OpenDataset.id == OpenRelease.dataset_id)
        .where(OpenRelease.state.in_(EVER_PUBLIC))
        .order_by(OpenDataset.code, OpenRelease.number)
    )
    mine = None if besides is None else besides.id
    return {f"{row.code} ({row.number})": read(row.tables) for row in rows if row.id != mine}


def public_datasets(session: Session, words: str = "") -> list[OpenDataset]:
    """Sets with something published, by code; `words`: those that have all of them in title or description."""
    found = session.scalars(
        select(OpenDataset)
        .where(OpenDataset.releases.any(OpenRelease.state == ReleaseState.PUBLISHED))
        .options(selectinload(OpenDataset.releases), joinedload(OpenDataset.unit))
        .order_by(OpenDataset.code)
    ).all()
    wanted = fold(words).split()
    return [one for one in found if all(word in _text_of(one) for word in wanted)]


def _text_of(one: OpenDataset) -> str:
    place = one.unit.full_name if one.unit else ""
    said = (one.title, one.title_en, one.description, one.description_en, one.publisher, place, one.code)
    return fold(" ".join(said))


def public_dataset(session: Session, code: str) -> OpenDataset | None:
    """A set of which something is or was public."""
    return session.scalar(
        select(OpenDataset)
        .where(OpenDataset.code == code, OpenDataset.releases.any(OpenRelease.state.in_(EVER_PUBLIC)))
        .options(selectinload(OpenDataset.releases), joinedload(OpenDataset.unit))
    )


def public_release(session: Session, code: str, number: str, file: str = "") -> OpenRelease | None:
    """A release that is or was public, by its number; with `file` that one is read, too."""
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    wanted = (
        select(OpenRelease)
        .join(OpenDataset, OpenDataset.id == OpenRelease.dataset_id)
        .where(
            OpenDataset.code == code,
            OpenRelease.number == int(number),
            OpenRelease.state.in_(EVER_PUBLIC),
        )
        .options(contains_eager(OpenRelease.dataset))
    )
    if file:
        wanted = wanted.options(undefer(FILE_COLUMNS[file]))
    return session.scalar(wanted)


def programmes_in(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """(code, name) of the programmes with indicators in the viewer's scopes."""
    rows = session.execute(
        select(Programme.code, Programme.name)
        .where(
            select(Indicator.id)
            .where(Indicator.programme_id == Programme.id, indicators_in_scope(viewer))
            .exists()
        )
        .order_by(Programme.code)
    )
    return [(row.code, f"{row.code}: {row.name}") for row in rows]


def names_of(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    """{row id of an account: the name it shows}."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
