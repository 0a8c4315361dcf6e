"""Needs within the place of a key, to be read."""

from collections.abc import Sequence

from flask import Response

from registry.api.access import api_viewer, require_scope
from registry.api.queries.needs import needs_page
from registry.api.rules import ApiScope
from registry.api.schemas.document import Operation
from registry.api.schemas.needs import (
    Conditions,
    LanguageAsked,
    Need,
    NeedsAsked,
    NeedsPage,
    NeedSummary,
    Shares,
    SkillWanted,
)
from registry.api.views.answering import asked, mark_after, place_after, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import NEED, NEED_SUMMARY
from registry.needs import models
from registry.needs.queries import get_need
from registry.needs.rules import ConditionKind, Part
from registry.needs.views.reading import organisation_text, scale_of
from registry.people.queries import is_public_id
from registry.skills.rules import level_of
from registry.web.database import db_session
from registry.web.errors import NotVisible

_NEEDS = ApiScope.NEEDS_READ


@programs.get("/needs")
@documented(
    Operation(
        "Danh sách nhu cầu trong phạm vi, mới nhất trước",
        NeedsPage,
        "Nhu cầu",
        _NEEDS,
        query=NeedsAsked,
        example={"items": [NEED_SUMMARY], "next": None},
        is_conditional=True,
    )
)
@require_scope(_NEEDS)
def needs() -> Response:
    """A page of needs, the newest first."""
    page = asked(NeedsAsked)
    rows, has_more = needs_page(
        db_session(), api_viewer(), state=page.state, after=place_after(page.after), limit=page.limit
    )
    mark = mark_after([need.public_id for need in rows], has_more=has_more)
    return told(NeedsPage(items=[summary_of(need) for need in rows], next=mark))


@programs.get("/needs/<ma>")
@documented(
    Operation(
        "Một nhu cầu; ETag là phiên bản của nó",
        Need,
        "Nhu cầu",
        _NEEDS,
        path={"ma": {"description": "Mã công khai"}},
        failures=(404,),
        example=NEED,
        is_conditional=True,
    )
)
@require_scope(_NEEDS)
def need(ma: str) -> Response:
    """One need with all that it asks for."""
    found = visible_need(ma)
    return told(whole(found), etag=version_of(found))


def visible_need(ma: str) -> models.Need:
    """The need of an id within the place of the key, or as good as none."""
    found = get_need(db_session(), api_viewer(), ma) if is_public_id(ma) else None
    if found is None:
        raise NotVisible
    return found


def version_of(need: models.Need) -> str:
    """What the ETag of a need says."""
    return f"v{need.version}"


def summary_of(need: models.Need) -> NeedSummary:
    """A need in a list."""
    return NeedSummary(
        id=need.public_id,
        code=need.code,
        external_id=need.external_id,
        title=need.title,
        kind=need.kind,
        state=need.state,
        headcount=need.headcount,
        organisation=organisation_text(need.organisation) or None,
        place=need.unit.code if need.unit else None,
        expected_on=need.expected_on,
        updated_at=need.updated_at,
    )


def whole(need: models.Need) -> Need:
    """A need with all that it asks for; the note of its office stays there."""
    return Need(
        **summary_of(need).model_dump(),
        description=need.description,
        estimated_days=need.estimated_days,
        deliverable=need.deliverable,
        is_remote=need.is_remote,
        start_on=need.start_on,
        forms=list(need.forms),
        legal_basis=need.legal_basis,
        experience_years=need.experience_years,
        experience_field=need.experience_field,
        qualification_rank=need.qualification_rank,
        qualification_fields=list(need.qualification_fields),
        skills=[_skill(row) for row in need.skills],
        conditions=_conditions(need.conditions),
        shares=Shares(**{part.value: share for part, share in zip(Part, need.shares, strict=True)}),
    )


def _skill(row: models.NeedSkill) -> SkillWanted:
    scale = scale_of(row.skill)
    return SkillWanted(
        code=row.skill.code if row.skill else None,
        text=row.typed,
        scale=scale,
        level=level_of(scale, row.level),
        minimum=None if row.minimum is None else level_of(scale, row.minimum),
        weight=row.weight,
        is_essential=row.is_essential,
    )


def _conditions(rows: Sequence[models.NeedCondition]) -> Conditions:
    """The conditions in the members in which they are written."""
    of_kind = {row.kind: row for row in rows}
    degree, field = of_kind.get(ConditionKind.DEGREE), of_kind.get(ConditionKind.FIELD)
    available, scope = of_kind.get(ConditionKind.AVAILABLE), of_kind.get(ConditionKind.SCOPE)
    evidence = of_kind.get(ConditionKind.EVIDENCE)
    languages = [
        LanguageAsked(code=row.language or "", rank=row.rank or 1)
        for row in rows
        if row.kind is ConditionKind.LANGUAGE
    ]
    return Conditions.model_construct(
        degree_rank=degree and degree.rank,
        fields=list(field.field_codes) if field else [],
        languages=languages,
        available_by=available and available.by_on,
        place=scope.unit.code if scope and scope.unit else None,
        evidence=evidence and evidence.evidence,
    )
