"""One concept: its page, its names and place, and taking it out of use. New concepts are made here too."""

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.skills import forms, operations, queries
from registry.skills.models import PendingTerm, Skill, SkillLabel
from registry.skills.operations import ConceptTerms, LabelTaken, Refused
from registry.skills.queries import Wanted
from registry.skills.rules import (
    ANCHORS,
    LabelKind,
    LevelScale,
    Sector,
    SkillFamily,
    guess_language,
)
from registry.skills.views.blueprint import (
    bp,
    found_skill,
    held_counts,
    last_told,
    may_curate,
    saved,
    shown,
    touched,
)
from registry.skills.views.choosing import chosen_concept
from registry.skills.views.refusals import holder_of, sentence_of
from registry.text import match_key, sort_key
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.get("/<ma>")
@require(Permission.SKILLS_READ)
def show(ma: str) -> ResponseReturnValue:
    """One concept: its names by kind, what lies around it, who holds it, and what its levels mean."""
    session = db_session()
    skill = found_skill(session, ma)
    counts = held_counts(session, [skill])
    return render_template(
        "skills/show.html",
        skill=skill,
        became=queries.skill_merged_into(session, skill),
        names=_names_by_kind(skill.labels),
        relations=queries.relations_of(session, skill),
        codes=queries.external_codes(session, skill),
        held=[(forms.PENDING_PLACES[place], found.get(skill.id, 0)) for place, found in counts.items()],
        anchors=[_(words) for words in ANCHORS[skill.scale]],
        may_curate=may_curate(),
        last=last_told(session),
        sectors=forms.SECTORS,
        families=forms.FAMILIES,
        scales=forms.SCALES,
        origins=forms.ORIGINS,
        schemes=forms.SCHEMES,
    )


@bp.route("/them", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def create() -> ResponseReturnValue:
    """A new concept, also for a text that waits."""
    session = db_session()
    form = forms.NewConceptForm()
    term = queries.term_named(session, request.args.get("tu-cho-duyet", "") or form.term.data or "")
    if request.method != "POST":
        _fill_from_term(form, term)
        return _create_page(form, term)
    if not form.validate():
        return _create_page(form, term), 422
    broader = chosen_concept(session, form, form.broader) if form.broader.data else None
    if form.broader.data and broader is None:
        return _create_page(form, term), 422
    try:
        skill, _change = operations.create_concept(
            session,
            _terms(form),
            LevelScale(form.scale.data),
            broader=broader,
            term=term,
            by=current_account().id,
            at=now(),
        )
    except Refused as refused:
        _say_why(form, refused)
        return _given_up(_create_page(form, term, holder_of(refused)))
    return saved(session, shown(skill))


@bp.route("/<ma>/sua", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def edit(ma: str) -> ResponseReturnValue:
    """Names, family and sector of a concept."""
    session = db_session()
    skill = found_skill(session, ma)
    form = forms.EditConceptForm(
        data={"vi": skill.vi, "en": skill.en, "family": skill.family.value, "sector": skill.sector.value}
    )
    if request.method != "POST":
        return _edit_page(form, skill)
    if not form.validate():
        return _edit_page(form, skill), 422
    try:
        operations.edit_concept(session, skill, _terms(form), by=current_account().id, at=now())
    except Refused as refused:
        _say_why(form, refused)
        return _given_up(_edit_page(form, skill, holder_of(refused)))
    return saved(session, shown(skill))


@bp.get("/<ma>/ngung-dung")
@require(Permission.SKILLS_CURATE)
def ask_retire(ma: str) -> ResponseReturnValue:
    """What taking the concept out of use means, before it is done."""
    session = db_session()
    skill = found_skill(session, ma)
    held = touched(session, Wanted(skill_ids=frozenset({skill.id})))
    return render_template("skills/retire.html", skill=skill, held=held, places=forms.PENDING_PLACES)


@bp.post("/<ma>/ngung-dung")
@require(Permission.SKILLS_CURATE)
def retire(ma: str) -> ResponseReturnValue:
    """Take the concept out of use."""
    return _act(ma, operations.retire_concept)


@bp.post("/<ma>/dung-lai")
@require(Permission.SKILLS_CURATE)
def restore(ma: str) -> ResponseReturnValue:
    """Use a retired concept again."""
    return _act(ma, operations.restore_concept)


def _act(ma: str, act: Any) -> ResponseReturnValue:
    session = db_session()
    skill = found_skill(session, ma)
    try:
        act(session, skill, by=current_account().id, at=now())
    except Refused as refused:
        session.rollback()
        flash(sentence_of(refused), "warn")
        return redirect(url_for("skills.show", ma=ma), 303)
    return saved(session, shown(skill))


def _terms(form: Any) -> ConceptTerms:
    return ConceptTerms(
        form.vi.data, form.en.data or "", SkillFamily(form.family.data), Sector(form.sector.data)
    )


def _fill_from_term(form: forms.NewConceptForm, term: PendingTerm | None) -> None:
    if term is None:
        return
    form.term.data = term.public_id
    field = form.en if guess_language(term.text) == "en" else form.vi
    field.data = term.text


def _say_why(form: Any, refused: Refused) -> None:
    """Put the refusal beside the name it is about."""
    is_english = isinstance(refused, LabelTaken) and match_key(refused.text) == match_key(form.en.data or "")
    field = form.en if is_english else form.vi
    field.errors = [sentence_of(refused)]


def _given_up(page: str) -> ResponseReturnValue:
    """The page as it was written, and nothing of the attempt kept."""
    db_session().rollback()
    return page, 422


def _create_page(form: Any, term: PendingTerm | None, holder: Skill | None = None) -> str:
    return render_template("skills/create.html", form=form, term=term, holder=holder)


def _edit_page(form: Any, skill: Skill, holder: Skill | None = None) -> str:
    return render_template("skills/edit.html", form=form, skill=skill, holder=holder)


def _names_by_kind(labels: list[SkillLabel]) -> list[dict[str, Any]]:
    """The other names in groups of kind and language, Vietnamese before English, in Vietnamese order inside."""
    order = {kind: place for place, kind in enumerate(LabelKind)}

    def group_of(label: SkillLabel) -> tuple[int, bool]:
        return order[label.kind], label.language != "vi"

    others = [label for label in labels if label.kind is not LabelKind.PREFERRED]
    ordered = sorted(others, key=lambda label: (*group_of(label), sort_key(label.text), label.id))
    groups: list[dict[str, Any]] = []
    for _group, members in groupby(ordered, key=group_of):
        kept = list(members)
        groups.append(
            {
                "title": forms.GROUPS[kept[0].kind, kept[0].language],
                "plain": [label for label in kept if not label.is_ambiguous],
                "ambiguous": [(label, _contexts(label)) for label in kept if label.is_ambiguous],
            }
        )
    return groups


def _contexts(label: SkillLabel) -> list[str]:
    """Where an ambiguous label means this concept, in words."""
    sectors = [str(forms.SECTORS[Sector(code)]) for code in label.context_sectors.split("|") if code]
    return [*sectors, *(f"«{word}»" for word in label.context_words.split("|") if word)]
