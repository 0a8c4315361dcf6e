"""Looking at organisations: the tree inside the viewer's scope, searching it, one organisation."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.organisations import queries
from registry.organisations.forms import KIND_LABELS
from registry.organisations.models import Organisation
from registry.organisations.queries import TreeLine
from registry.organisations.rules import OrganisationKind
from registry.organisations.views.blueprint import bp, unit_words, visible_organisation
from registry.organisations.views.panels import panels_of
from registry.web.database import db_session
from registry.web.paging import Page, page_number

_LONGEST_SEARCH = 100
_ROOTS_ON_A_PAGE = 30


@bp.get("")
@require(Permission.ORGANISATIONS_READ)
def index() -> ResponseReturnValue:
    """The tree, or a list of those a filter leaves."""
    session, viewer = db_session(), current_viewer()
    text = request.args.get("tim", "").strip()[:_LONGEST_SEARCH]
    kind = _kind(request.args.get("loai", ""))
    closed_too = request.args.get("da-dong") == "1"
    number = page_number(request.args.get("trang"))
    is_filtered = bool(text or kind or closed_too)
    if is_filtered:
        page = queries.organisations(
            session, viewer, text=text, kind=kind, closed_too=closed_too, page=number
        )
        tree: Page[TreeLine] | None = None
    else:
        page, tree = None, _page_of_roots(queries.organisation_tree(session, viewer), number)
    return render_template(
        "organisations/index.html",
        page=page,
        tree=tree,
        text=text,
        kind=kind,
        closed_too=closed_too,
        kinds=KIND_LABELS,
        args=_arguments(text, kind, closed_too),
        may_write=viewer.can(Permission.ORGANISATIONS_WRITE),
    )


@bp.get("/<ma>")
@require(Permission.ORGANISATIONS_READ)
def show(ma: str) -> ResponseReturnValue:
    """One organisation with its place in the tree, its names and what lies under it."""
    session, viewer = db_session(), current_viewer()
    organisation = visible_organisation(session, ma)
    at = (organisation.unit_path, organisation.path)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        parents=queries.parents_of(session, viewer, organisation),
        children=queries.children_of(session, viewer, organisation),
        successor=_visible_successor(session, organisation),
        unit=unit_words(session, organisation),
        kinds=KIND_LABELS,
        panels=panels_of(session, organisation),
        may_write=viewer.can(Permission.ORGANISATIONS_WRITE, at=at),
    )


def _visible_successor(session: Session, organisation: Organisation) -> Organisation | None:
    successor = organisation.successor
    if successor is None:
        return None
    return queries.get_organisation(session, current_viewer(), successor.public_id)


def _kind(value: str) -> OrganisationKind | None:
    return OrganisationKind(value) if value in set(OrganisationKind) else None


def _page_of_roots(roots: Sequence[TreeLine], number: int) -> Page[TreeLine]:
    start = (number - 1) * _ROOTS_ON_A_PAGE
    return Page(roots[start : start + _ROOTS_ON_A_PAGE], number, len(roots), _ROOTS_ON_A_PAGE)


def _arguments(text: str, kind: OrganisationKind | None, closed_too: bool) -> dict[str, str]:
    found = {"tim": text, "loai": kind.value if kind else "", "da-dong": "1" if closed_too else ""}
    return {name: value for name, value in found.items() if value}
