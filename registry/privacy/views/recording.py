"""Recording a request that came on paper or by telephone, with how the person was made sure of."""

from datetime import UTC, date, datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.people.queries import get_of_office
from registry.privacy import operations
from registry.privacy.forms.requests import WITH_PURPOSE, RecordForm
from registry.privacy.operations import AlreadyAsked, Asked
from registry.privacy.rules import IdentityCheck, NoLimit, RightKind
from registry.privacy.views.blueprint import bp
from registry.web.clock import LOCAL_ZONE, now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.route("/yeu-cau-quyen/ghi", methods=["GET", "POST"])
@require(Permission.CONSENTS_WRITE)
def record_request() -> ResponseReturnValue:
    """The form, and the request: its clocks count from the day it reached the office."""
    form = RecordForm()
    form.require_choices()
    if request.method != "POST":
        form.code.data = request.args.get("ho-so", "")[:20]
        form.received_on.data = today()
        return _page(form)
    person = _person(form) if form.validate() else None
    if person is None or not _is_sensible(form, today()):
        return _page(form), 422
    session, by, at = db_session(), current_account().id, now()
    try:
        made = operations.receive_request(session, person, _asked(form, at), by=by, recorded_by=by, at=at)
    except AlreadyAsked as already:
        session.rollback()
        flash(_("Yêu cầu này đã được ghi và còn hiệu lực. Đây là yêu cầu đó."), "warn")
        return redirect(url_for(".show", ma=str(already)), 303)
    except NoLimit:
        session.rollback()
        form.received_on.errors = [_("Chưa có thời hạn nào áp dụng cho ngày này. Kiểm tra lại ngày nhận")]
        return _page(form), 422
    session.commit()
    flash(_("Đã ghi yêu cầu, hai hạn bắt đầu tính"), "ok")
    return redirect(url_for(".show", ma=made.public_id), 303)


def _person(form: RecordForm) -> Person | None:
    """The person of the code, whatever use is left of the record; one of another office is not found."""
    found = get_of_office(db_session(), current_viewer(), (form.code.data or "").upper())
    if found is None:
        form.code.errors = [_("Không có hồ sơ nào mang mã này trong phạm vi của bạn")]
    return found


def _is_sensible(form: RecordForm, on: date) -> bool:
    if form.received_on.data is not None and form.received_on.data > on:
        form.received_on.errors = [_("Ngày nhận không được sau hôm nay")]
        return False
    return True


def _asked(form: RecordForm, at: datetime) -> Asked:
    kind = RightKind(form.kind.data)
    has_purpose = kind in WITH_PURPOSE and form.purpose.data
    return Asked(
        kind,
        _received_at(form.received_on.data, at),
        purpose=PurposeCode(form.purpose.data) if has_purpose else None,
        words=form.words.data or "",
        channel=Channel(form.channel.data),
        identity_check=IdentityCheck(form.identity_check.data),
        has_third_party=bool(form.has_third_party.data),
    )


def _received_at(day: date | None, at: datetime) -> datetime:
    """The start of that day in Việt Nam; this instant when it is today."""
    if day is None or day == at.astimezone(LOCAL_ZONE).date():
        return at
    return datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)


def _page(form: RecordForm) -> str:
    return render_template("privacy/record.html", form=form)
