"""The life of a version on pages: a new one, its days, submitting, approving by a second person, withdrawing, verifying."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.fields import ButtonForm, CompareForm, DraftForm, ReasonForm
from registry.policies.models import PolicyVersion
from registry.policies.operations import FigureChanged, NotPossible, SecondPersonNeeded, VersionsOverlap
from registry.policies.operations.versions import refuse_overlap
from registry.policies.queries.consulting import agencies_asked, standing_of_consultation
from registry.policies.queries.documents import document_names, document_of
from registry.policies.queries.law import parameters_alone
from registry.policies.queries.verified import verdicts
from registry.policies.queries.versions import content_of, period_of, version_before
from registry.policies.rules.figures import figures_of
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.rules.states import VersionState
from registry.policies.views.administration import differences
from registry.policies.views.blueprint import (
    Opened,
    bp,
    done,
    not_possible,
    opened_version,
    to_version,
)
from registry.policies.views.conflicts import both_versions
from registry.policies.views.figures import FigureTeller
from registry.policies.views.seen import checked_lines
from registry.policies.views.verifying import compared_with, review_day
from registry.policies.views.words import overlap_words
from registry.web.clock import today
from registry.web.edits import take_theirs
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_DAYS = ("effective_from", "effective_to", "apply_from", "apply_to")


@bp.post("/chinh-sach/quan-tri/<ma>/<ban>/ban-moi")
@require(Permission.POLICIES_WRITE)
def draft(ma: str, ban: str) -> ResponseReturnValue:
    """Begin a version with what a published one says."""
    opened = opened_version(ma, ban)
    if not ButtonForm().validate():
        return to_version(opened)
    try:
        made = operations.draft_from(opened.session, opened.version, by=opened.by, at=opened.at)
    except NotPossible:
        return not_possible(opened)
    opened.session.commit()
    flash(_("Đã lập bản nháp số %(number)s từ phiên bản đã ban hành.", number=made.number), "ok")
    return redirect(url_for(".manage", ma=ma, ban=made.number), 303)


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/sua", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def edit_draft(ma: str, ban: str) -> ResponseReturnValue:
    """The name, the document and the days of a draft."""
    opened = opened_version(ma, ban)
    if opened.version.state is not VersionState.DRAFT:
        return not_possible(opened)
    stored = _stored(opened)
    if request.method != "POST":
        return _draft_page(opened, stored)
    form = DraftForm()
    form.offer(document_names(opened.session))
    take_theirs(form, stored)
    if form.version.data != str(opened.version.version):
        return _conflict(opened, form, stored)
    if not form.validate():
        return _draft_page(opened, form), 422
    try:
        refused = _saved_or_refused(opened, form)
    except StaleDataError:
        opened.session.rollback()
        newest = opened_version(ma, ban)
        return _conflict(newest, form, _stored(newest))
    if refused:
        form.effective_from.errors = refused
        return _draft_page(opened_version(ma, ban), form), 422
    return done(opened, _("Đã lưu bản nháp."))


def _saved_or_refused(opened: Opened, form: DraftForm) -> list[str]:
    """What stands against saving; then nothing was. Days on which another version is in force are refused when typed."""
    days = period_of(opened.version)
    try:
        _save(opened, form)
        if period_of(opened.version) != days:
            refuse_overlap(opened.version)
    except VersionsOverlap as overlap:
        told = [overlap_words(overlap)]
    except PolicyRefused as refused:
        told = [str(one) for one in refused.problems]
    else:
        opened.session.commit()
        return []
    opened.session.rollback()
    return told


def _save(opened: Opened, form: DraftForm) -> None:
    document = document_of(opened.session, form.document.data)
    if document is None:
        raise NotVisible
    data = content_of(opened.version) | {
        "title": form.title.data,
        "purpose": form.purpose.data,
        "document": document.code,
        **{name: None if form[name].data is None else form[name].data.isoformat() for name in _DAYS},
    }
    operations.edit_draft(
        opened.session,
        opened.version,
        data,
        document=document,
        by=opened.by,
        at=opened.at,
        said=_("Đã lưu ngày, tên, văn bản."),
    )


def _stored(opened: Opened) -> DraftForm:
    version = opened.version
    data: dict[str, Any] = {name: getattr(version, name) for name in _DAYS}
    data |= {"title": version.title, "purpose": version.purpose.value, "document": version.document.code}
    form = DraftForm(formdata=None, data=data | {"version": str(version.version)})
    form.offer(document_names(opened.session))
    return form


def _conflict(opened: Opened, form: DraftForm, stored: DraftForm) -> ResponseReturnValue:
    back = url_for(".manage", ma=opened.ma, ban=opened.version.number)
    return both_versions(form, stored, name=opened.version.title, back=back)


def _draft_page(opened: Opened, form: DraftForm) -> str:
    return render_template("policies/draft_form.html", form=form, version=opened.version, code=opened.ma)


@bp.post("/chinh-sach/quan-tri/<ma>/<ban>/gui-duyet")
@require(Permission.POLICIES_WRITE)
def submit(ma: str, ban: str) -> ResponseReturnValue:
    """Ask a second person for approval."""
    opened = opened_version(ma, ban)
    if not ButtonForm().validate():
        return to_version(opened)
    return _carried_out(
        opened, operations.submit_version, _("Đã gửi duyệt. Người thứ hai sẽ duyệt và ban hành.")
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/duyet", methods=["GET", "POST"])
@require(Permission.POLICIES_APPROVE)
@proved_lately
def approve(ma: str, ban: str) -> ResponseReturnValue:
    """What differs from the version before, and publishing it."""
    opened = opened_version(ma, ban)
    if opened.version.state is not VersionState.SUBMITTED:
        return not_possible(opened)
    form = ButtonForm()
    if request.method != "POST" or not form.validate():
        before = version_before(opened.policy, opened.version)
        teller = FigureTeller(opened.session, parameters_alone(opened.session), today())
        return render_template(
            "policies/approve.html",
            version=opened.version,
            code=opened.ma,
            before=before,
            differences=[] if before is None else differences(teller, before, opened.version),
            consulted=standing_of_consultation(agencies_asked(opened.session, opened.version), today()),
        )
    return _carried_out(opened, operations.approve_version, _("Đã duyệt và ban hành."))


def _carried_out(opened: Opened, act: Callable[..., None], sentence: str) -> ResponseReturnValue:
    """Do it and go back; what is refused is said on the page of the version."""
    try:
        act(opened.session, opened.version, by=opened.by, at=opened.at)
    except NotPossible:
        return not_possible(opened)
    except SecondPersonNeeded:
        told = _("Người lập hoặc gửi duyệt không tự duyệt được: cần người thứ hai.")
    except VersionsOverlap as overlap:
        told = overlap_words(overlap)
    except PolicyRefused as refused:
        told = _("Chưa được: %(why)s.", why="; ".join(str(one) for one in refused.problems))
    else:
        opened.session.commit()
        return done(opened, sentence)
    opened.session.rollback()
    flash(told, "bad")
    return redirect(url_for(".manage", ma=opened.ma, ban=opened.version.number), 303)


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/tra-lai", methods=["GET", "POST"])
@require(Permission.POLICIES_APPROVE)
def send_back(ma: str, ban: str) -> ResponseReturnValue:
    """Back to the draft, with the reason."""
    return _with_reason(
        ma,
        ban,
        operations.send_back_version,
        VersionState.SUBMITTED,
        _("Trả lại bản nháp"),
        _("Đã trả lại bản nháp."),
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/bo", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def discard(ma: str, ban: str) -> ResponseReturnValue:
    """Give a draft up, with the reason; it stays on record."""
    return _with_reason(
        ma, ban, operations.withdraw_version, VersionState.DRAFT, _("Bỏ bản nháp"), _("Đã bỏ bản nháp.")
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/rut", methods=["GET", "POST"])
@require(Permission.POLICIES_APPROVE)
@proved_lately
def withdraw(ma: str, ban: str) -> ResponseReturnValue:
    """Take a published version away, with the reason."""
    return _with_reason(
        ma,
        ban,
        operations.withdraw_version,
        VersionState.PUBLISHED,
        _("Rút phiên bản"),
        _("Đã rút phiên bản."),
    )


def _with_reason(
    ma: str, ban: str, act: Callable[..., None], wanted: VersionState, heading: str, sentence: str
) -> ResponseReturnValue:
    opened = opened_version(ma, ban)
    if opened.version.state is not wanted:
        return not_possible(opened)
    form = ReasonForm()
    if request.method != "POST" or not form.validate():
        page = render_template(
            "policies/reason.html", form=form, version=opened.version, code=opened.ma, heading=heading
        )
        return page, 200 if request.method != "POST" else 422
    try:
        act(opened.session, opened.version, why=form.why.data or "", by=opened.by, at=opened.at)
    except NotPossible:
        return not_possible(opened)
    opened.session.commit()
    return done(opened, sentence)


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/kiem-chung", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def verify_version(ma: str, ban: str) -> ResponseReturnValue:
    """Every figure of a version with a button of its own, under one source that is written once."""
    opened, on = opened_version(ma, ban), today()
    if opened.version.state is VersionState.WITHDRAWN:
        return not_possible(opened)
    form = CompareForm()
    if request.method != "POST":
        form.source.data = request.args.get("nguon", "")[:500] or opened.version.document.number
        form.checked_on.data, form.review_on.data = on, review_day(on)
        return _figures_page(opened, form)
    figure, _bar, sha256 = request.form.get("figure", "").rpartition("|")
    compared = compared_with(form, on)
    if compared is None:
        return _figures_page(opened, form), 422
    try:
        operations.verify_figure(
            opened.session,
            opened.version,
            compared,
            figure=figure,
            seen_sha256=sha256,
            by=opened.by,
            at=opened.at,
        )
    except FigureChanged:
        opened.session.rollback()
        form.source.errors = [_("Con số này vừa được sửa. Xem lại rồi bấm lần nữa")]
        return _figures_page(opened_version(ma, ban), form), 422
    opened.session.commit()
    flash(_("Đã ghi kiểm chứng."), "ok")
    return redirect(url_for(".verify_version", ma=ma, ban=ban, nguon=compared.source), 303)


def _figures_page(opened: Opened, form: CompareForm) -> str:
    version: PolicyVersion = opened.version
    teller = FigureTeller(opened.session, parameters_alone(opened.session), today())
    known = verdicts(opened.session, [version])[version.id]
    return render_template(
        "policies/verify.html",
        form=form,
        version=version,
        code=opened.ma,
        figures=[(one, *teller.tell(one, version)) for one in figures_of(content_of(version))],
        checked=checked_lines(opened.session, known, today()),
    )
