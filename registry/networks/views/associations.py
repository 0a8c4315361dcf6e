"""Associations: the decision, the terms, who is in on a day (PL-05, HP1)."""

from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require, session_and
from registry.accounts.rules import Permission
from registry.networks import operations
from registry.networks.forms.associations import AssociationForm, EndForm, TermForm, check_period
from registry.networks.forms.words import ROLE, TASK_KIND, TASK_STATE, TASK_TAG, TASK_WAY
from registry.networks.models import Association, AssociationTerm
from registry.networks.operations import AlreadyAssociation, AssociationTerms, NumberTaken, TermsCross
from registry.networks.queries.associations import (
    association_at,
    association_of,
    members_on,
    memberships,
    register_of,
    term_in,
    terms_of,
)
from registry.networks.queries.tasks import tasks_of_performer
from registry.networks.rules import TermDays, by_year, count_on, terms_on
from registry.networks.views.blueprint import (
    bp,
    by,
    keep_read,
    names_of,
    organisations,
    reader_of_people,
    saved,
)
from registry.organisations.rules import OrganisationKind
from registry.organisations.views.blueprint import may_at
from registry.web.attachments import csv_file
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


def opened(ma: str) -> tuple[Session, Association]:
    """The association of an address, where the viewer may do what the view asks for. Raises NotVisible."""
    return session_and(association_of, ma)


def page_of(association: Association, **values: Any) -> str:
    """Where an association is shown."""
    return url_for("networks.association", ma=association.public_id, **values)


@bp.get("/mang-luoi/hoi/<ma>")
@require(Permission.PROGRAMMES_READ)
def association(ma: str) -> ResponseReturnValue:
    """Who is in on the day asked for; today unless another is."""
    session, one = opened(ma)
    day, is_day = _day_asked()
    people, days = reader_of_people(), memberships(session, one)
    may_write = may_at(Permission.PROGRAMMES_WRITE, one.subject)
    number = page_number(request.args.get("trang"))
    found = members_on(session, one, people, number, day=day, today=today(), to_write=may_write)
    kept = terms_of(session, one)
    body = render_template(
        "networks/association.html",
        association=one,
        day=day,
        is_day=is_day,
        typed=_parts(day) if is_day else _typed(),
        count=count_on(days, day),
        ever=len(days),
        terms_on=terms_on((TermDays(term.number, term.starts, term.ends) for term in kept), day),
        terms=kept,
        members=found,
        years=by_year(days, day),
        tasks=tasks_of_performer(session, current_viewer(), one.subject),
        words={"role": ROLE, "way": TASK_WAY, "kind": TASK_KIND, "state": TASK_STATE, "tag": TASK_TAG},
        args={"ma": ma, "ngay": _parts(day)} if is_day and day != today() else {"ma": ma},
        may_write=may_write,
    )
    keep_read([line.person.public_id for line in found.page.rows if line.person is not None], "hoi-vien")
    return body


@bp.get("/mang-luoi/hoi/<ma>/tai")
@require(Permission.PROGRAMMES_READ)
def association_file(ma: str) -> Response:
    """The register of members without anybody's name: card, role, from, to."""
    session, one = opened(ma)
    headers = (_("Số thẻ"), _("Vai trò"), _("Từ ngày"), _("Đến hết ngày"))
    rows = [
        [line.card, str(ROLE[line.role]), line.starts.isoformat(), line.ends.isoformat() if line.ends else ""]
        for line in register_of(session, one)
    ]
    return csv_file("hoi-vien", headers, rows)


