"""Writing a need: the form, the step that checks skills, and the page where two versions meet."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.needs import operations, queries
from registry.needs.forms import ConflictForm, NeedChoices, NeedForm
from registry.needs.forms.need import SKILL_TEXT_LIMIT
from registry.needs.models import Need
from registry.needs.operations import ChangedMeanwhile
from registry.needs.rules import APPROVED_STATES, EDITABLE_STATES, TITLE_LIMIT, must_say_when
from registry.needs.views.blueprint import bp, visible_need
from registry.needs.views.changes import saved_words
from registry.needs.views.reading import ReadNeed, SkillLine, read_need, read_skills, take_in_text
from registry.needs.views.typed import merged, typed_need
from registry.needs.views.words import choices_offered, conflict_rows, group_marks, level_meanings, row_words
from registry.organisations.queries import names_to_offer
from registry.text import TextRefused, clean
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.sent import submission_key

CHECK = "check"
MISSING = "thieu"
MISSING_DATE = "ngay"
_NOT_TYPED = ("csrf_token", "version", "opened_with", "then", "submission")


@bp.get("/tao")
@require(Permission.NEEDS_WRITE)
def create() -> ResponseReturnValue:
    """An empty form, or one begun by a search: its title and its skills as typed text."""
    form = form_of(MultiDict())
    form.submission.data = new_public_id()
    _begin(form)
    return form_page(form, [])


def _begin(form: NeedForm) -> None:
    """Words from the address, as somebody would have typed them; what may not enter is left out."""
    for field, limit in ((form.title, TITLE_LIMIT), (form.skill_text, SKILL_TEXT_LIMIT)):
        try:
            typed = clean(request.args.get(field.name, ""), limit=limit, multiline=field is form.skill_text)
        except TextRefused:
            continue
        field.data = typed or field.data


@bp.post("/tao")
@require(Permission.NEEDS_WRITE)
def create_sent() -> ResponseReturnValue:
    """Check the skills, or make the need. A form sent twice makes one need."""
    session, by = db_session(), current_account().id
    form = form_of(request.form)
    key = submission_key(form.submission.data)
    if (made := queries.need_by_submission(session, key, by)) is not None:
        return redirect(url_for(".show", ma=made.public_id), 303)
    lines, read = _read(form)
    if read is None:
        return _refused(form, lines)
    try:
        need = operations.create_need(
            session,
            read.terms,
            skills=read.skills,
            conditions=read.conditions,
            by=by,
            at=now(),
            submission_key=key,
        )
        session.commit()
    except IntegrityError:
        session.rollback()
        made = queries.need_by_submission(session, key, by)
        if made is None:
            abort(409)
        return redirect(url_for(".show", ma=made.public_id), 303)
    flash(_("Đã lưu nhu cầu %(code)s là bản nháp.", code=need.code), "ok")
    return redirect(url_for(".show", ma=need.public_id), 303)


@bp.get("/<ma>/sua")
@require(Permission.NEEDS_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """The form filled with the need; when a date is missing for the next step, the field says so."""
    session = db_session()
    need = visible_need(session, ma)
    if need.state not in EDITABLE_STATES:
        flash(_("Nhu cầu đã kết thúc nên không sửa được. Nhân bản để dùng lại."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    form = opened_form(need, typed_need(need))
    if request.args.get(MISSING) == MISSING_DATE and need.expected_on is None:
        form.ask_when()
    return form_page(form, read_skills(session, form), need)


@bp.post("/<ma>/sua")
@require(Permission.NEEDS_WRITE)
def edit_sent(ma: str) -> ResponseReturnValue:
    """Check the skills, or save. A version saved meanwhile by somebody else is never overwritten unseen."""
    session = db_session()
    need = visible_need(session, ma)
    if need.state not in EDITABLE_STATES:
        return redirect(url_for(".show", ma=ma), 303)
    values = _chosen(need)
    form = form_of(values)
    lines, read = _read(form, need)
    if request.form.get("then") != CHECK and form.version.data != str(need.version):
        return _conflict(need, form, values)
    if read is None:
        return _refused(form, lines, need)
    try:
        revision = operations.revise_need(
            session, need, read.terms, skills=read.skills, conditions=read.conditions,
            version=need.version, by=current_account().id, at=now(),
        )  # fmt: skip
        session.commit()
    except (ChangedMeanwhile, StaleDataError):
        session.rollback()
        return _conflict(visible_need(session, ma), form, values)
    flash(saved_words(need, revision), "warn" if revision.is_sent_back else "ok")
    return redirect(url_for(".show", ma=ma), 303)


@bp.post("/ky-nang")
@require(Permission.NEEDS_WRITE)
def preview_skills() -> ResponseReturnValue:
    """What the free text of skills is understood as, for showing while it is typed."""
    form = NeedForm(MultiDict([("skill_text", request.form.get("skill_text", ""))]))
    take_in_text(form)
    lines = read_skills(db_session(), form)
    return render_template("needs/_understood.html", form=form, lines=[row_words(line) for line in lines])


def opened_form(need: Need, values: MultiDict[str, str]) -> NeedForm:
    """The form of a need with these values in it, as somebody opens it now."""
    form = form_of(values)
    form.version.data = str(need.version)
    form.opened_with.data = group_marks(form_of(typed_need(need)))
    return form


def form_of(values: MultiDict[str, str]) -> NeedForm:
    """The form of these values, with its lists."""
    form = NeedForm(values)
    form.offer(NeedChoices(**choices_offered()))
    return form


def _chosen(need: Need) -> MultiDict[str, str]:
    """What was sent; after a conflict, with the parts replaced for which the saved version was chosen."""
    picks = [
        name.removeprefix("pick-")
        for name, side in request.form.items()
        if name.startswith("pick-") and side == "theirs"
    ]
    return merged(request.form, typed_need(need), picks)


def _read(form: NeedForm, need: Need | None = None) -> tuple[list[SkillLine], ReadNeed | None]:
    session = db_session()
    take_in_text(form)
    lines = read_skills(session, form)
    if request.form.get("then") == CHECK:
        return lines, None
    is_dated = need is not None and must_say_when(need.state)
    return lines, read_need(session, current_viewer(), form, lines, must_say_when=is_dated)


def _refused(form: NeedForm, lines: list[SkillLine], need: Need | None = None) -> ResponseReturnValue:
    """The form again with everything typed: 422 with what to mend, 200 when only the skills were checked."""
    return form_page(form, lines, need), 422 if form.errors else 200


def form_page(form: NeedForm, lines: list[SkillLine], need: Need | None = None, **context: object) -> str:
    """The page of the form. `context` is what another room shows beside it."""
    return render_template(
        "needs/form.html",
        form=form,
        need=need,
        lines=[row_words(line) for line in lines],
        levels=level_meanings(),
        is_approved=need is not None and need.state in APPROVED_STATES,
        organisations=names_to_offer(db_session(), current_viewer()),
        **context,
    )


def _conflict(need: Need, form: NeedForm, values: MultiDict[str, str]) -> ResponseReturnValue:
    """Both versions part by part; what was typed travels along in hidden fields."""
    saved = form_of(typed_need(need))
    opened_with = str(form.opened_with.data or "")
    page = render_template(
        "needs/conflict.html",
        need=need,
        is_approved=need.state in APPROVED_STATES,
        conflict_form=ConflictForm(formdata=None, version=str(need.version), opened_with=group_marks(saved)),
        carried=[(name, value) for name, value in values.items(multi=True) if _is_typed(name)],
        rows=conflict_rows(saved, form, opened_with),
        who=queries.last_editor(db_session(), need),
    )
    return page, 409


def _is_typed(name: str) -> bool:
    return name not in _NOT_TYPED and not name.startswith("pick-")
