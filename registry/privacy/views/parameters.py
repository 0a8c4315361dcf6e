"""«Giới hạn và lịch»: every row that something is counted with, and confirming one against its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.queries import known_by
from registry.accounts.rules import EVERYWHERE, Permission
from registry.privacy.forms import words
from registry.privacy.forms.parameters import AnswerForm, ConfirmForm
from registry.privacy.operations.confirming import (
    AlreadyConfirmed,
    Checked,
    confirm_row,
    take_back_confirmation,
)
from registry.privacy.queries.confirmed import confirmations
from registry.privacy.rules import RightKind, limits, working_calendar
from registry.privacy.rules.breach import incident_limits
from registry.privacy.rules.kept import kept_after_erasure
from registry.privacy.rules.retention import RetentionRule, retention_rules
from registry.privacy.views.blueprint import bp
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language, ngettext
from registry.web.i18n import gettext as _

_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Line:
    """A row as the page shows it: its group, what it is about, what it says, who says so."""

    group: str
    label: str
    says: str
    source: str
    fingerprint: str
    is_confirmed: bool


def must_see_all() -> None:
    """What holds for the whole installation is not opened by a role on a part of it."""
    if EVERYWHERE not in current_viewer().scopes:
        raise NotVisible


@bp.get("/gioi-han-va-lich")
@require(Permission.PRIVACY_READ)
def limits_and_days() -> ResponseReturnValue:
    """All rows, with who confirmed which against what."""
    must_see_all()
    session = db_session()
    known = confirmations(session)
    names = known_by(session, [one.confirmed_by_id for one in known.values()])
    groups: dict[str, list[tuple[Line, Any, str]]] = {}
    for line in _lines(today()):
        found = known.get(line.fingerprint)
        name = "" if found is None else names[found.confirmed_by_id][1]
        groups.setdefault(line.group, []).append((line, found, name))
    return render_template(
        "privacy/limits_and_days.html",
        groups=groups,
        may_write=current_viewer().can(Permission.PRIVACY_WRITE),
    )


@bp.route("/gioi-han-va-lich/<dau>", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def confirm_row_page(dau: str) -> ResponseReturnValue:
    """Confirm a row: against which text, on which day."""
    must_see_all()
    line, form, on = _line(dau), ConfirmForm(), today()
    if request.method != "POST":
        form.checked_on.data = on
        return _confirm_page(line, form)
    if not form.validate() or not _is_past(form, on):
        return _confirm_page(line, form), 422
    session = db_session()
    checked = Checked(form.source.data or "", form.checked_on.data or on)
    label = f"{line.group}: {line.label}"[:_LONGEST_LABEL]
    try:
        confirm_row(session, line.fingerprint, label, checked, by=current_account().id, at=now())
    except AlreadyConfirmed:
        session.rollback()
        flash(_("Dòng này vừa được người khác xác nhận."), "info")
        return redirect(url_for(".limits_and_days"), 303)
    session.commit()
    flash(_("Đã xác nhận. Dòng này không còn ghi «chưa kiểm chứng»."), "ok")
    return redirect(url_for(".limits_and_days"), 303)


@bp.post("/gioi-han-va-lich/<dau>/thoi")
@require(Permission.PRIVACY_WRITE)
def take_back_row(dau: str) -> ResponseReturnValue:
    """Take a confirmation back."""
    must_see_all()
    session, form = db_session(), AnswerForm()
    found = confirmations(session).get(_line(dau).fingerprint)
    if found is None or not form.validate():
        raise NotVisible
    take_back_confirmation(session, found, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã thôi xác nhận. Dòng này lại ghi «chưa kiểm chứng»."), "ok")
    return redirect(url_for(".limits_and_days"), 303)


def _line(mark: str) -> Line:
    """The row of an address. Raises NotVisible."""
    found = next((line for line in _lines(today()) if line.fingerprint == mark), None)
    if found is None:
        raise NotVisible
    return found


def _is_past(form: ConfirmForm, on: date) -> bool:
    if form.checked_on.data is not None and form.checked_on.data > on:
        form.checked_on.errors = [_("Ngày đối chiếu không được sau hôm nay")]
        return False
    return True


def _confirm_page(line: Line, form: ConfirmForm) -> str:
    return render_template("privacy/confirm_row.html", line=line, form=form)


def _lines(on: date) -> Iterator[Line]:
    for limit in limits():
        kinds = ", ".join(str(words.KIND[kind]) for kind in RightKind if kind in limit.kinds)
        says = _(
            "trả lời trong %(answer)s ngày làm việc, xong trong %(days)s ngày (có bên thứ ba: %(third)s), gia hạn %(more)s ngày",
            answer=limit.first_answer_working_days,
            days=limit.completion_days,
            third=limit.completion_days_third_party,
            more=limit.extension_days,
        )
        yield _of(_("Yêu cầu về quyền"), kinds, says, limit)
    for row in incident_limits():
        says = ngettext("%(num)s giờ từ lúc phát hiện", "%(num)s giờ từ lúc phát hiện", row.report_hours)
        yield _of(_("Sự cố"), _("Báo cơ quan có thẩm quyền"), says, row)
    for rule in retention_rules(on):
        yield _of(_("Lưu giữ"), rule.what, length_words(rule), rule)
    yield from _days(on)
    for kept in kept_after_erasure():
        says = _("%(until)s; %(why)s", until=kept.until, why=kept.why)
        yield Line(_("Phần ở lại sau khi xóa"), kept.what, says, "", kept.fingerprint, kept.is_confirmed)


def _days(on: date) -> Iterator[Line]:
    calendar, seen = working_calendar(), set[str]()
    for year in sorted(calendar.years):
        for day in calendar.special_days(year):
            if year >= on.year and day.fingerprint not in seen:
                seen.add(day.fingerprint)
                last = None if day.last == day.first else day.last
                when = formats.date(day.first, current_language())
                if last is not None:
                    when = formats.date_range(day.first, last, current_language())
                yield _of(_("Lịch làm việc"), day.name, f"{when}: {words.DAY[day.kind]}", day)


def length_words(rule: RetentionRule) -> str:
    """How long a rule keeps data, and how long before the person is told."""
    parts = [
        ngettext("%(num)s tháng", "%(num)s tháng", rule.months) if rule.months else "",
        ngettext("%(num)s ngày", "%(num)s ngày", rule.days) if rule.days else "",
    ]
    long = " + ".join(part for part in parts if part)
    return _(
        "%(long)s %(since)s; báo trước %(notice)s ngày",
        long=long,
        since=words.SINCE[rule.counted_from],
        notice=rule.notice_days,
    )


def _of(group: str, label: str, says: str, row: Any) -> Line:
    return Line(group, label, says, row.source, row.fingerprint, row.is_confirmed)
