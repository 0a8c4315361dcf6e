"""Supply and demand by skill: the concepts that open needs ask for most, and the people who claim them. Two statements.

Somebody with five skills stands in five rows, so these rows are never added up.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from registry.balance.queries.counting import (
    Part,
    available,
    open_places,
    standing,
    standings_of,
    wanted_within,
)
from registry.balance.rules import BalanceRow, Horizon
from registry.needs.models import Need, NeedSkill
from registry.people.models import Person, SkillClaim
from registry.skills.models import Skill

MOST_SKILLS = 50


def skill_names(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """{code: name} of these concepts."""
    if not codes:
        return {}
    found = session.execute(select(Skill.code, Skill.vi).where(Skill.code.in_(sorted(set(codes)))))
    return dict(found.all())


def skills_wanted(session: Session, part: Part, *, on: date) -> list[tuple[str, str]]:
    """(code, name) of the concepts open needs ask for most, by name, for lists to choose from. One statement."""
    found = _wanted(session, part, Horizon.LONG, on)
    return sorted(((code, name) for _number, code, name, _posts in found), key=lambda one: one[1])


def skill_cells(session: Session, part: Part, horizon: Horizon, *, on: date) -> list[tuple[BalanceRow, str]]:
    """(row keyed by the code of the concept, its name), most wanted first, `MOST_SKILLS` at most.

    A claim without a level, or of somebody who did not say when they are free, is unknown.
    """
    wanted = _wanted(session, part, horizon, on)
    has = _claimed(session, part, horizon, [number for number, _code, _name, _posts in wanted], on)
    return [
        (BalanceRow((code,), posts, *has.get(number, (0, 0))), name) for number, code, name, posts in wanted
    ]


def _wanted(session: Session, part: Part, horizon: Horizon, on: date) -> list[tuple[int, str, str, int]]:
    needs = (
        select(Need.id, open_places().label("places"))
        .where(*part.needs(), *wanted_within(horizon, on))
        .subquery()
    )
    posts = func.sum(needs.c.places)
    rows = session.execute(
        select(Skill.id, Skill.code, Skill.vi, posts)
        .join(NeedSkill, NeedSkill.skill_id == Skill.id)
        .join(needs, needs.c.id == NeedSkill.need_id)
        .group_by(Skill.id, Skill.code, Skill.vi)
        .having(posts > 0)
        .order_by(posts.desc(), Skill.code)
        .limit(MOST_SKILLS)
    )
    return [(number, code, name, int(places)) for number, code, name, places in rows]


def _claimed(
    session: Session, part: Part, horizon: Horizon, skills: Sequence[int], on: date
) -> dict[int, tuple[int, int]]:
    """{row id of a concept: (people known to be free who claim a level, those of whom one of the two is not known)}."""
    if not skills:
        return {}
    rows = (
        available(part, on)
        .join(SkillClaim, SkillClaim.person_id == Person.id)
        .where(
            SkillClaim.valid_to.is_(None),
            SkillClaim.skill_id.in_(skills),
            or_(SkillClaim.level.is_(None), SkillClaim.level > 0),
        )
        .with_only_columns(
            SkillClaim.skill_id.label("skill"),
            SkillClaim.level.label("level"),
            standing(on).label("said"),
        )
        .subquery()
    )
    free = rows.c.said.in_(sorted(standings_of(horizon)))
    unknown = rows.c.said.in_(sorted(standings_of(horizon, unknown=True)))
    counted = session.execute(
        select(
            rows.c.skill,
            func.count().filter(and_(free, rows.c.level.is_not(None))),
            func.count().filter(or_(unknown, and_(free, rows.c.level.is_(None)))),
        ).group_by(rows.c.skill)
    )
    return {skill: (supply, left) for skill, supply, left in counted}
