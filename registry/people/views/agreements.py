"""«Đồng ý»: the ledger of one person's consents, recording what came on paper or by telephone, and withdrawing."""

from datetime import UTC, date, datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.consents.models import Notice
from registry.consents.operations import AlreadyGiven, Given, NotGiven
from registry.consents.queries import consent_history, current_notices, standing_purposes
from registry.consents.rules import LAWFUL_WITHOUT_CONSENT, Channel, PurposeCode
from registry.people import operations, queries
from registry.people.forms import words
from registry.people.forms.fields import refuse
from registry.people.forms.sections import ConsentForm, WithdrawalForm
from registry.people.rules import LegalBasis
from registry.people.views.blueprint import bp
from registry.people.views.loading import Opened, keep_read
from registry.web.choices import choices
from registry.web.clock import LOCAL_ZONE, now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.route("/ung-vien/<ma>/dong-y", methods=["GET", "POST"])
@require(Permission.CONSENTS_WRITE)
def consents(ma: str) -> ResponseReturnValue:
    """The ledger, and recording consents with their channel and day."""
    opened = _open(ma)
    form = consent_form(open_notices(opened))
    if request.method != "POST":
        keep_read(opened, "dong-y")
        return _page(opened, form)
    if not form.validate() or not _is_complete(form, opened.on):
        return _page(opened, form), 422
    try:
        operations.give_consent(
            opened.session,
            opened.person,
            given_in(form, open_notices(opened), opened.at),
            by=opened.by,
            at=opened.at,
        )
    except AlreadyGiven:
        opened.session.rollback()
        flash(_("Có người vừa ghi đồng ý này. Xem lại danh sách."), "warn")
        return redirect(url_for(".consents", ma=ma), 303)
    opened.session.commit()
    flash(_("Đã ghi sự đồng ý"), "ok")
    return redirect(url_for(".consents", ma=ma), 303)


@bp.route(
    "/ung-vien/<ma>/dong-y/<any(registry, matching, contact, policy_check, campaigns, other_provinces, statistics):muc_dich>/rut",
    methods=["GET", "POST"],
)
@require(Permission.CONSENTS_WRITE)
def withdraw(ma: str, muc_dich: str) -> ResponseReturnValue:
    """Withdraw one consent: a page that says what stops, then the act, in force at once."""
    opened = _open(ma)
    purpose = PurposeCode(muc_dich)
    standing = standing_purposes(consent_history(opened.session, opened.person.id)).get(purpose)
    form = WithdrawalForm()
    if standing is None:
        flash(_("Không có sự đồng ý nào đang có hiệu lực cho mục đích này."), "warn")
        return redirect(url_for(".consents", ma=ma), 303)
    if request.method != "POST" or not form.validate():
        page = render_template(
            "people/withdraw.html",
            form=form,
            opened=opened,
            person=opened.person,
            consent=standing,
            stops=_stops(opened, purpose),
        )
        return page, 200 if request.method != "POST" else 422
    try:
        operations.withdraw_consent(
            opened.session,
            opened.person,
            purpose,
            channel=Channel(form.channel.data),
            reason=form.reason.data or "",
            by=opened.by,
            at=opened.at,
        )
    except NotGiven:
        opened.session.rollback()
    opened.session.commit()
    flash(_("Đã rút đồng ý. Có hiệu lực ngay ở mọi danh sách."), "ok")
    return redirect(url_for(".consents", ma=ma), 303)


def _stops(opened: Opened, purpose: PurposeCode) -> str:
    """What withdrawing means for this person, said before it is done."""
    if opened.person.legal_basis is LegalBasis.LAW and purpose in LAWFUL_WITHOUT_CONSENT:
        return _(
            "Hồ sơ vẫn được giữ và dùng theo luật về cán bộ, công chức, viên chức; chỉ sự đồng ý này kết thúc."
        )
    if purpose is PurposeCode.REGISTRY:
        return _("Hồ sơ không còn được xem, tìm hay xếp hạng ở bất cứ đâu, kể cả bởi bạn.")
    if purpose is PurposeCode.CONTACT:
        return _("Tên, liên hệ, nơi làm việc và giấy tờ không còn hiện; hồ sơ chỉ còn mã ẩn danh.")
    return _("Từ lúc này không danh sách nào còn dùng hồ sơ cho mục đích này. Các mục đích khác không đổi.")


def _open(ma: str) -> Opened:
    """A record of the office, also one whose person withdrew the consent to keep it: a new one may come."""
    session, viewer, on = db_session(), current_viewer(), today()
    person = queries.get_visible(session, viewer, ma, on=on) or queries.get_without_ground(
        session, viewer, ma
    )
    if person is None:
        raise NotVisible
    return Opened(session, viewer, person, on, now(), current_account().id)


def open_notices(opened: Opened) -> list[Notice]:
    """The notices of purposes to which the person has no standing consent that counts."""
    standing = standing_purposes(consent_history(opened.session, opened.person.id))
    return [
        notice
        for notice in current_notices(opened.session, current_language(), opened.on)
        if notice.purpose.code not in standing
    ]


def consent_form(notices: list[Notice]) -> ConsentForm:
    """The form with these purposes to tick."""
    form = ConsentForm()
    form.purposes.choices = choices((notice.purpose.code.value, notice.title) for notice in notices)
    for field in (form.purposes, form.channel, form.given_on):
        field.flags.required = True
    return form


def _is_complete(form: ConsentForm, on: date) -> bool:
    if not form.purposes.data:
        return refuse(form.purposes, _("Chọn ít nhất một mục đích"))
    return is_given_by(form, on)


def is_given_by(form: ConsentForm, on: date) -> bool:
    """Refuse a consent from the future."""
    if form.given_on.day is not None and form.given_on.day > on:
        return refuse(form.given_on, _("Ngày đồng ý không được sau hôm nay"))
    return True


def given_in(form: ConsentForm, notices: list[Notice], at: datetime) -> list[Given]:
    """The consents of a validated form, in the words that were on the page."""
    by_code = {notice.purpose.code.value: notice for notice in notices}
    moment = given_moment(form, at)
    return [
        Given(by_code[code], moment, Channel(form.channel.data))
        for code in form.purposes.data or ()
        if code in by_code
    ]


def given_moment(form: ConsentForm, at: datetime) -> datetime:
    """The start of the day on which the consent was given, in Việt Nam; this instant when it is today."""
    day = form.given_on.day
    if day is None or day == at.astimezone(LOCAL_ZONE).date():
        return at
    return datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)


def _page(opened: Opened, form: ConsentForm) -> str:
    history = consent_history(opened.session, opened.person.id)
    ids = {one.recorded_by_id for one in history} | {one.withdrawn_by_id for one in history}
    return render_template(
        "people/consents.html",
        form=form,
        opened=opened,
        person=opened.person,
        notices=open_notices(opened),
        texts={one.purpose.code.value: one.text for one in open_notices(opened)},
        channels=words.CHANNEL,
        languages=words.NOTICE_LANGUAGE,
        history=history,
        standing=standing_purposes(history),
        people=known_by(opened.session, [one for one in ids if one is not None]),
    )
