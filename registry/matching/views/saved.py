"""«Bộ tìm đã lưu»: searches under a name, what is new in them, and searches in vain kept as demand."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.matching.models import SavedSearch
from registry.matching.operations.keeping import (
    forget_search,
    look_again,
)
from registry.matching.operations.keeping import (
    keep_demand as keep_in_vain,
)
from registry.matching.operations.keeping import (
    save_search as keep_search,
)
from registry.matching.queries.kept_searches import new_since, saved_search, saved_searches
from registry.matching.queries.search import Sought, found_ids, found_total, made_ready
from registry.matching.views import search_address as address
from registry.matching.views import search_words as say
from registry.matching.views.blueprint import bp, page
from registry.matching.views.search_parts import chips
from registry.people.views.keepers import keeper_choices
from registry.text import TextRefused, clean
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_NAME_LENGTH = 200
MOST_COUNTED = 20


@bp.get("/bo-tim")
@require(Permission.PEOPLE_READ)
def saved() -> ResponseReturnValue:
    """One's saved searches, each with how many are new since it was last looked at."""
    return page("saved.html", rows=saved_lines(db_session(), current_viewer(), current_account().id))


def saved_lines(session: Session, viewer: Viewer, by: int) -> list[dict[str, Any]]:
    """The saved searches of an account for a list: name, criteria in words, what is new, ways to run them."""
    lines: list[dict[str, Any]] = []
    for one in saved_searches(session, by)[:MOST_COUNTED]:
        args = _args_of(one.address)
        sought = _sought(session, viewer, args)
        lines.append(
            {
                "saved": one,
                "words": criteria_words(session, viewer, sought, args),
                "total": found_total(session, sought),
                "new": new_since(session, one, sought),
                "href": href_of(args, bo_tim=one.public_id),
                "new_href": href_of(args, bo_tim=one.public_id, moi="1"),
            }
        )
    return lines


def href_of(args: address.Args, **more: str) -> str:
    """The search page with these criteria."""
    named: dict[str, Any] = {**args.to_dict(flat=False), **more}
    return url_for("people.index", **named)


def _args_of(kept: str) -> address.Args:
    return MultiDict(parse_qsl(kept))


def _sought(session: Session, viewer: Viewer, args: address.Args) -> Sought:
    units = [path for path, _words in keeper_choices(session, viewer)]
    return made_ready(session, address.search_of(session, args, units, viewer), viewer, on=today())


def people_found(session: Session, viewer: Viewer, kept: str, on: date) -> Select[Any]:
    """The row ids of the people that kept criteria find for a viewer on a day; needs no request, so jobs ask it, too."""
    args = _args_of(kept)
    units = [path for path, _words in keeper_choices(session, viewer)]
    return found_ids(made_ready(session, address.search_of(session, args, units, viewer), viewer, on=on))


def kept_words(session: Session, viewer: Viewer, kept: str) -> list[str]:
    """Everything kept criteria ask for, in words."""
    args = _args_of(kept)
    return criteria_words(session, viewer, _sought(session, viewer, args), args)


def criteria_words(session: Session, viewer: Viewer, sought: Sought, args: address.Args) -> list[str]:
    """Everything a search asks for, in words."""
    read = sought.search.read
    found = [say.part_words(part) for part in read.parts]
    found += [say.quoted([words]) for words in read.leftover]
    found += [words for words, _href in chips(sought, args, dict(keeper_choices(session, viewer)))]
    return found


@bp.get("/bo-tim/luu")
@require(Permission.PEOPLE_READ)
def save_search() -> ResponseReturnValue:
    """Give the search a name."""
    return _save_page({}, "")


def _save_page(errors: dict[str, str], name: str) -> str:
    session, viewer = db_session(), current_viewer()
    args = address.criteria_in(request.values)
    sought = _sought(session, viewer, args)
    return render_template(
        "matching/save_search.html",
        words=criteria_words(session, viewer, sought, args),
        total=found_total(session, sought),
        criteria=list(args.items(multi=True)),
        errors=errors,
        name=name or sought.search.read.typed,
        back=href_of(args),
    )


@bp.post("/bo-tim/luu")
@require(Permission.PEOPLE_READ)
def save_search_sent() -> ResponseReturnValue:
    """Keep it under a new name; a name one has already is never overwritten."""
    session, by = db_session(), current_account().id
    args = address.criteria_in(request.form)
    try:
        name = clean(request.form.get("ten", ""), limit=_NAME_LENGTH)
    except TextRefused:
        name = ""
    if not name:
        return _save_page({"ten": _("Nhập tên, tối đa %(limit)s ký tự", limit=_NAME_LENGTH)}, ""), 422
    try:
        sought = _sought(session, current_viewer(), args)
        made = keep_search(session, sought, name=name, address=address.address_of(args), by=by, at=now())
        session.commit()
    except IntegrityError:
        session.rollback()
        taken = _("Bạn đã có bộ tìm tên «%(name)s». Bản đó không đổi. Nhập tên khác", name=name)
        return _save_page({"ten": taken}, name), 422
    flash(_("Đã lưu bộ tìm. Hồ sơ mới sẽ được báo ở trang Tổng quan."), "ok")  # a cookie carries it: no names
    return redirect(href_of(args, bo_tim=made.public_id), 303)


def _owned(ma: str) -> SavedSearch:
    found = saved_search(db_session(), current_account().id, ma)
    if found is None:
        raise NotVisible
    return found


@bp.post("/bo-tim/<ma>/da-xem")
@require(Permission.PEOPLE_READ)
def saved_seen(ma: str) -> ResponseReturnValue:
    """Everybody it finds now has been seen."""
    session, found = db_session(), _owned(ma)
    args = _args_of(found.address)
    look_again(session, found, _sought(session, current_viewer(), args), by=current_account().id, at=now())
    session.commit()
    flash(_("Từ nay chỉ báo hồ sơ mới hơn lúc này."), "ok")
    return redirect(url_for("matching.saved"), 303)


@bp.post("/bo-tim/<ma>/xoa")
@require(Permission.PEOPLE_READ)
def saved_delete(ma: str) -> ResponseReturnValue:
    """Delete a saved search."""
    session, found = db_session(), _owned(ma)
    forget_search(session, found, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã xóa bộ tìm."), "ok")
    return redirect(url_for("matching.saved"), 303)


@bp.post("/ung-vien/chua-co-nguoi")
@require(Permission.PEOPLE_READ)
def keep_demand() -> ResponseReturnValue:
    """Keep a search that finds nobody as demand, in one click."""
    session, viewer = db_session(), current_viewer()
    args = address.criteria_in(request.form)
    sought = _sought(session, viewer, args)
    words = "; ".join(criteria_words(session, viewer, sought, args))[:500]
    total = found_total(session, sought)
    if total or not words:
        flash(_("Bộ tìm này có người, nên không ghi lại."), "warn")
    else:
        keep_in_vain(
            session,
            address=address.address_of(args),
            words=words,
            found=total,
            by=current_account().id,
            on=today(),
            at=now(),
        )
        session.commit()
        flash(_("Đã ghi lại: có người cần mà chưa có ai. Số này dùng khi xem cung và cầu."), "ok")
    return redirect(href_of(args), 303)
