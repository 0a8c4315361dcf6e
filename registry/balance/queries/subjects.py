"""How a need and a person name their occupation in SQL, and which needs a subject of another row covers."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from registry.balance.rules import SubjectKind
from registry.balance.rules.subjects import SECTOR_LENGTH
from registry.needs.models import Need, NeedSkill
from registry.people.models import Education, Experience, Person
from registry.skills.models import Skill

OCCUPATION_OF_NEED: ColumnElement[str] = func.coalesce(
    func.nullif(Need.experience_field, ""), Need.qualification_fields[0].as_string(), ""
)
"""The field of the experience a need asks for, else the first field of the degree; "" where it says neither."""


def occupation_of_person() -> ColumnElement[str]:
    """The field of the present or newest post that has one, else of the highest degree; "" where nobody wrote any.

    Everybody stands in one occupation, so that rows may be added up.
    """
    # Dates nobody knows come last on both databases only where that is said.
    work = (
        select(Experience.field_code)
        .where(Experience.person_id == Person.id, func.coalesce(Experience.field_code, "") != "")
        .order_by(
            Experience.is_ongoing.desc(),
            case((Experience.from_on.is_(None), 1), else_=0),
            Experience.from_on.desc(),
            Experience.id.desc(),
        )
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    studies = (
        select(Education.field_code)
        .where(
            Education.person_id == Person.id,
            Education.is_completed.is_(True),
            func.coalesce(Education.field_code, "") != "",
        )
        .order_by(func.coalesce(Education.degree_rank, 0).desc(), Education.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return func.coalesce(work, studies, "")


def need_is_about(
    kind: InstrumentedAttribute[SubjectKind], code: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """The need of this row is about the subject another row names with these two columns."""
    asks_for: Any = (
        select(NeedSkill.id)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(NeedSkill.need_id == Need.id, Skill.code == code)
        .correlate(Need, kind.class_)
        .exists()
    )
    return or_(
        and_(kind == SubjectKind.OCCUPATION, code == OCCUPATION_OF_NEED),
        and_(kind == SubjectKind.SECTOR, func.substr(OCCUPATION_OF_NEED, 1, SECTOR_LENGTH) == code),
        and_(kind == SubjectKind.SKILL, asks_for),
    )
