"""Training programmes: one with its courses and partners, and the forms that make and revise it."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require
from registry.accounts.rules import Permission
from registry.places.queries import countries
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.courses import ProgrammeForm, ProgrammePartnerForm
from registry.training.forms.fields import offered
from registry.training.models import SessionPartner, TrainingProgramme
from registry.training.operations import AlreadyNamed
from registry.training.queries.sessions import courses_page, programme_of, programme_partners
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    chosen,
    form_page,
    found_or_hidden,
    offer_offices,
    office_columns,
    office_said,
    organisation_said,
    saved,
    text,
    version_sent,
    writable,
)
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_NO_COUNTRY = ("", "–")


@bp.get("/dao-tao/chuong-trinh/<ma>")
@require(Permission.TRAINING_READ)
def programme(ma: str) -> ResponseReturnValue:
    """One programme with its courses and partners."""
    session = db_session()
    one = found_or_hidden(programme_of(session, current_viewer(), ma))
    page = courses_page(session, current_viewer(), "", None, 1, programme_id=one.id)
    return render_template(
        "training/programme.html",
        programme=one,
        courses=page.rows,
        words=words,
        partners=programme_partners(session, one),
        may_write=may(Permission.TRAINING_WRITE, one),
    )


@bp.route("/dao-tao/chuong-trinh/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_programme() -> ResponseReturnValue:
    """A new programme."""
    form = ProgrammeForm()
    offer_offices(form)

    def page() -> str:
        return form_page(form, _("Thêm chương trình đào tạo"), url_for("training.courses"))

    if request.method != "POST":
        return page()
    values = _programme_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        made = operations.create(db_session(), TrainingProgramme(**values), act())
        flash(_("Đã thêm chương trình."), "ok")
        return url_for("training.programme", ma=made.public_id)

    return saved(form, do, page)


@bp.route("/dao-tao/chuong-trinh/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit_programme(ma: str) -> ResponseReturnValue:
    """Save a programme."""
    session = db_session()
    one = writable(found_or_hidden(programme_of(session, current_viewer(), ma)))
    back = url_for("training.programme", ma=ma)
    names = ("code", "name", "document", "period_start", "period_end")
    known = {name: getattr(one, name) for name in names} | {"version": str(one.version)}
    form = ProgrammeForm() if request.method == "POST" else ProgrammeForm(formdata=None, data=known)
    offer_offices(form, one)

    def page() -> str:
        return form_page(form, _("Sửa chương trình đào tạo"), back)

    if request.method != "POST":
        return page()
    values = _programme_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.revise(session, one, values, act(), version=version_sent(form))
        flash(_("Đã lưu thay đổi."), "ok")
        return back

    return saved(form, do, page, version=lambda: one.version)


def _programme_said(form: ProgrammeForm) -> dict[str, Any] | None:
    if not form.validate():
        return None
    office = office_said(form)
    if office is None:
        return None
    return office_columns(office) | {
        "code": text(form.code),
        "name": text(form.name),
        "document": text(form.document),
        "period_start": form.period_start.data,
        "period_end": form.period_end.data,
    }


@bp.route("/dao-tao/chuong-trinh/<ma>/doi-tac", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def add_programme_partner(ma: str) -> ResponseReturnValue:
    """An institution beside the whole programme: who sponsors is not who teaches."""
    session = db_session()
    one = writable(found_or_hidden(programme_of(session, current_viewer(), ma)))
    back = url_for("training.programme", ma=ma)
    form = ProgrammePartnerForm()
    offer_countries(form)

    def page() -> str:
        return form_page(form, _("Thêm đối tác của chương trình"), back, about=one.name)

    if request.method != "POST":
        return page()
    row = partner_said(form)
    if row is None:
        return page(), 422
    try:
        operations.name_partner(session, one, row, act())
    except AlreadyNamed:
        session.rollback()
        add_error(form.organisation, _("Tổ chức này đã có vai trò đó"))
        return page(), 422
    return saved(form, lambda: back, page)


def offer_countries(form: ProgrammePartnerForm) -> None:
    """Let the field hold every country."""
    known = [(one.code, one.name(current_language())) for one in countries(current_language())]
    form.country.choices = offered(known, _NO_COUNTRY)


def partner_said(form: ProgrammePartnerForm) -> SessionPartner | None:
    """The institution of a form; None with the error on its field."""
    if not form.validate():
        return None
    organisation = organisation_said(form.organisation)
    if organisation is None:
        return None
    return SessionPartner(
        organisation=organisation,
        role=chosen(form.role.data, words.PARTNER),
        country=form.country.data or None,
        period_start=form.period_start.data,
        period_end=form.period_end.data,
    )
