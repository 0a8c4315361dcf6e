"""Two concepts become one, or one becomes two: what would be touched is shown first, then it is confirmed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.skills import forms, operations
from registry.skills.models import Skill
from registry.skills.operations import ConceptTerms, LabelTaken, Refused
from registry.skills.queries import Wanted
from registry.skills.rules import LabelKind, Sector, SkillFamily
from registry.skills.views.blueprint import bp, found_skill, holders, saved, shown, touched
from registry.skills.views.choosing import chosen_concept
from registry.skills.views.refusals import holder_of, sentence_of
from registry.text import match_key, sort_key
from registry.web.choices import choices
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible


@bp.route("/<ma>/gop", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def merge(ma: str) -> ResponseReturnValue:
    """Choose the concept to go into."""
    session = db_session()
    skill = found_skill(session, ma)
    form = forms.ChoosingForm()
    if request.method != "POST":
        return _choose_page(form, skill)
    into = chosen_concept(session, form, form.concept) if form.validate() else None
    if into is None:
        return _choose_page(form, skill), 422
    try:
        operations.check_mergeable(skill, into)
    except Refused as refused:
        field: Any = form.concept
        field.errors = [sentence_of(refused)]
        return _choose_page(form, skill), 422
    return redirect(url_for("skills.preview_merge", ma=ma, vao=into.public_id), 303)


@bp.get("/<ma>/gop/<vao>")
@require(Permission.SKILLS_CURATE)
def preview_merge(ma: str, vao: str) -> ResponseReturnValue:
    """What the merge would touch."""
    session = db_session()
    skill, into = found_skill(session, ma), found_skill(session, vao)
    try:
        operations.check_mergeable(skill, into)
    except Refused as refused:
        flash(sentence_of(refused), "warn")
        return redirect(shown(skill), 303)
    return render_template(
        "skills/merge_preview.html",
        skill=skill,
        into=into,
        preview=operations.preview_merge(session, skill),
        held=touched(session, Wanted(skill_ids=frozenset({skill.id}))),
        places=forms.PENDING_PLACES,
    )


@bp.post("/<ma>/gop/<vao>")
@require(Permission.SKILLS_CURATE)
def confirm_merge(ma: str, vao: str) -> ResponseReturnValue:
    """Merge."""
    session = db_session()
    skill, into = found_skill(session, ma), found_skill(session, vao)
    try:
        operations.merge_concepts(session, skill, into, by=current_account().id, at=now())
    except Refused as refused:
        session.rollback()
        flash(sentence_of(refused), "warn")
        return redirect(shown(skill), 303)
    return saved(session, shown(into))


@bp.route("/<ma>/tach", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def split(ma: str) -> ResponseReturnValue:
    """Choose the names that go to a new concept, see what would move, and confirm."""
    session = db_session()
    skill = found_skill(session, ma)
    if skill.merged_into_id is not None:
        raise NotVisible
    form = _split_form(skill)
    if request.method != "POST":
        return _split_page(form, skill)
    if not form.validate():
        return _split_page(form, skill), 422
    chosen = _chosen_ids(form, skill)
    if request.form.get("xac-nhan") != "1":
        preview = operations.preview_split(session, skill, form.vi.data or "", chosen, holders())
        return _split_page(form, skill, preview=preview)
    return _split(session, form, skill, chosen)


def _split(session: Session, form: Any, skill: Skill, chosen: list[int]) -> ResponseReturnValue:
    terms = ConceptTerms(
        form.vi.data, form.en.data or "", SkillFamily(form.family.data), Sector(form.sector.data)
    )
    try:
        made, _change = operations.split_concept(
            session, skill, terms, chosen, by=current_account().id, at=now()
        )
    except Refused as refused:
        field = form.vi if isinstance(refused, LabelTaken) else form.labels
        if isinstance(refused, LabelTaken) and match_key(refused.text) == match_key(form.en.data or ""):
            field = form.en
        field.errors = [sentence_of(refused)]
        answer = _split_page(form, skill, holder=holder_of(refused))
        session.rollback()
        return answer, 422
    return saved(session, shown(made))


def _split_form(skill: Skill) -> forms.SplitForm:
    """Labels are named by their folded text: it is unique in a concept, and says more than a number."""
    form = forms.SplitForm(data={"family": skill.family.value, "sector": skill.sector.value})
    movable = sorted(
        (label for label in skill.labels if label.kind is not LabelKind.PREFERRED),
        key=lambda label: (sort_key(label.text), label.id),
    )
    form.labels.choices = choices((label.folded, label.text) for label in movable)
    return form


def _chosen_ids(form: forms.SplitForm, skill: Skill) -> list[int]:
    picked = set(form.labels.data or [])
    return [label.id for label in skill.labels if label.folded in picked]


def _choose_page(form: Any, skill: Skill) -> str:
    return render_template("skills/merge.html", form=form, skill=skill)


def _split_page(form: Any, skill: Skill, *, preview: Any = None, holder: Skill | None = None) -> str:
    return render_template(
        "skills/split.html",
        form=form,
        skill=skill,
        preview=preview,
        holder=holder,
        places=forms.PENDING_PLACES,
    )
