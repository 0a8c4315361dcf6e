"""Late classes, partners and lecturers, curricula by tier, and what offices require."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require, whole_viewer
from registry.accounts.rules import Permission
from registry.places.queries import country_name
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.courses import RequirementForm
from registry.training.forms.fields import offered
from registry.training.models import TrainingRequirement
from registry.training.queries.counting import by_tier
from registry.training.queries.registers import (
    PartnerLine,
    curricula,
    lecturers,
    partners,
    progress_under,
    requirement_of,
    requirements,
)
from registry.training.queries.sessions import course_of, courses_to_choose, late_sessions
from registry.training.rules import Progress, days_late
from registry.training.views.blueprint import (
    act,
    bp,
    form_page,
    found_or_hidden,
    keep_read,
    lecturer_name,
    may_write,
    offer_offices,
    office_columns,
    office_said,
    saved,
    shown_name,
    text,
    writable,
)
from registry.training.views.periods import period_in
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_HOME = "VN"


@bp.get("/dao-tao/cham-mo")
@require(Permission.TRAINING_READ)
def late() -> ResponseReturnValue:
    """Classes that begin late: planned and actual start, days late to this day, who answers for them."""
    on = today()
    found = late_sessions(db_session(), current_viewer(), on=on)
    return render_template(
        "training/late.html",
        lines=[(one, days_late(one.state, one.planned_start, one.actual_start, on)) for one in found],
        words=words,
        on=on,
    )


@bp.get("/dao-tao/doi-tac")
@require(Permission.TRAINING_READ)
def partner_list() -> ResponseReturnValue:
    """Institutions beside sessions and programmes, each once, and who teaches."""
    session, viewer = db_session(), current_viewer()
    found = partners(session, viewer)
    teach = lecturers(session, whole_viewer(), page_number(request.args.get("trang")), on=today())
    page = render_template(
        "training/partners.html",
        partners=[(one, _countries(one)) for one in found],
        home=sum(one.countries == (_HOME,) for one in found),
        abroad=sum(bool(one.countries) and one.countries != (_HOME,) for one in found),
        unknown=sum(not one.countries for one in found),
        words=words,
        teach=teach,
        lecturers=[(one, lecturer_name(one.person, one.name)) for one in teach.rows],
    )
    keep_read("giang-vien", [one.person.public_id for one in teach.rows if one.person is not None])
    return page


def _countries(line: PartnerLine) -> str:
    return ", ".join(country_name(code, current_language()) for code in line.countries)


@bp.get("/dao-tao/theo-cap")
@require(Permission.TRAINING_READ)
def tiers() -> ResponseReturnValue:
    """Curricula by tier, with how many took part in a period: lượt and người."""
    session, viewer = db_session(), current_viewer()
    asked = period_in(request.args)
    found = curricula(session, viewer)
    counted = by_tier(session, viewer, asked.period)
    return render_template(
        "training/tiers.html",
        groups=[
            (text_of, counted.get(tier), [one for one in found if one.tier is tier])
            for tier, text_of in words.TIER.items()
        ],
        asked=asked,
        words=words,
    )


@bp.get("/dao-tao/yeu-cau")
@require(Permission.TRAINING_READ)
def required() -> ResponseReturnValue:
    """What offices require."""
    return render_template(
        "training/requirements.html",
        found=requirements(db_session(), current_viewer()),
        may_write=may_write(),
    )


@bp.route("/dao-tao/yeu-cau/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_requirement() -> ResponseReturnValue:
    """An office and the course it requires."""
    session, viewer = db_session(), current_viewer()
    form = RequirementForm()
    offer_offices(form)
    known = [(one.public_id, one.name) for one in courses_to_choose(session, viewer)]
    form.course.choices = offered(known, ("", _("Chọn")))

    def page() -> str:
        return form_page(form, _("Thêm yêu cầu đào tạo"), url_for("training.required"))

    if request.method != "POST":
        return page()
    office = office_said(form) if form.validate() else None
    if office is None:
        return page(), 422
    course = found_or_hidden(course_of(session, viewer, text(form.course)))
    columns = office_columns(office, with_organisation=False)
    columns.pop("unit_id")

    def do() -> str:
        row = TrainingRequirement(
            course=course,
            office=text(form.office_name),
            due_on=form.due_on.data,
            document=text(form.document),
            **columns,
        )
        made = operations.create(session, row, act())
        return url_for("training.requirement", ma=made.public_id)

    return saved(form, do, page, taken=(form.office_name, _("Yêu cầu này đã có")))


@bp.get("/dao-tao/yeu-cau/<ma>")
@require(Permission.TRAINING_READ)
def requirement(ma: str) -> ResponseReturnValue:
    """Whoever holds the office, and where each stands: not started, in progress, passed, failed, to repeat."""
    session = db_session()
    one = found_or_hidden(requirement_of(session, current_viewer(), ma))
    sees_people = may(Permission.PEOPLE_READ, one)
    found = progress_under(session, current_viewer(), one, on=today()) if sees_people else []
    page = render_template(
        "training/requirement.html",
        one=one,
        lines=[
            (
                person.public_id,
                shown_name(person),
                words.STANDING[standing],
                words.STANDING_TAG.get(standing, ""),
            )
            for person, standing in found
        ],
        counts=_counts([standing for _person, standing in found]),
        sees_people=sees_people,
        may_write=may(Permission.TRAINING_WRITE, one),
    )
    keep_read("yeu-cau-dao-tao", [person.public_id for person, _standing in found])
    return page


def _counts(found: list[Progress]) -> list[tuple[Any, int]]:
    return [(words.STANDING[one], found.count(one)) for one in words.STANDING]


@bp.post("/dao-tao/yeu-cau/<ma>/bo")
@require(Permission.TRAINING_WRITE)
def drop_requirement(ma: str) -> ResponseReturnValue:
    """The office requires it no more."""
    session = db_session()
    one = writable(found_or_hidden(requirement_of(session, current_viewer(), ma)))
    operations.drop_requirement(session, one, act())
    session.commit()
    flash(_("Đã bỏ yêu cầu."), "ok")
    return redirect(url_for("training.required"), 303)
