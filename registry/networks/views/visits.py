"""«Chuyên gia đến làm việc»: who came from where, what for, with whom (PE-21, BT6)."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require, session_and, whole_viewer
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.networks import operations
from registry.networks.forms.associations import EndForm, check_period
from registry.networks.forms.people import VisitForm
from registry.networks.forms.words import VISIT_KIND
from registry.networks.models import ExpertVisit
from registry.networks.operations import VisitTerms
from registry.networks.queries.visits import countries_of, visit_of, visits, years_of
from registry.networks.rules import VisitKind, split_by_country
from registry.networks.views.blueprint import (
    bp,
    by,
    chosen,
    keep_read,
    names_of,
    offices,
    organisations,
    person_typed,
    reader_of_people,
    saved,
)
from registry.organisations.models import Organisation
from registry.people.views.keepers import office_of
from registry.places.queries import countries, country_name
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once


@bp.get("/mang-luoi/chuyen-gia")
@require(Permission.PROGRAMMES_READ)
def expert_visits() -> ResponseReturnValue:
    """The visits in sight, and how many from which country; «–» where the list does not say."""
    session, viewer, language = db_session(), current_viewer(), current_language()
    kind = chosen(VisitKind, request.args.get("loai"))
    years = years_of(session, viewer)
    asked = request.args.get("nam", "")
    year = int(asked) if asked in {str(one) for one in years} else None
    number = page_number(request.args.get("trang"))
    page = visits(session, viewer, reader_of_people(), number, on=today(), kind=kind, year=year)
    given = {"loai": kind.value if kind else "", "nam": str(year or "")}
    split = split_by_country(countries_of(session, viewer, kind=kind, year=year))
    body = render_template(
        "networks/visits.html",
        page=page,
        split=split,
        lands=[(country_name(code, language), number) for code, number in split.countries],
        kind=kind,
        year=year,
        years=[(str(one), str(one)) for one in years],
        lines=[
            {
                "visit": line.visit,
                "person": line.person,
                "country": country_name(line.visit.country, language) if line.visit.country else "",
                "may_write": may(Permission.PROGRAMMES_WRITE, line.visit),
            }
            for line in page.rows
        ],
        words=VISIT_KIND,
        args={name: value for name, value in given.items() if value},
        may_write=whole_viewer().can(Permission.PROGRAMMES_WRITE),
    )
    keep_read([line.person.public_id for line in page.rows if line.person is not None], "chuyen-gia")
    return body


@bp.route("/mang-luoi/chuyen-gia/tao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def create_visit() -> ResponseReturnValue:
    """Enter a visit."""
    session, is_sent = db_session(), request.method == "POST"
    form = VisitForm() if is_sent else VisitForm(formdata=None, data={"submission": new_public_id()})
    hosts = organisations(Permission.ORGANISATIONS_READ)
    form.offer(offices(session), names_of(hosts), _lands())
    terms = _read(form, hosts) if is_sent else None
    if terms is None:
        return _form_page(form, _("Thêm chuyên gia đến làm việc"), _("Đừng ghi tên người ở ô nào."))
    made_once(
        session,
        form,
        ExpertVisit,
        lambda key: operations.enter_visit(session, terms, by=by(), at=now(), submission_key=key),
    )
    return saved(session, url_for("networks.expert_visits"))


@bp.route("/mang-luoi/chuyen-gia/<ma>/ket-thuc", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def end_visit(ma: str) -> ResponseReturnValue:
    """The last day of a visit."""
    session, one = session_and(visit_of, ma)
    form = EndForm() if request.method == "POST" else EndForm(formdata=None, data={"ends": one.ends})
    if request.method == "POST" and form.validate() and form.check_after(one.starts):
        assert form.ends.data is not None  # noqa: S101 - the form asked for it
        operations.end_visit(session, one, form.ends.data, by=by(), at=now())
        return saved(session, url_for("networks.expert_visits"))
    return _form_page(form, _("Chuyên gia kết thúc làm việc"), "")


@bp.post("/mang-luoi/chuyen-gia/<ma>/xoa")
@require(Permission.PROGRAMMES_WRITE)
def remove_visit(ma: str) -> ResponseReturnValue:
    """Take away what was entered by mistake."""
    session, one = session_and(visit_of, ma)
    operations.remove_visit(session, one, by=by(), at=now())
    return saved(session, url_for("networks.expert_visits"), _("Đã xóa dòng ghi nhầm."))


def _read(form: VisitForm, hosts: dict[str, Organisation]) -> VisitTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    is_valid = form.validate()
    checks = (form.check_who(), form.check_host(), check_period(form))
    person, is_known = person_typed(form)
    office = office_of(db_session(), current_viewer(), str(form.office.data))
    if not (is_valid and all(checks) and is_known) or office is None or form.starts.data is None:
        return None
    host = hosts.get(str(form.host.data or ""))
    return VisitTerms(
        person=person,
        mark=str(form.mark.data or ""),
        country=str(form.country.data) if form.country.data else None,
        kind=VisitKind(form.kind.data),
        starts=form.starts.data,
        ends=form.ends.data,
        host_id=None if host is None else host.id,
        host_text=str(form.host_text.data or ""),
        days_a_week=form.days_a_week.data,
        office=office,
    )


def _lands() -> list[tuple[str, Any]]:
    language = current_language()
    return [(one.code, country_name(one.code, language)) for one in countries(language)]


def _form_page(form: Any, heading: str, words: str) -> ResponseReturnValue:
    back = url_for("networks.expert_visits")
    page = render_template(
        "networks/form.html",
        form=form,
        heading=heading,
        back=back,
        crumb=[(back, _("Chuyên gia đến làm việc"))],
        words=words,
    )
    return (page, 422) if request.method == "POST" else page
