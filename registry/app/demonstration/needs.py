"""Turns a drawn need into a record and walks it to its state through the permitted transitions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from registry.app.demonstration.drafts import NeedDraft as Drawn
from registry.needs.models import Need
from registry.needs.operations import create_need, move_need
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState, NeedTerms, SkillTerms
from registry.organisations.models import Organisation
from registry.skills.models import Skill

_S = NeedState
_WAYS = {
    _S.DRAFT: (),
    _S.SUBMITTED: (_S.SUBMITTED,),
    _S.REJECTED: (_S.SUBMITTED, _S.REJECTED),
    _S.APPROVED: (_S.SUBMITTED, _S.APPROVED),
    _S.OPEN: (_S.SUBMITTED, _S.APPROVED, _S.OPEN),
    _S.ON_HOLD: (_S.SUBMITTED, _S.APPROVED, _S.OPEN, _S.ON_HOLD),
    _S.FILLED: (_S.SUBMITTED, _S.APPROVED, _S.OPEN, _S.FILLED),
    _S.CANCELLED: (_S.CANCELLED,),
}
# Sent after two days, approved after eight, open after eighteen, filled after thirty-two.
_PACE = timedelta(days=2)
_REASON = "Dữ liệu minh họa"


def enter_need(
    session: Session,
    drawn: Drawn,
    workplace: Organisation,
    skills: Mapping[str, Skill],
    *,
    by: int,
    on: date,
) -> Need:
    """Create the need and move it to its state."""
    at = datetime.combine(drawn.asked_on, time(2, 30), tzinfo=UTC)
    terms = NeedTerms(
        title=drawn.title,
        description=f"{drawn.title} tại {workplace.name}. Dữ liệu minh họa.",
        headcount=drawn.headcount,
        organisation_id=workplace.id,
        organisation_path=workplace.path,
        unit_id=workplace.unit_id,
        unit_path=workplace.unit_path,
        expected_on=drawn.expected_on,
        start_on=drawn.start_on,
        forms=drawn.forms,
        legal_basis="Đề án vị trí việc làm (minh họa)",
        experience_years=drawn.experience_years,
        experience_field=drawn.career.experience_field if drawn.experience_years else None,
        qualification_rank=drawn.qualification_rank,
        qualification_fields=(drawn.career.degree_field,) if drawn.qualification_rank else (),
    )
    need = create_need(
        session,
        terms,
        skills=[
            SkillTerms(
                typed=skills[code].vi,
                skill_id=skills[code].id,
                level=level,
                weight=weight,
                is_essential=is_essential,
                minimum=max(1, level - 1) if is_essential else None,
            )
            for code, level, weight, is_essential in drawn.skills
        ],
        conditions=_conditions(drawn),
        by=by,
        at=at,
        public_id=drawn.public_id,
    )
    for step, state in enumerate(_WAYS[NeedState(drawn.state)], start=1):
        when = min(at + step * step * _PACE, datetime.combine(on, time(2, 30), tzinfo=UTC))
        move_need(session, need, state, by=by, at=when, reason=_REASON)
    return need


def _conditions(drawn: Drawn) -> tuple[ConditionTerms, ...]:
    if drawn.qualification_rank is None or drawn.qualification_rank > 4:
        return ()
    return (ConditionTerms(kind=ConditionKind.DEGREE, rank=drawn.qualification_rank),)
