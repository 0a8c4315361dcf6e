"""Programmes and courses: lists, one course, and the forms that make and revise them."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require
from registry.accounts.rules import Permission
from registry.organisations.rules import Office
from registry.skills.queries import skills_by_code, vocabulary
from registry.skills.resolver import resolve
from registry.skills.rules import highest_level, level_of, rank_of
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.courses import CourseForm
from registry.training.forms.fields import offered
from registry.training.models import TrainingCourse
from registry.training.queries.sessions import (
    attended_in,
    courses_page,
    programme_of,
    programmes,
    sessions_of_course,
)
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    chosen,
    form_page,
    may_write,
    offer_offices,
    office_columns,
    office_said,
    open_course,
    saved,
    text,
    version_sent,
)
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/dao-tao/khoa-hoc")
@require(Permission.TRAINING_READ)
def courses() -> ResponseReturnValue:
    """All courses, by category and tier."""
    category = request.args.get("nhom", "")
    category = category if category in words.CATEGORY else ""
    tier = chosen(request.args.get("cap"), words.TIER)
    found = courses_page(
        db_session(), current_viewer(), category, tier, page_number(request.args.get("trang"))
    )
    return render_template(
        "training/courses.html",
        found=found,
        words=words,
        category=category,
        tier=tier or "",
        args={key: value for key, value in (("nhom", category), ("cap", tier)) if value},
        programmes=programmes(db_session(), current_viewer()),
        may_write=may_write(),
    )


@bp.get("/dao-tao/khoa-hoc/<ma>")
@require(Permission.TRAINING_READ)
def course(ma: str) -> ResponseReturnValue:
    """One course: what is taught, what a pass gives, its sessions."""
    session, one = open_course(ma)
    held = sessions_of_course(session, current_viewer(), one)
    return render_template(
        "training/course.html",
        course=one,
        words=words,
        held=held,
        counted=attended_in(session, [row.id for row in held]),
        skills=[
            (row.skill.vi, None if row.level is None else level_of(row.skill.scale, row.level))
            for row in one.skills
        ],
        may_write=may(Permission.TRAINING_WRITE, one),
    )


@bp.route("/dao-tao/khoa-hoc/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_course() -> ResponseReturnValue:
    """A new course."""
    form = CourseForm()
    _offer_course(form)

    def page() -> str:
        return form_page(form, _("Thêm khóa học"), url_for("training.courses"))

    if request.method != "POST":
        return page()
    said = _course_said(form)
    if said is None:
        return page(), 422

    def do() -> str:
        values, skills = said
        made = operations.create_course(db_session(), TrainingCourse(**values), skills, act())
        flash(_("Đã thêm khóa học."), "ok")
        return url_for("training.course", ma=made.public_id)

    return saved(form, do, page)


@bp.route("/dao-tao/khoa-hoc/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit_course(ma: str) -> ResponseReturnValue:
    """Save a course."""
    session, one = open_course(ma, to_write=True)
    back = url_for("training.course", ma=ma)
    form = CourseForm() if request.method == "POST" else CourseForm(formdata=None, data=_typed(one))
    _offer_course(form, one)

    def page() -> str:
        return form_page(form, _("Sửa khóa học"), back)

    if request.method != "POST":
        return page()
    said = _course_said(form)
    if said is None:
        return page(), 422

    def do() -> str:
        values, skills = said
        operations.revise_course(session, one, values, skills, act(), version=version_sent(form))
        flash(_("Đã lưu thay đổi."), "ok")
        return back

    return saved(form, do, page, version=lambda: one.version)


def _offer_course(form: CourseForm, kept: TrainingCourse | None = None) -> None:
    offer_offices(form, kept)
    known = programmes(db_session(), current_viewer())
    form.programme.choices = offered(
        [(one.public_id, f"{one.code} · {one.name}") for one in known],
        ("", _("Không thuộc chương trình nào")),
    )


_Skills = list[tuple[int, int | None]]


def _course_said(form: CourseForm) -> tuple[dict[str, Any], _Skills] | None:
    """The columns and skills of a form; None when something is to be mended, which it then says."""
    if not form.validate():
        return None
    office, skills = office_said(form), _skills_said(form)
    if office is None or skills is None:
        return None
    return _course_columns(form, office), skills


def _course_columns(form: CourseForm, office: Office) -> dict[str, Any]:
    programme = programme_of(db_session(), current_viewer(), text(form.programme))
    return office_columns(office) | {
        "code": text(form.code),
        "name": text(form.name),
        "programme_id": None if programme is None else programme.id,
        "kind": chosen(form.kind.data, words.KIND),
        "category": text(form.category),
        "tier": chosen(form.tier.data, words.TIER),
        "field": chosen(form.field.data, words.FIELD),
        "quota_level": form.quota_level.data or None,
        "hours": form.hours.data,
        "curriculum": text(form.curriculum),
        "certificate": text(form.certificate),
        "political_theory_rank": chosen(form.political_theory_rank.data, words.POLITICAL_THEORY),
        "state_management_rank": chosen(form.state_management_rank.data, words.STATE_MANAGEMENT),
    }


def _skills_said(form: CourseForm) -> _Skills | None:
    """The concepts of the lines; None with the error on the field for a line that names none for sure."""
    lines = form.skill_lines
    if not lines:
        return []
    session = db_session()
    known_words = vocabulary(session)
    codes = [resolve(typed, known_words).skill for typed, _level in lines]
    known = skills_by_code(session, sorted({code for code in codes if code}))
    found: dict[int, int | None] = {}
    for (typed, level), code in zip(lines, codes, strict=True):
        skill = known.get(code or "")
        if skill is None:
            add_error(
                form.skills,
                _("Không hiểu kỹ năng «%(typed)s». Gõ tên như trong danh mục kỹ năng", typed=typed),
            )
            return None
        if level is not None and level > highest_level(skill.scale):
            most = highest_level(skill.scale)
            add_error(form.skills, _("«%(typed)s»: bậc từ 1 đến %(most)d", typed=typed, most=most))
            return None
        found[skill.id] = None if level is None else rank_of(skill.scale, level)
    return list(found.items())


def _typed(one: TrainingCourse) -> dict[str, Any]:
    """A course as its form holds it."""
    plain = ("code", "name", "kind", "category", "tier", "field", "quota_level", "hours", "curriculum")
    ranks = ("political_theory_rank", "state_management_rank")
    lines = [
        row.skill.vi if row.level is None else f"{row.skill.vi} ({level_of(row.skill.scale, row.level)})"
        for row in one.skills
    ]
    return {
        **{name: getattr(one, name) for name in (*plain, "certificate")},
        **{name: str(getattr(one, name) or "") for name in ranks},
        "version": str(one.version),
        "programme": "" if one.programme is None else one.programme.public_id,
        "skills": "\n".join(lines),
    }
