"""Pasting many identifiers to a shortlist: told line by line first, added on a second click.

What was pasted may hold e-mail addresses: it stands in the form alone, never in an address, and is read anew each time.
"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.formats import number
from registry.matching.models import Shortlist
from registry.matching.operations.keeping import add_to_shortlist
from registry.matching.queries.pasted import PasteTold, paste_told
from registry.matching.rules import MOST_PASTED, Outcome, PastedAnswer, read_pasted
from registry.matching.views.blueprint import bp, record_shown
from registry.matching.views.shortlists import NOTE_LENGTH, opened_shortlist
from registry.people import queries
from registry.text import TextRefused, clean
from registry.web.clock import now, today
from registry.web.database import db_session, only_asks
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext


@dataclass(frozen=True)
class _Line:
    """A row of the table: where it stood, what was typed, the tag, the words, and the person where there is one."""

    line: int
    text: str
    kind: str
    words: str
    name: str
    public_id: str


@bp.get("/danh-sach/<ma>/dan-ma")
@require(Permission.PEOPLE_READ)
def paste(ma: str) -> ResponseReturnValue:
    """An empty box to paste into."""
    return _page(opened_shortlist(ma), {})


@bp.post("/danh-sach/<ma>/dan-ma")
@require(Permission.PEOPLE_READ)
@only_asks
def paste_checked(ma: str) -> ResponseReturnValue:
    """What each identifier leads to. Nobody is added yet."""
    session, opened = db_session(), opened_shortlist(ma)
    told, _note, errors = _read(session, opened)
    if told is None or errors:
        return _page(opened, errors), 422
    return _page(opened, {}, told)


@bp.post("/danh-sach/<ma>/dan-ma/them")
@require(Permission.PEOPLE_READ)
def paste_added(ma: str) -> ResponseReturnValue:
    """Put everybody found on the list, in the order pasted."""
    session, opened = db_session(), opened_shortlist(ma)
    told, note, errors = _read(session, opened)
    if told is None or errors:
        return _page(opened, errors), 422
    notes = {person.public_id: note for person in told.found}
    batch = add_to_shortlist(session, opened, told.found, notes=notes, by=current_account().id, at=now())
    session.commit()
    if batch is None:
        flash(_("Không thêm ai: những người tìm thấy đã ở trong danh sách."), "warn")
    if told.left_out:
        flash(
            ngettext(
                "%(num)s mã không dẫn đến hồ sơ nào nên không được thêm.",
                "%(num)s mã không dẫn đến hồ sơ nào nên không được thêm.",
                told.left_out,
            ),
            "warn",
        )
    return redirect(url_for("matching.shortlist", ma=ma, vua_lam=batch), 303)


def _read(session: Session, shortlist: Shortlist) -> tuple[PasteTold | None, str, dict[str, str]]:
    """What was pasted with its outcomes, the note for everybody, and errors by field."""
    errors: dict[str, str] = {}
    pasted = read_pasted(request.form.get("ma_dan", ""))
    if not pasted:
        errors["ma_dan"] = _("Dán ít nhất một mã hồ sơ hoặc địa chỉ thư điện tử")
    elif len(pasted) > MOST_PASTED:
        errors["ma_dan"] = _(
            "Bạn dán %(count)s mã. Mỗi lần tối đa %(most)s mã: hãy chia thành nhiều lần",
            count=number(len(pasted)),
            most=number(MOST_PASTED),
        )
    try:
        note = clean(request.form.get("ghi_chu", ""), limit=NOTE_LENGTH)
    except TextRefused:
        note = ""
        errors["ghi_chu"] = _("Nhập tối đa %(limit)s ký tự, không có ký tự ẩn", limit=NOTE_LENGTH)
    if errors:
        return None, note, errors
    return paste_told(session, current_viewer(), shortlist, pasted, on=today()), note, errors


def _page(shortlist: Shortlist, errors: dict[str, str], told: PasteTold | None = None) -> str:
    if told is not None:
        shown = sorted({told.people[one.person].public_id for one in told.lines if one.person})
        record_shown("people.listed", shown, page="danh-sach/dan-ma")
    return render_template(
        "matching/paste.html",
        shortlist=shortlist,
        typed=request.form.get("ma_dan", ""),
        note=request.form.get("ghi_chu", ""),
        errors=errors,
        most=MOST_PASTED,
        note_length=NOTE_LENGTH,
        lines=[] if told is None else [_line(one, told) for one in told.lines],
        found=0 if told is None else len(told.found),
    )


def _line(one: PastedAnswer, told: PasteTold) -> _Line:
    person = told.people[one.person] if one.person else None
    kind, words = _words(one)
    return _Line(
        one.pasted.line,
        one.pasted.text,
        kind,
        words,
        queries.display_name(person, current_viewer()) if person else "",
        person.public_id if person else "",
    )


def _words(one: PastedAnswer) -> tuple[str, str]:
    """The kind of tag and the words of an outcome. Missing and out of sight are said in the same words."""
    match one.outcome:
        case Outcome.FOUND:
            return "ok", _("Tìm thấy")
        case Outcome.THERE:
            return "info", _("Đã ở trong danh sách")
        case Outcome.REPEATED:
            return "", _("Trùng với dòng %(line)s", line=one.first_line)
        case Outcome.SEVERAL:
            return "warn", _("Nhiều hồ sơ cùng mang mã này: dán mã hồ sơ (HS-…) của từng người")
        case Outcome.UNREADABLE:
            return "warn", _("Không đọc được: xem lại cách viết")
        case Outcome.UNKNOWN:
            return "warn", _("Không tìm thấy, hoặc ngoài phạm vi bạn được xem")
