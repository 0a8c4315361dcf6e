"""Writing organisations: create, edit, rename, move, close, reopen. Every write is audited; nobody commits."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from registry.audit.operations import record
from registry.db import Base
from registry.organisations.models import Organisation, OrganisationName
from registry.organisations.queries import has_open_children, sibling_named
from registry.organisations.rules import MOST_LEVELS, HasUnitPath, OrganisationKind, depth_of, is_inside

_SIBLING_COLUMNS = "name_key"
_SIBLING_INDEXES = ("uq_organisation_sibling_name", "uq_organisation_root_name")


class NameTaken(Exception):
    """An open organisation under the same parent already has this name."""


class WrongParent(Exception):
    """The parent is closed, lies under the organisation itself, or would make the tree too deep."""


class WrongSuccessor(Exception):
    """The successor is closed or is the organisation itself or a part of it."""


class HasOpenUnits(Exception):
    """Organisations under this one are still open: move or close them first."""


class WrongDay(Exception):
    """The new name would count from a day on which the old one had not yet lasted a day."""


def create_organisation(
    session: Session,
    *,
    name: str,
    kind: OrganisationKind,
    parent: Organisation | None,
    unit: HasUnitPath | None,
    by: int | None,
    valid_from: date | None = None,
) -> Organisation:
    """Add an organisation at its place. Raises NameTaken and WrongParent."""
    _check_parent(parent, own_path=None, levels=1)
    if sibling_named(session, name, parent.id if parent else None) is not None:
        raise NameTaken(name)
    made = Organisation(
        name=name,
        kind=kind,
        parent=parent,
        unit_id=unit.id if unit else None,
        unit_path=unit.path if unit else "",
        valid_from=valid_from,
    )
    with sibling_names(session):
        session.add(made)
        session.flush()
    # The path holds the id, which only the first flush gives; it is no edit, so the version stays.
    path = f"{parent.path if parent else ''}{made.id}/"
    session.execute(
        update(Organisation).where(Organisation.id == made.id).values(path=path),
        execution_options={"synchronize_session": False},
    )
    set_committed_value(made, "path", path)
    record(
        session,
        by,
        "organisation.created",
        "organisation",
        made.public_id,
        changes={"name": (None, name), "kind": (None, kind.value), "path": (None, path)},
    )
    return made


def edit_organisation(
    session: Session,
    organisation: Organisation,
    *,
    name: str,
    kind: OrganisationKind,
    unit: HasUnitPath | None,
    by: int | None,
    renamed_on: date | None = None,
) -> None:
    """Correct the facts of an organisation. Raises NameTaken and WrongDay.

    With `renamed_on`, the day the new name counts from, the old name is kept as the name until the day
    before; without, the old name was a mistake and only the log keeps it.
    """
    if sibling_named(session, name, organisation.parent_id, other_than=organisation.id) is not None:
        raise NameTaken(name)
    before = _facts(organisation)
    if renamed_on is not None and name != organisation.name:
        _keep_name(organisation, renamed_on - timedelta(days=1))
    with sibling_names(session):
        organisation.name = name
        organisation.kind = kind
        organisation.unit_id = unit.id if unit else None
        organisation.unit_path = unit.path if unit else ""
        session.flush()
    _record_changes(session, organisation, "organisation.edited", before, by)


def move_organisation(
    session: Session, organisation: Organisation, *, parent: Organisation | None, by: int | None
) -> None:
    """Put the organisation with all that is under it elsewhere. Raises NameTaken and WrongParent.

    Scopes and records keep the path of an organisation in columns named `organisation_path`; all of them
    follow, so that nobody loses sight of a record and nobody gains sight of one.
    """
    levels = _levels_under(session, organisation)
    _check_parent(parent, own_path=organisation.path, levels=levels)
    parent_id = parent.id if parent else None
    if organisation.is_open and sibling_named(
        session, organisation.name, parent_id, other_than=organisation.id
    ):
        raise NameTaken(organisation.name)
    old, new = organisation.path, f"{parent.path if parent else ''}{organisation.id}/"
    if old == new:
        return
    with sibling_names(session):
        organisation.parent = parent
        session.flush()
    rows = _rewrite_paths(session, old, new)
    record(
        session,
        by,
        "organisation.moved",
        "organisation",
        organisation.public_id,
        changes={"path": (old, new)},
        detail={"rows": rows},
    )


def close_organisation(
    session: Session,
    organisation: Organisation,
    *,
    last_day: date,
    successor: Organisation | None,
    by: int | None,
    reason: str = "",
) -> None:
    """End the organisation with the end of a day; its records stay. Raises HasOpenUnits and WrongSuccessor."""
    if has_open_children(session, organisation):
        raise HasOpenUnits(organisation.public_id)
    if successor is not None and (not successor.is_open or is_inside(successor.path, organisation.path)):
        raise WrongSuccessor(successor.public_id)
    before = _facts(organisation)
    organisation.valid_to = last_day
    organisation.successor = successor
    session.flush()
    _record_changes(session, organisation, "organisation.closed", before, by, reason)


def reopen_organisation(
    session: Session, organisation: Organisation, *, by: int | None, reason: str = ""
) -> None:
    """Take a closing back. Raises NameTaken when the name is in use by now, WrongParent when the parent is closed."""
    if organisation.parent is not None and not organisation.parent.is_open:
        raise WrongParent(organisation.parent.public_id)
    if (
        sibling_named(session, organisation.name, organisation.parent_id, other_than=organisation.id)
        is not None
    ):
        raise NameTaken(organisation.name)
    before = _facts(organisation)
    with sibling_names(session):
        organisation.valid_to = None
        organisation.successor = None
        session.flush()
    _record_changes(session, organisation, "organisation.reopened", before, by, reason)


def _check_parent(parent: Organisation | None, *, own_path: str | None, levels: int) -> None:
    if parent is None:
        return
    is_own = own_path is not None and is_inside(parent.path, own_path)
    if is_own or not parent.is_open or depth_of(parent.path) + levels > MOST_LEVELS:
        raise WrongParent(parent.public_id)


def _levels_under(session: Session, organisation: Organisation) -> int:
    """How many levels the subtree has, itself included."""
    paths = session.scalars(select(Organisation.path).where(Organisation.path.like(f"{organisation.path}%")))
    return max(depth_of(path) for path in paths) - depth_of(organisation.path) + 1


def _keep_name(organisation: Organisation, last_day: date) -> None:
    """Remember the present name as the one until a day. Raises WrongDay."""
    ended = max((kept.valid_to for kept in organisation.names), default=None)
    since = organisation.valid_from if ended is None else ended + timedelta(days=1)
    if since is not None and since > last_day:
        raise WrongDay(last_day.isoformat())
    organisation.names.append(OrganisationName(name=organisation.name, valid_from=since, valid_to=last_day))


@contextmanager
def sibling_names(session: Session) -> Generator[None]:
    """Turn the violated index of sibling names into NameTaken: two people may add a name at the same moment."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        told = str(error.orig)
        if _SIBLING_COLUMNS in told or any(name in told for name in _SIBLING_INDEXES):
            raise NameTaken from error
        raise


