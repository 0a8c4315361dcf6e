"""Names of a concept and what lies around it: added and taken away."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.skills import forms, operations, queries
from registry.skills.models import PendingTerm, Skill
from registry.skills.operations import NewLabel, Refused
from registry.skills.rules import (
    LabelKind,
    LabelLanguage,
    RelationKind,
    Sector,
    guess_kind,
    guess_language,
)
from registry.skills.views.blueprint import bp, found_skill, last_told, saved
from registry.skills.views.choosing import chosen_concept
from registry.skills.views.refusals import holder_of, sentence_of
from registry.text import match_key, sort_key
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.route("/<ma>/ten-goi", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def add_label(ma: str) -> ResponseReturnValue:
    """The names of a concept with where they come from, and a form for one more."""
    session = db_session()
    skill = found_skill(session, ma)
    form = forms.LabelForm()
    if request.method != "POST":
        return label_page(session, form, skill)
    if not form.validate():
        return label_page(session, form, skill), 422
    new = _new_label(form)
    if form.is_ambiguous.data and not new.has_contexts:
        field: Any = form.words
        field.errors = [_("Ghi ít nhất một lĩnh vực hoặc một từ đứng cạnh")]
        return label_page(session, form, skill), 422
    try:
        operations.add_label(session, skill, new, by=current_account().id, at=now())
    except Refused as refused:
        return refused_label(session, form, skill, refused)
    return saved(session, url_for("skills.add_label", ma=ma))


@bp.post("/<ma>/ten-goi/bo")
@require(Permission.SKILLS_CURATE)
def remove_label(ma: str) -> ResponseReturnValue:
    """Take a name away."""
    session = db_session()
    skill = found_skill(session, ma)
    wanted = match_key(request.form.get("text", ""))
    label = next((one for one in skill.labels if one.folded == wanted), None)
    if label is None:
        flash(_("Tên gọi này đã được bỏ"), "info")
        return redirect(url_for("skills.add_label", ma=ma), 303)
    return _do(
        session,
        lambda: operations.remove_label(session, skill, label, by=current_account().id, at=now()),
        url_for("skills.add_label", ma=ma),
    )


@bp.route("/<ma>/quan-he", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def add_relation(ma: str) -> ResponseReturnValue:
    """What lies around a concept, and a form for one more relation."""
    session = db_session()
    skill = found_skill(session, ma)
    form = forms.RelationForm()
    if request.method != "POST":
        return _relation_page(session, form, skill)
    other = chosen_concept(session, form, form.concept) if form.validate() else None
    if other is None:
        return _relation_page(session, form, skill), 422
    try:
        operations.add_relation(
            session, skill, other, RelationKind(form.kind.data), by=current_account().id, at=now()
        )
    except Refused as refused:
        field: Any = form.concept
        field.errors = [sentence_of(refused)]
        answer = _relation_page(session, form, skill)
        session.rollback()
        return answer, 422
    return saved(session, url_for("skills.add_relation", ma=ma))


@bp.post("/<ma>/quan-he/bo")
@require(Permission.SKILLS_CURATE)
def remove_relation(ma: str) -> ResponseReturnValue:
    """Take away what relates two concepts."""
    session = db_session()
    skill = found_skill(session, ma)
    other = queries.skill_named(session, request.form.get("other", ""))
    if other is None:
        abort(400)
    return _do(
        session,
        lambda: operations.remove_relation(session, skill, other, by=current_account().id, at=now()),
        url_for("skills.add_relation", ma=ma),
    )


def label_page(
    session: Session,
    form: forms.LabelForm,
    skill: Skill,
    holder: Skill | None = None,
    term: PendingTerm | None = None,
) -> str:
    """The page of the names of a concept."""
    labels = sorted(skill.labels, key=lambda one: (one.kind is not LabelKind.PREFERRED, sort_key(one.text)))
    return render_template(
        "skills/labels.html",
        form=form,
        skill=skill,
        holder=holder,
        term=term,
        labels=labels,
        preferred=LabelKind.PREFERRED,
        origins=forms.ORIGINS,
        kinds={LabelKind.PREFERRED: _("Tên chính"), **forms.KINDS},
        languages=forms.LANGUAGES,
        last=last_told(session),
    )


def refused_label(
    session: Session, form: forms.LabelForm, skill: Skill, refused: Refused, term: PendingTerm | None = None
) -> ResponseReturnValue:
    """The form again with why its text cannot be a name, and the concept that has it."""
    field: Any = form.text
    field.errors = [sentence_of(refused)]
    answer = label_page(session, form, skill, holder_of(refused), term)
    session.rollback()
    return answer, 422


def form_of(text: str) -> forms.LabelForm:
    """The form as it would be filled for a text."""
    return forms.LabelForm(
        formdata=None,
        data={"text": text, "language": guess_language(text).value, "kind": guess_kind(text).value},
    )


def _new_label(form: forms.LabelForm) -> NewLabel:
    is_ambiguous = bool(form.is_ambiguous.data)
    sectors: list[str] = form.sectors.data or []
    return NewLabel(
        form.text.data or "",
        LabelLanguage(form.language.data),
        LabelKind(form.kind.data),
        [Sector(one) for one in sectors] if is_ambiguous else (),
        (form.words.data or "").splitlines() if is_ambiguous else (),
    )


def _relation_page(session: Session, form: forms.RelationForm, skill: Skill) -> str:
    return render_template(
        "skills/relations.html",
        form=form,
        skill=skill,
        relations=queries.relations_of(session, skill),
        last=last_told(session),
    )


def _do(session: Session, act: Any, address: str) -> ResponseReturnValue:
    try:
        act()
    except Refused as refused:
        session.rollback()
        flash(sentence_of(refused), "warn")
        return redirect(address, 303)
    return saved(session, address)
