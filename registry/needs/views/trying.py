"""A form as far as it can be read: a need that is not saved, and the fields that could not be taken in.

Works on a form of its own and spoils it: what could not be read is emptied there, so the page shows another one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.needs.forms import NeedForm
from registry.needs.models import Need
from registry.needs.operations.terms import unsaved_need
from registry.needs.rules import (
    DEFAULT_SHARES,
    MAX_ESSENTIAL,
    MAX_SKILLS,
    Asked,
    NeedTerms,
    Part,
    SkillTerms,
    check_conditions,
    check_shares,
)
from registry.needs.views.reading import (
    SkillLine,
    conditions_said,
    line_terms,
    organisation_of,
    place_of,
    scale_of,
    terms_said,
)
from registry.skills.rules import highest_level

# What earns points or excludes; whatever is wrong with the others changes no count.
_COUNTED = (
    "experience_",
    "qualification_",
    "degree_rank",
    "condition_fields",
    "language_",
    "available_by",
    "scope_place",
    "evidence",
    "start_on",
    "forms",
    "workplace",
    "share_",
)


@dataclass(frozen=True)
class TriedNeed:
    """A need no session knows; the labels of fields left out, and the texts of skills left out."""

    need: Need
    left_out: tuple[str, ...]
    skills_left_out: tuple[str, ...]


def try_need(
    session: Session,
    viewer: Viewer,
    form: NeedForm,
    lines: list[SkillLine],
    shares: tuple[int, ...] = DEFAULT_SHARES,
) -> TriedNeed:
    """The need of a form that may still be wrong in places. `shares` are used where the form has none that sum up."""
    form.shape_is_valid()
    skills, unread = _skills(lines)
    organisation = organisation_of(session, viewer, form.organisation)
    workplace, scope_place = place_of(session, form.workplace), place_of(session, form.scope_place)
    left_out = _emptied(form)
    terms = terms_said(form, organisation, workplace)
    conditions = conditions_said(form, scope_place)
    try:
        check_conditions(conditions)
    except Asked:
        conditions = []
        left_out = (*left_out, str(form.degree_rank.label.text))
    need = unsaved_need(_with_shares(terms, shares), skills, conditions)
    return TriedNeed(need, left_out, unread)


def _with_shares(terms: NeedTerms, shares: tuple[int, ...]) -> NeedTerms:
    try:
        check_shares(terms.shares)
    except Asked:
        return replace(terms, shares=shares)
    return terms


def _skills(lines: Iterable[SkillLine]) -> tuple[list[SkillTerms], tuple[str, ...]]:
    """The rows with a concept, each concept once and as many as a need may have; the texts of all others."""
    terms: list[SkillTerms] = []
    unread: list[str] = []
    for line in lines:
        one = _skill(line)
        repeated = one is not None and any(other.skill_id == one.skill_id for other in terms)
        too_many = one is not None and one.is_essential and _essential(terms) >= MAX_ESSENTIAL
        if one is None or repeated or too_many or len(terms) >= MAX_SKILLS:
            unread.append(str(line.row.form.typed.data or ""))
        else:
            terms.append(one)
    return terms, tuple(unread)


def _essential(terms: Iterable[SkillTerms]) -> int:
    return sum(one.is_essential for one in terms)


def _skill(line: SkillLine) -> SkillTerms | None:
    """The row as terms; None without a concept. A level the scale does not have becomes the nearest it has."""
    if line.skill is None or line.reading.must_choose or line.row.form.typed.errors:
        return None
    fields, highest = line.row.form, highest_level(scale_of(line.skill))
    for field in (fields.level, fields.minimum):
        if field.data and (field.errors or not field.data.isdigit()):
            field.data = ""
        elif field.data:
            field.data = str(min(int(field.data), highest))
    if fields.weight.errors:
        fields.weight.data = "1"
    return line_terms(line)


def _emptied(form: NeedForm) -> tuple[str, ...]:
    """Empty every field that is wrong; the labels of those that would have counted."""
    labels: list[str] = []
    fields: Iterable[Any] = form
    shares = {f"share_{part}" for part in Part}
    for field in fields:
        if field.name == "skills" or not field.errors:
            continue
        if field.name.startswith(_COUNTED):
            labels.append(str(field.label.text))
        if field.name not in shares:
            field.data = field.default
    return tuple(dict.fromkeys(labels))
