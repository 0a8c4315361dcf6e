"""Reading organisations: the tree inside a viewer's scope, one by name or id. Writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.organisations.models import Organisation, OrganisationName
from registry.organisations.rules import OrganisationKind
from registry.text import accented_key, fold
from registry.web.paging import Page

PAGE_SIZE = 50


@dataclass(frozen=True)
class TreeLine:
    """An organisation at its depth in the part of the tree the viewer sees, with all that is under it."""

    organisation: Organisation
    depth: int
    children: Sequence["TreeLine"]


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The one condition for organisations a viewer may see."""
    return scope_condition(viewer, Organisation.unit_path, Organisation.path)


def get_organisation(session: Session, viewer: Viewer, public_id: str) -> Organisation | None:
    """The organisation of this id with parent, successor and names; None when the viewer may not see it."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None  # PostgreSQL refuses some characters in a text, so they do not get that far
    return session.scalars(
        select(Organisation)
        .options(
            joinedload(Organisation.parent),
            joinedload(Organisation.successor),
            selectinload(Organisation.names),
        )
        .where(Organisation.public_id == public_id, visible(viewer))
    ).one_or_none()


def find_organisation(session: Session, name: str, viewer: Viewer | None = None) -> Organisation | None:
    """The one open organisation of this name, by its spelling or else without marks; several are nobody.

    A former name counts when no present one fits. Without a viewer all organisations are looked at.
    """
    found = organisations_named(session, name, viewer)
    return found[0] if len(found) == 1 else None


def organisations_named(session: Session, name: str, viewer: Viewer | None = None) -> Sequence[Organisation]:
    """The open organisations a typed name may mean: same spelling, else same letters, else a former name."""
    key, folded = accented_key(name), fold(name)
    if not key:
        return ()
    formerly = select(OrganisationName.organisation_id).where(OrganisationName.folded == folded)
    for condition in (
        Organisation.name_key == key,
        Organisation.folded == folded,
        Organisation.id.in_(formerly),
    ):
        found = session.scalars(_open(viewer).where(condition)).all()
        if found:
            return found
    return ()


def organisation_tree(session: Session, viewer: Viewer, *, closed_too: bool = False) -> Sequence[TreeLine]:
    """The roots of what the viewer sees, each with its subtree, in dictionary order.

    An organisation whose parent is out of sight is a root. One query.
    """
    statement = select(Organisation).where(visible(viewer)).order_by(Organisation.sort_key, Organisation.id)
    if not closed_too:
        statement = statement.where(Organisation.valid_to.is_(None))
    rows = session.scalars(statement).all()
    seen = {row.id for row in rows}
    below: dict[int | None, list[Organisation]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in seen else None].append(row)
    return _lines(below, None, 0)


def flat(lines: Sequence[TreeLine]) -> list[TreeLine]:
    """The lines of a tree in the order they are read."""
    return [one for line in lines for one in (line, *flat(line.children))]


def children_of(session: Session, viewer: Viewer, organisation: Organisation) -> Sequence[Organisation]:
    """The organisations right under this one that the viewer sees, open ones first."""
    return session.scalars(
        select(Organisation)
        .where(Organisation.parent_id == organisation.id, visible(viewer))
        .order_by(Organisation.valid_to.is_not(None), Organisation.sort_key, Organisation.id)
    ).all()


def parents_of(session: Session, viewer: Viewer, organisation: Organisation) -> Sequence[Organisation]:
    """The organisations above this one that the viewer sees, the topmost first."""
    ids = [int(number) for number in organisation.path.split("/")[:-2]]
    if not ids:
        return ()
    found = session.scalars(select(Organisation).where(Organisation.id.in_(ids), visible(viewer))).all()
    return sorted(found, key=lambda one: ids.index(one.id))


def organisations(
    session: Session,
    viewer: Viewer,
    *,
    text: str = "",
    kind: OrganisationKind | None = None,
    closed_too: bool = False,
    page: int = 1,
) -> Page[Organisation]:
    """One page of the organisations whose present or former name holds these words, marks optional."""
    condition = visible(viewer)
    if not closed_too:
        condition &= Organisation.valid_to.is_(None)
    if kind is not None:
        condition &= Organisation.kind == kind
    for word in fold(text).split():
        condition &= _name_holds(word)
    total = session.scalar(select(func.count()).select_from(Organisation).where(condition)) or 0
    rows = session.scalars(
        select(Organisation)
        .options(joinedload(Organisation.parent))
        .where(condition)
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, total, PAGE_SIZE)


def names_to_offer(session: Session, viewer: Viewer, *, most: int = 300) -> Sequence[str]:
    """Names of open organisations for completing what is typed, in dictionary order."""
    return session.scalars(
        select(Organisation.name)
        .where(Organisation.valid_to.is_(None), visible(viewer))
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(most)
    ).all()


def sibling_named(
    session: Session, name: str, parent_id: int | None, *, other_than: int | None = None
) -> Organisation | None:
    """An open organisation of the same name under the same parent."""
    statement = select(Organisation).where(
        Organisation.name_key == accented_key(name),
        Organisation.valid_to.is_(None),
        Organisation.parent_id.is_(None) if parent_id is None else Organisation.parent_id == parent_id,
    )
    if other_than is not None:
        statement = statement.where(Organisation.id != other_than)
    return session.scalars(statement.limit(1)).one_or_none()


def has_open_children(session: Session, organisation: Organisation) -> bool:
    """Whether something that is still open lies under it."""
    found = select(Organisation.id).where(
        Organisation.parent_id == organisation.id, Organisation.valid_to.is_(None)
    )
    return session.scalar(found.limit(1)) is not None


def _lines(below: dict[int | None, list[Organisation]], parent: int | None, depth: int) -> list[TreeLine]:
    return [TreeLine(one, depth, _lines(below, one.id, depth + 1)) for one in below.get(parent, ())]


def _open(viewer: Viewer | None) -> Select[Organisation]:
    statement = (
        select(Organisation)
        .options(joinedload(Organisation.parent))
        .where(Organisation.valid_to.is_(None))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return statement if viewer is None else statement.where(visible(viewer))


def _name_holds(word: str) -> ColumnElement[bool]:
    """Whether the present or a former name holds the folded word. Folded text has no LIKE wildcards but «_»."""
    pattern = f"%{word.replace('_', ' ')}%"
    formerly = select(OrganisationName.organisation_id).where(OrganisationName.folded.like(pattern))
    return or_(Organisation.folded.like(pattern), Organisation.id.in_(formerly))
