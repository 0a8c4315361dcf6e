"""Who takes part in a session: entering, attendance and result, one result for several, revoking, taking out."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import proved_lately, require, whole_viewer
from registry.accounts.rules import Permission
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import people_with_codes
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.sessions import EnrolForm, ManyForm, OutcomeForm, RevokeForm
from registry.training.models import Participation, TrainingSession
from registry.training.operations import (
    AlreadyTakesPart,
    DayOutOfOrder,
    NoSeats,
    NotPossible,
    Outcome,
)
from registry.training.queries.participants import ids_visible, participation_of, participations_of
from registry.training.rules import ParticipationState, Result
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    chosen,
    form_page,
    found_or_hidden,
    keep_read,
    not_possible,
    open_session,
    organisation_said,
    page_of,
    saved,
    shown_name,
    text,
    version_sent,
)
from registry.web.clock import today
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext

_SAME = ("hours", "result_on", "certificate_number", "certificate_on", "committed_until")
MOST_AT_ONCE = 200


@bp.route("/dao-tao/lop/<ma>/ghi-danh", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def enrol(ma: str) -> ResponseReturnValue:
    """Enter one person of the registry by code."""
    session, held = open_session(ma, to_write=True)
    form = EnrolForm()

    def page() -> str:
        return form_page(
            form, _("Ghi danh một người"), page_of(held), about=f"{held.code} · {held.course.name}"
        )

    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    person, sent_by = person_said(session, form.code), organisation_said(form.sent_by)
    if person is None or form.sent_by.errors:
        return page(), 422
    try:
        operations.enrol(session, held, person, act(), sent_by_id=None if sent_by is None else sent_by.id)
    except AlreadyTakesPart:
        return _refused(session, form, _("Người này đã có trong lớp"), page)
    except NoSeats as full:
        return _refused(session, form, _("Lớp đã đủ %(seats)d chỗ", seats=full.seats), page)
    except NotPossible:
        return not_possible(
            _("Lớp đã kết thúc hoặc đã hủy: không ghi danh thêm từng người được."), page_of(held)
        )
    session.commit()
    flash(_("Đã ghi danh %(name)s.", name=person.code), "ok")
    return redirect(page_of(held), 303)


def _refused(session: Session, form: EnrolForm, sentence: str, page: Any) -> ResponseReturnValue:
    session.rollback()
    add_error(form.code, sentence)
    return page(), 422


def person_said(session: Session, field: Any) -> Person | None:
    """The person of a code whom the viewer may enter; None with the error on the field."""
    if not field.data or field.errors:
        return None
    viewer = whole_viewer().limited_to(Permission.PEOPLE_READ)
    code = str(field.data).strip().upper()
    found = people_with_codes(session, viewer, [code], on=today(), purpose=PurposeCode.REGISTRY).get(code, [])
    if not found:
        add_error(field, _("Không có hồ sơ mang mã này trong phạm vi của bạn"))
        return None
    return found[0]


@bp.route("/dao-tao/lop/<ma>/hoc-vien/<hv>", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def outcome(ma: str, hv: str) -> ResponseReturnValue:
    """Attendance, result, mark and certificate of one participation."""
    session, held, row = _opened(ma, hv)
    form = OutcomeForm() if request.method == "POST" else OutcomeForm(formdata=None, data=_typed(row))
    is_over = row.result is Result.REVOKED

    def page() -> str:
        return _outcome_page(form, held, row, is_over=is_over)

    if request.method != "POST":
        shown = page()
        keep_read("ket-qua-dao-tao", _shown_people(session, row))
        return shown
    if is_over or not form.validate():
        return page(), 422

    def do() -> str:
        operations.record_outcome(session, row, _outcome_said(form), act(), version=version_sent(form))
        flash(_("Đã lưu kết quả."), "ok")
        return page_of(held)

    try:
        return saved(form, do, page, version=lambda: row.version)
    except (NotPossible, DayOutOfOrder):
        session.rollback()
        add_error(form.result, _("Lớp chưa khai giảng nên chưa có kết quả"))
        return page(), 422


def _opened(ma: str, hv: str) -> tuple[Session, TrainingSession, Participation]:
    session, held = open_session(ma, to_write=True)
    return session, held, found_or_hidden(participation_of(session, held, hv))


def _is_shown(session: Session, row: Participation) -> bool:
    viewer = whole_viewer().limited_to(Permission.PEOPLE_READ)
    return row.person_id in ids_visible(session, viewer, [row], on=today())


def _shown_people(session: Session, row: Participation) -> list[str]:
    return [row.person.public_id] if row.person is not None and _is_shown(session, row) else []


def _outcome_page(form: OutcomeForm, held: TrainingSession, row: Participation, *, is_over: bool) -> str:
    is_shown = row.person is not None and bool(_shown_people(open_session(held.public_id)[0], row))
    return render_template(
        "training/outcome.html",
        form=form,
        held=held,
        row=row,
        words=words,
        name=shown_name(row.person) if row.person is not None and is_shown else _("Người ngoài hồ sơ"),
        person=row.person.public_id if row.person is not None and is_shown else None,
        credits=[one for one in row.credits if one.withdrawn_at is None],
        is_over=is_over,
        may_revoke=row.result is Result.PASSED,
    )


def _typed(row: Participation) -> dict[str, Any]:
    tenths = row.grade_tenths
    return {
        **{name: getattr(row, name) for name in _SAME},
        "version": str(row.version),
        "state": row.state.value,
        "result": "" if row.result is None else row.result.value,
        "grade": "" if tenths is None else f"{tenths // 10}" + (f",{tenths % 10}" if tenths % 10 else ""),
    }


def _outcome_said(form: OutcomeForm) -> Outcome:
    return Outcome(
        state=chosen(form.state.data, words.PARTICIPATION),
        result=chosen(form.result.data, words.RESULT),
        result_on=form.result_on.data,
        hours=form.hours.data,
        grade_tenths=form.grade_tenths,
        certificate_number=text(form.certificate_number),
        certificate_on=form.certificate_on.data,
        committed_until=form.committed_until.data,
    )


@bp.post("/dao-tao/lop/<ma>/ket-qua")
@require(Permission.TRAINING_WRITE)
def many(ma: str) -> ResponseReturnValue:
    """One result for everybody ticked who has none yet."""
    session, held = open_session(ma, to_write=True)
    form = ManyForm()
    rows = participations_of(session, held, request.form.getlist("hv")[:MOST_AT_ONCE])
    if not rows:
        return not_possible(_("Chọn ít nhất một người trong danh sách."), page_of(held))
    if not form.validate():
        sentence = "; ".join(sentence for _field, sentence in form.error_list())
        return not_possible(sentence, page_of(held))
    result = chosen(form.result.data, words.RESULT)
    waiting = [one for one in rows if one.result is None and one.state is not ParticipationState.ABSENT]
    try:
        for one in waiting:
            operations.record_outcome(session, one, _with_result(one, result, form.result_on.data), act())
    except (NotPossible, DayOutOfOrder):
        return not_possible(_("Lớp chưa khai giảng nên chưa có kết quả."), page_of(held))
    session.commit()
    flash(
        ngettext("Đã ghi kết quả cho %(num)s người.", "Đã ghi kết quả cho %(num)s người.", len(waiting)),
        "ok",
    )
    return redirect(page_of(held), 303)


def _with_result(one: Participation, result: Result, on: Any) -> Outcome:
    kept: dict[str, Any] = {name: getattr(one, name) for name in (*_SAME, "grade_tenths")}
    kept |= {"state": ParticipationState.COMPLETED, "result": result, "result_on": on}
    return Outcome(**kept)


@bp.route("/dao-tao/lop/<ma>/hoc-vien/<hv>/thu-hoi", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
@proved_lately
def revoke(ma: str, hv: str) -> ResponseReturnValue:
    """Take a pass back: what it gave leaves the profile."""
    session, held, row = _opened(ma, hv)
    back = url_for("training.outcome", ma=ma, hv=hv)
    form = RevokeForm()

    def page() -> str:
        about = _("Kỹ năng, trình độ và minh chứng mà kết quả này đưa vào hồ sơ sẽ được rút lại.")
        return form_page(form, _("Thu hồi kết quả"), back, about=about, button=_("Thu hồi"), kind="danger")

    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    try:
        operations.revoke_result(session, row, act(), reason=text(form.reason))
    except NotPossible:
        return not_possible(_("Chỉ thu hồi được kết quả «Đạt»."), back)
    session.commit()
    flash(_("Đã thu hồi kết quả."), "ok")
    return redirect(page_of(held), 303)


@bp.post("/dao-tao/lop/<ma>/hoc-vien/<hv>/bo")
@require(Permission.TRAINING_WRITE)
def remove(ma: str, hv: str) -> ResponseReturnValue:
    """Take somebody out of a session, as entered by mistake."""
    session, held, row = _opened(ma, hv)
    operations.remove_participation(session, row, act())
    session.commit()
    flash(_("Đã bỏ một người khỏi lớp."), "ok")
    return redirect(page_of(held), 303)
