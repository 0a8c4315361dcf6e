"""Whom an incident affects: the list as codes, what the log shows, one person added or taken off with a reason."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import require
from registry.accounts.queries import account_by_email
from registry.accounts.rules import Permission
from registry.audit.forms import action_words
from registry.audit.queries import actions
from registry.incidents import operations, queries
from registry.incidents.forms import FOUND, PersonForm, ReasonForm, SelectionForm
from registry.incidents.queries.affected import LogSelection, entry_of, events_of, person_by_code
from registry.incidents.views.blueprint import Opened, bp, done, is_open, open_incident, too_late
from registry.needs.queries import need_by_code
from registry.text import sort_key
from registry.web.clock import LOCAL_ZONE
from registry.web.errors import NotVisible
from registry.web.i18n import current_language, ngettext
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_SAMPLE = 60


@bp.get("/su-co/<ma>/nguoi")
@require(Permission.PRIVACY_READ)
def affected(ma: str) -> ResponseReturnValue:
    """The list."""
    opened = open_incident(ma)
    return render_template(
        "incidents/people.html",
        found=opened.incident,
        page=queries.affected_page(opened.session, opened.incident, page_number(request.args.get("trang"))),
        counts=queries.counts_of(opened.session, opened.incident),
        words=FOUND,
        may_write=is_open(opened.incident),
    )


@bp.route("/su-co/<ma>/nguoi/tu-nhat-ky", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def select(ma: str) -> ResponseReturnValue:
    """Choose events of the log: first whom they name, then, with the second button, onto the list."""
    opened = open_incident(ma)
    if not is_open(opened.incident):
        return too_late(ma)
    form = SelectionForm()
    form.offer(sorted(((one, action_words(one)) for one in actions(opened.session)), key=_by_words))
    if request.method != "POST":
        _begin(form, opened)
        return _select_page(opened, form, None)
    wanted = _wanted(opened, form) if form.validate() else None
    if wanted is None:
        return _select_page(opened, form, None), 422
    found = events_of(opened.session, wanted)
    if "add" not in request.form:
        return _select_page(opened, form, [(code, events) for code, events in found.values()])
    numbers = {number: events for number, (_code, events) in found.items()}
    words = _selection_words(form, wanted)
    fresh = operations.add_from_log(
        opened.session, opened.incident, numbers, words=words, by=opened.by, at=opened.at
    )
    opened.session.commit()
    return done(ma, ngettext("Đã thêm %(num)s người", "Đã thêm %(num)s người", fresh))


def _by_words(offered: tuple[str, str]) -> str:
    return sort_key(offered[1])


def _begin(form: SelectionForm, opened: Opened) -> None:
    """From when it happened until it was discovered, unless somebody says otherwise."""
    since = opened.incident.happened_at.astimezone(LOCAL_ZONE)
    until = opened.incident.discovered_at.astimezone(LOCAL_ZONE)
    form.since_on.data, form.since_time.data = since.date(), f"{since:%H:%M}"
    form.until_on.data, form.until_time.data = until.date(), f"{until:%H:%M}"


def _wanted(opened: Opened, form: SelectionForm) -> LogSelection | None:
    """The events that were chosen; None with a sentence on the field that leads nowhere."""
    since, until = form.moment("since"), form.moment("until")
    account = account_by_email(opened.session, form.account.data) if form.account.data else None
    if form.account.data and account is None:
        form.account.errors = [_("Không có tài khoản nào mang địa chỉ này")]
        return None
    need = need_by_code(opened.session, form.need.data) if form.need.data else None
    if form.need.data and need is None:
        form.need.errors = [_("Không có nhu cầu nào mang mã này")]
        return None
    if since is None or until is None:
        return None
    if until <= since:
        form.until_on.errors = [_("Lúc kết thúc phải sau lúc bắt đầu")]
        return None
    return LogSelection(
        since,
        until,
        by_id=None if account is None else account.id,
        need="" if need is None else need.public_id,
        action=form.action.data or "",
    )


def _selection_words(form: SelectionForm, wanted: LogSelection) -> str:
    """Which events, for the list of steps."""
    language = current_language()
    parts = [
        f"{formats.datetime(wanted.since, language)} – {formats.datetime(wanted.until, language)}",
        form.account.data or "",
        form.need.data or "",
        action_words(wanted.action) if wanted.action else "",
    ]
    return "; ".join(part for part in parts if part)


def _select_page(opened: Opened, form: SelectionForm, found: list[tuple[str, int]] | None) -> str:
    return render_template(
        "incidents/select.html",
        form=form,
        found=opened.incident,
        people=None if found is None else len(found),
        events=sum(events for _code, events in found or ()),
        sample=(found or [])[:_SAMPLE],
    )


@bp.route("/su-co/<ma>/nguoi/them", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def add(ma: str) -> ResponseReturnValue:
    """Add somebody by code, with the reason."""
    opened = open_incident(ma)
    if not is_open(opened.incident):
        return too_late(ma)
    form = PersonForm()
    person = None
    if request.method == "POST" and form.validate():
        person = person_by_code(opened.session, (form.code.data or "").upper())
        if person is None:
            form.code.errors = [_("Không có hồ sơ nào mang mã này")]
    if person is None:
        page = _one_page(opened, form, _("Thêm một người"), _("Thêm"))
        return page, 200 if request.method != "POST" else 422
    reason = form.reason.data or ""
    is_new = operations.add_by_hand(
        opened.session, opened.incident, person, reason=reason, by=opened.by, at=opened.at
    )
    opened.session.commit()
    return done(
        ma, _("Đã thêm %(code)s", code=person.code) if is_new else _("Người này đã có trong danh sách")
    )


@bp.route("/su-co/<ma>/nguoi/<code>/bo", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def take_off(ma: str, code: str) -> ResponseReturnValue:
    """Take somebody off the list, with the reason."""
    opened = open_incident(ma)
    entry = entry_of(opened.session, opened.incident, code[:20])
    if entry is None:
        raise NotVisible
    if not is_open(opened.incident) or entry.removed_at is not None:
        return too_late(ma)
    form = ReasonForm()
    if request.method != "POST" or not form.validate():
        page = _one_page(opened, form, _("Bỏ %(code)s khỏi danh sách", code=code), _("Bỏ"))
        return page, 200 if request.method != "POST" else 422
    reason = form.reason.data or ""
    operations.take_off(opened.session, entry, reason=reason, by=opened.by, at=opened.at)
    opened.session.commit()
    return done(ma, _("Đã bỏ %(code)s", code=code))


def _one_page(opened: Opened, form: Any, heading: str, button: str) -> str:
    return render_template(
        "incidents/person.html", form=form, found=opened.incident, heading=heading, button=button
    )
