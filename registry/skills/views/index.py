"""The vocabulary: a list with a search that says what it understood, and the tree of a sector."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.skills import forms, queries
from registry.skills.models import Skill
from registry.skills.queries import Branch
from registry.skills.resolver import MAX_CHARACTERS, Resolution, resolve
from registry.skills.rules import Sector
from registry.skills.views.blueprint import bp, held_counts, last_told, may_curate
from registry.text import nfc
from registry.web.database import db_session
from registry.web.paging import PAGE_SIZE, Page, page_number
from registry.web.turns import in_turn

_AS_LIST = "danh-sach"


@bp.get("")
@require(Permission.SKILLS_READ)
@in_turn
def index() -> ResponseReturnValue:
    """The concepts of a sector as a tree, or those with a name like the one typed, and what that text means."""
    session = db_session()
    typed = nfc(request.args.get("tim", "")).strip()[:MAX_CHARACTERS]
    sector = _sector(request.args.get("linh-vuc"))
    number = page_number(request.args.get("trang"))
    as_list = request.args.get("xem") == _AS_LIST
    understood = _understood(typed)
    part = {"offset": (number - 1) * PAGE_SIZE, "limit": PAGE_SIZE}
    tree: Page[Branch] | None = None
    page: Page[Any]
    if sector is not None and not typed and not as_list:
        branches, total = queries.sector_tree(session, sector, **part)
        tree = page = Page(branches, number, total)
        seen = [skill for branch in branches for skill in _skills_of(branch)]
    else:
        meant = [one.skill for one in understood.candidates] if understood.skill else []
        rows, total = queries.skill_list(session, typed, sector, meant=meant, **part)
        page = Page(rows, number, total)
        seen = [row.skill for row in rows]
    args = {"tim": typed, "linh-vuc": sector, "xem": _AS_LIST if as_list else ""}
    return render_template(
        "skills/index.html",
        typed=typed,
        sector=sector,
        page=page,
        tree=tree,
        as_list=as_list,
        args={name: value for name, value in args.items() if value},
        held=held_counts(session, seen),
        understood=understood,
        named=queries.skills_by_code(session, [one.skill for one in understood.candidates]),
        counts=queries.sector_counts(session),
        waiting=queries.pending_count(session),
        may_curate=may_curate(),
        last=last_told(session),
        sectors=forms.SECTORS,
        families=forms.FAMILIES,
        hows=forms.HOWS,
        places=forms.PENDING_PLACES,
    )


def _skills_of(branch: Branch) -> list[Skill]:
    return [branch.skill, *(skill for lower in branch.branches for skill in _skills_of(lower))]


def _sector(value: str | None) -> Sector | None:
    return Sector(value) if value in set(Sector) else None


def _understood(typed: str) -> Resolution:
    if not typed:
        return Resolution(None, "empty")
    return resolve(typed, queries.vocabulary(db_session()))