@bp.route("/mang-luoi/hoi/tao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def create_association() -> ResponseReturnValue:
    """Say that an organisation is an association."""
    session, is_sent = db_session(), request.method == "POST"
    form = AssociationForm() if is_sent else AssociationForm(formdata=None)
    every = organisations(Permission.PROGRAMMES_WRITE)
    offered = {key: one for key, one in every.items() if one.kind is OrganisationKind.ASSOCIATION}
    form.offer(names_of(offered))
    if is_sent and form.validate():
        subject = offered[str(form.organisation.data)]
        try:
            made = operations.found_association(session, subject, _terms(form), by=by(), at=now())
        except AlreadyAssociation:
            flash(_("Tổ chức này đã có trong danh sách hội."), "info")
            known = association_at(session, subject)
            return redirect(url_for("networks.index") if known is None else page_of(known), 303)
        return saved(session, page_of(made))
    page = render_template(
        "networks/form.html",
        form=form,
        heading=_("Thêm hội"),
        back=url_for("networks.index"),
        crumb=[],
        words="",
    )
    return (page, 422) if is_sent else page


@bp.route("/mang-luoi/hoi/<ma>/sua", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def edit_association(ma: str) -> ResponseReturnValue:
    """Mend the founding decision."""
    session, one = opened(ma)
    form = AssociationForm() if request.method == "POST" else AssociationForm(formdata=None, obj=one)
    del form.organisation
    if request.method == "POST" and form.validate():
        operations.edit_association(session, one, _terms(form), by=by(), at=now())
        return saved(session, page_of(one))
    return association_form(one, form, _("Sửa quyết định thành lập"))


@bp.route("/mang-luoi/hoi/<ma>/nhiem-ky/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def add_term(ma: str) -> ResponseReturnValue:
    """A term of office."""
    session, one = opened(ma)
    form = TermForm() if request.method == "POST" else TermForm(formdata=None)
    if request.method == "POST" and form.validate() and check_period(form):
        assert form.number.data is not None  # noqa: S101 - the form asked for it
        assert form.starts.data is not None  # noqa: S101
        term = TermDays(form.number.data, form.starts.data, form.ends.data)
        try:
            operations.add_term(session, one, term, by=by(), at=now())
            return saved(session, page_of(one))
        except NumberTaken:
            form.number.errors = [_("Đã có nhiệm kỳ mang số này. Ghi số khác, hoặc sửa nhiệm kỳ cũ")]
        except TermsCross:
            form.starts.errors = [_crosses()]
    return association_form(one, form, _("Thêm nhiệm kỳ"))


@bp.route("/mang-luoi/hoi/<ma>/nhiem-ky/<dong>/ket-thuc", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def end_term(ma: str, dong: str) -> ResponseReturnValue:
    """The last day of a term."""
    session, one = opened(ma)
    term = _term(session, one, dong)
    form = EndForm() if request.method == "POST" else EndForm(formdata=None, data={"ends": term.ends})
    if request.method == "POST" and form.validate() and form.check_after(term.starts):
        assert form.ends.data is not None  # noqa: S101 - the form asked for it
        try:
            operations.end_term(session, term, form.ends.data, by=by(), at=now())
            return saved(session, page_of(one))
        except TermsCross:
            form.ends.errors = [_crosses()]
    return association_form(one, form, _("Kết thúc nhiệm kỳ %(number)s", number=term.number))


def association_form(one: Association, form: Any, heading: str, words: str = "") -> ResponseReturnValue:
    """The page of a form about an association; what was sent and refused answers 422."""
    page = render_template(
        "networks/form.html",
        form=form,
        heading=heading,
        back=page_of(one),
        crumb=[(page_of(one), one.subject.name)],
        words=words,
    )
    return (page, 422) if request.method == "POST" else page


def _crosses() -> str:
    return _("Hai nhiệm kỳ không được có chung ngày nào. Xem lại ngày của nhiệm kỳ bên cạnh")


def _term(session: Session, one: Association, dong: str) -> AssociationTerm:
    found = term_in(session, one, dong)
    if found is None:
        raise NotVisible
    return found


def _terms(form: AssociationForm) -> AssociationTerms:
    return AssociationTerms(
        decision=str(form.decision.data or ""),
        decided_by=str(form.decided_by.data or ""),
        founded_year=int(form.founded_year.data or 0),
        founded_on=form.founded_on.data,
        note=str(form.note.data or ""),
    )


def _parts(day: date) -> list[str]:
    return [f"{day.day:02}", f"{day.month:02}", str(day.year)]


def _typed() -> list[str]:
    """Day, month and year as they stand in the address, so that a wrong one is shown again."""
    typed = [one.strip()[:4] for one in request.args.getlist("ngay")[:3]]
    return typed + [""] * (3 - len(typed))


def _day_asked() -> tuple[date, bool]:
    """The day in the address, and whether it is one; today where none is named."""
    typed = _typed()
    if not any(typed):
        return today(), True
    try:
        day, month, year = (int(one) for one in typed)
        found = date(year, month, day)
    except ValueError:
        return today(), False
    return (found, True) if found.year >= 1900 else (today(), False)
