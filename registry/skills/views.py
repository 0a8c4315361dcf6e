"""Pages of the vocabulary: the concepts with a search that says what it understood, one concept, pending terms."""

from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.skills import forms, queries
from registry.skills.models import Skill, SkillLabel
from registry.skills.resolver import MAX_CHARACTERS, Resolution, resolve
from registry.skills.rules import ANCHORS, LabelKind, Sector
from registry.text import nfc, sort_key
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("skills", __name__, url_prefix="/ky-nang")

# Beside a pending term: at most so many concepts, at least so like it.
_MOST_NEAR, _NEAR = 3, 60.0


@bp.get("")
@require(Permission.SKILLS_READ)
def index() -> ResponseReturnValue:
    """The concepts of a sector or with a name like the one typed, and what that text means by itself."""
    session = db_session()
    typed = nfc(request.args.get("tim", "")).strip()[:MAX_CHARACTERS]
    sector = _sector(request.args.get("linh-vuc"))
    number = page_number(request.args.get("trang"))
    understood = _understood(typed)
    meant = [one.skill for one in understood.candidates] if understood.skill else []
    rows, total = queries.skill_list(
        session, typed, sector, meant=meant, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "skills/index.html",
        typed=typed,
        sector=sector,
        page=Page(rows, number, total),
        args={name: value for name, value in (("tim", typed), ("linh-vuc", sector)) if value},
        understood=understood,
        named=queries.skills_by_code(session, [one.skill for one in understood.candidates]),
        counts=queries.sector_counts(session),
        waiting=queries.pending_count(session),
        sectors=forms.SECTORS,
        families=forms.FAMILIES,
        hows=forms.HOWS,
    )


@bp.get("/cho-duyet")
@require(Permission.SKILLS_READ)
def pending() -> ResponseReturnValue:
    """Texts that named no concept, the most frequent first, each with the concepts nearest to it."""
    session = db_session()
    number = page_number(request.args.get("trang"))
    terms, total = queries.pending_list(session, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    words = queries.vocabulary(session)
    nearest = {
        term.id: [one for one in resolve(term.text, words).candidates if one.score >= _NEAR][:_MOST_NEAR]
        for term in terms
    }
    codes = [candidate.skill for candidates in nearest.values() for candidate in candidates]
    return render_template(
        "skills/pending.html",
        page=Page(terms, number, total),
        nearest=nearest,
        named=queries.skills_by_code(session, codes),
        places=forms.PENDING_PLACES,
    )


@bp.get("/<ma>")
@require(Permission.SKILLS_READ)
def show(ma: str) -> ResponseReturnValue:
    """One concept: its names by kind, what lies around it, and what its levels mean."""
    session = db_session()
    skill = queries.skill_named(session, ma)
    if skill is None:
        raise NotVisible
    return render_template(
        "skills/show.html",
        skill=skill,
        became=queries.skill_merged_into(session, skill),
        names=_names_by_kind(skill.labels),
        relations=queries.relations_of(session, skill),
        anchors=[_(words) for words in ANCHORS[skill.scale]],
        sectors=forms.SECTORS,
        families=forms.FAMILIES,
        scales=forms.SCALES,
    )


@bp.app_template_global()
def skill_name(skill: Skill) -> str:
    """The preferred name of a concept in the language of the page."""
    return skill.en if current_language() == "en" and skill.en else skill.vi


@bp.app_template_global()
def other_skill_name(skill: Skill) -> str:
    """The preferred name in the other language; empty when both languages say the same."""
    other = skill.vi if current_language() == "en" else skill.en
    return "" if other == skill_name(skill) else other


def _sector(value: str | None) -> Sector | None:
    return Sector(value) if value in set(Sector) else None


def _understood(typed: str) -> Resolution:
    if not typed:
        return Resolution(None, "empty")
    return resolve(typed, queries.vocabulary(db_session()))


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
