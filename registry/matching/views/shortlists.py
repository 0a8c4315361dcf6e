"""«Danh sách rút gọn»: one list with notes and history, taking people off, undoing."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.matching.forms.pools import POOL
from registry.matching.models import Shortlist
from registry.matching.operations.keeping import (
    remove_from_shortlist,
    undo_batch,
    write_note,
)
from registry.matching.queries.kept_searches import (
    entries_of,
    history_of,
    shortlist_named,
    visible_people,
)
from registry.matching.views.blueprint import bp, page, record_shown
from registry.people import queries
from registry.people.views.introduced import in_need
from registry.text import TextRefused, clean
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext

NOTE_LENGTH = 500


def opened_shortlist(ma: str) -> Shortlist:
    """The list, if the viewer may open it; otherwise NotVisible, as for one that does not exist."""
    found = shortlist_named(db_session(), current_viewer(), current_account().id, ma)
    if found is None:
        raise NotVisible
    return found


@bp.get("/danh-sach/<ma>")
@require(Permission.PEOPLE_READ)
def shortlist(ma: str) -> ResponseReturnValue:
    """Who is on the list, with notes; below, who put whom on and off."""
    session, viewer, on = db_session(), current_viewer(), today()
    opened = opened_shortlist(ma)
    rows = entries_of(session, viewer, opened, on=on)
    steps = history_of(session, viewer, opened, on=on)
    shown = {row.person.public_id for row in rows} | {step.person.public_id for step in steps if step.person}
    cards = {
        card.person.id: card for card in queries.person_cards(session, [row.person for row in rows], on=on)
    }
    need = opened.need
    about = {} if need is None else {"need": need.public_id}
    record_shown("people.listed", sorted(shown), page="danh-sach", **about)
    for_need = in_need(viewer, None if need is None else need.public_id)
    return page(
        "shortlist.html",
        shortlist=opened,
        kind_words=POOL[opened.kind],
        rows=[(row, queries.display_name(row.person, for_need), cards[row.person.id]) for row in rows],
        steps=[(step, queries.display_name(step.person, for_need) if step.person else "") for step in steps],
        batch=request.args.get("vua_lam", ""),
        ranked_need=_ranked_need(opened),
    )


def _ranked_need(opened: Shortlist) -> str | None:
    """The need of the list, when the viewer may see who is ranked for it."""
    need = opened.need
    if need is None:
        return None
    at = (need.unit_path, need.organisation_path)
    return need.public_id if current_viewer().can(Permission.MATCHING_READ, at=at) else None


@bp.post("/danh-sach/<ma>/bo")
@require(Permission.PEOPLE_READ)
def shortlist_remove(ma: str) -> ResponseReturnValue:
    """Take the ticked people off; the page that follows offers to undo it."""
    session, opened = db_session(), opened_shortlist(ma)
    people = visible_people(session, current_viewer(), request.form.getlist("nguoi"), on=today())
    batch = remove_from_shortlist(session, opened, people, by=current_account().id, at=now())
    session.commit()
    if batch is None:
        flash(_("Chưa chọn ai trong danh sách."), "warn")
    return redirect(url_for("matching.shortlist", ma=ma, vua_lam=batch), 303)


@bp.post("/danh-sach/<ma>/ghi-chu")
@require(Permission.PEOPLE_READ)
def shortlist_note(ma: str) -> ResponseReturnValue:
    """Save the note beside one person."""
    session, opened = db_session(), opened_shortlist(ma)
    people = visible_people(session, current_viewer(), [request.form.get("nguoi", "")], on=today())
    try:
        note = clean(request.form.get("ghi_chu", ""), limit=NOTE_LENGTH)
    except TextRefused:
        flash(_("Nhập tối đa %(limit)s ký tự, không có ký tự ẩn", limit=NOTE_LENGTH), "bad")
        return redirect(url_for("matching.shortlist", ma=ma), 303)
    if not people or not write_note(session, opened, people[0], note, by=current_account().id, at=now()):
        raise NotVisible
    session.commit()
    flash(_("Đã lưu ghi chú."), "ok")
    return redirect(url_for("matching.shortlist", ma=ma), 303)


@bp.post("/danh-sach/<ma>/hoan-tac")
@require(Permission.PEOPLE_READ)
def shortlist_undo(ma: str) -> ResponseReturnValue:
    """Undo one act of the last ten minutes."""
    session, opened = db_session(), opened_shortlist(ma)
    changed = undo_batch(session, opened, request.form.get("lan", ""), by=current_account().id, at=now())
    session.commit()
    if changed:
        flash(ngettext("Đã hoàn tác với %(num)s người.", "Đã hoàn tác với %(num)s người.", changed), "ok")
    else:
        flash(_("Không còn hoàn tác được: đã quá 10 phút hoặc đã hoàn tác rồi."), "warn")
    return redirect(url_for("matching.shortlist", ma=ma), 303)