def _rewrite_paths(session: Session, old: str, new: str) -> int:
    """Replace the beginning of every path that lies under `old`; the number of rows."""
    columns: list[Any] = [Organisation.__table__.c.path]
    for table in Base.metadata.sorted_tables:
        if "organisation_path" in table.c:
            columns.append(table.c.organisation_path)
    session.flush()
    changed = 0
    for column in columns:
        moved: ColumnElement[str] = new + func.substr(column, len(old) + 1)
        statement = update(column.table).where(column.like(f"{old}%")).values({column: moved})
        changed += cast("CursorResult[Any]", session.execute(statement)).rowcount
    for entity in session.identity_map.values():
        for name in ("path", "organisation_path"):
            if hasattr(type(entity), name) and not (name == "path" and not isinstance(entity, Organisation)):
                session.expire(entity, [name])
    return changed


def _facts(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "kind": organisation.kind.value,
        "unit_path": organisation.unit_path,
        "valid_to": organisation.valid_to,
        "successor": organisation.successor.public_id if organisation.successor else None,
    }


def _record_changes(
    session: Session,
    organisation: Organisation,
    action: str,
    before: dict[str, object],
    by: int | None,
    reason: str = "",
) -> None:
    after = _facts(organisation)
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if changes:
        record(session, by, action, "organisation", organisation.public_id, changes=changes, reason=reason)
