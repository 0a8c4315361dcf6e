"""Writing needs: create, revise, copy. Skills and conditions are replaced as wholes, in the order given."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.needs.models import Need, NeedNumber, NeedSkill
from registry.needs.operations.revisions import Revision, settle, substance_of
from registry.needs.operations.states import log_state
from registry.needs.operations.terms import (
    condition_row,
    condition_terms_of,
    set_terms,
    skill_terms_of,
    terms_of,
)
from registry.needs.rules import (
    ConditionTerms,
    NeedTerms,
    SkillTerms,
    check_conditions,
    check_shares,
    check_skills,
    code_of,
    local_day,
)
from registry.skills.operations import keep_pending
from registry.text import fold

# Long texts may quote letters and people; the log keeps that they changed, not what they say.
_LONG_TEXTS = frozenset({"description", "note"})
PENDING_WHERE = "needs"


class ChangedMeanwhile(Exception):
    """Somebody else saved the need since this version of it was read."""


def create_need(
    session: Session,
    terms: NeedTerms,
    *,
    skills: Iterable[SkillTerms] = (),
    conditions: Iterable[ConditionTerms] = (),
    by: int | None,
    at: datetime,
    external_id: str | None = None,
    submission_key: str | None = None,
    public_id: str | None = None,
) -> Need:
    """A new draft with the next code of the year. Raises Asked when it asks for too much.

    `submission_key` is unique: a form sent twice breaks its constraint instead of making two needs.
    `public_id` is for demonstration data, whose ids come from a seed.
    """
    skills, conditions = tuple(skills), tuple(conditions)
    _check(terms, skills, conditions)
    need = Need(
        public_id=public_id or new_public_id(),
        code=_next_code(session, local_day(at)),
        external_id=external_id,
        submission_key=submission_key,
        created_by=by,
        created_at=at,
        updated_at=at,
        # Empty lists of a new row are known to be empty; without them each would be looked up.
        skills=[],
        conditions=[],
        transitions=[],
    )
    set_terms(need, terms)
    session.add(need)
    session.flush()
    _set_skills(session, need, skills)
    _set_conditions(session, need, conditions)
    log_state(session, need, by=by, at=at)
    record(session, by, "need.created", "need", need.public_id, detail={"code": need.code}, at=at)
    return need


def revise_need(
    session: Session,
    need: Need,
    terms: NeedTerms,
    *,
    skills: Iterable[SkillTerms],
    conditions: Iterable[ConditionTerms],
    version: int,
    by: int | None,
    at: datetime,
) -> Revision:
    """Replace what the need says. Raises ChangedMeanwhile unless it still is at `version`, Asked as above.

    A change of substance sends an approved or open need back to those who approve.
    """
    if need.version != version:
        raise ChangedMeanwhile(need.code)
    skills, conditions = tuple(skills), tuple(conditions)
    _check(terms, skills, conditions)
    before, standing, source = _log_view(need), substance_of(need), need.state
    set_terms(need, terms)
    need.updated_at = at
    _set_skills(session, need, skills)
    _set_conditions(session, need, conditions)
    revision = settle(session, need, standing, by=by, at=at)
    after = _log_view(need)
    changes = {name: (before[name], after[name]) for name in before} | {"state": (source, need.state)}
    record(session, by, "need.revised", "need", need.public_id, changes=changes, at=at)
    return revision


def set_skills(
    session: Session, need: Need, skills: Iterable[SkillTerms], *, by: int | None, at: datetime
) -> Revision:
    """Replace the wanted skills only, as `revise_need` does. Raises Asked."""
    skills = tuple(skills)
    check_skills(skills)
    before, standing, source = _skill_lines(need), substance_of(need), need.state
    need.updated_at = at
    _set_skills(session, need, skills)
    revision = settle(session, need, standing, by=by, at=at)
    record(
        session,
        by,
        "need.skills_set",
        "need",
        need.public_id,
        changes={"skills": (before, _skill_lines(need)), "state": (source, need.state)},
        at=at,
    )
    return revision


def copy_need(
    session: Session, need: Need, *, by: int | None, at: datetime, submission_key: str | None = None
) -> Need:
    """A new draft that asks for the same; dates that fix a time are left to be set anew."""
    return create_need(
        session,
        terms_of(need, expected_on=None, start_on=None),
        skills=skill_terms_of(need),
        conditions=condition_terms_of(need),
        by=by,
        at=at,
        submission_key=submission_key,
    )


def _check(terms: NeedTerms, skills: Sequence[SkillTerms], conditions: Sequence[ConditionTerms]) -> None:
    check_shares(terms.shares)
    check_skills(skills)
    check_conditions(conditions)


def _set_skills(session: Session, need: Need, skills: Sequence[SkillTerms]) -> None:
    """Old rows go first: a unit of work inserts before it deletes, which the unique concept would forbid."""
    pending = {fold(row.typed): row.pending_term_id for row in need.skills if row.pending_term_id is not None}
    need.skills.clear()
    session.flush()
    for position, row in enumerate(skills):
        need.skills.append(
            NeedSkill(
                position=position,
                typed=row.typed,
                skill_id=row.skill_id,
                pending_term_id=None if row.skill_id else _pending_id(session, row.typed, pending),
                level=row.level,
                minimum=row.minimum if row.is_essential else None,
                weight=row.weight,
                is_essential=row.is_essential,
            )
        )
    session.flush()


def _pending_id(session: Session, typed: str, known: dict[str, int]) -> int:
    """The waiting term of a text; one that this need already had is not counted again."""
    found = known.get(fold(typed))
    return keep_pending(session, typed, PENDING_WHERE).id if found is None else found


def _set_conditions(session: Session, need: Need, conditions: Sequence[ConditionTerms]) -> None:
    need.conditions.clear()
    session.flush()
    for position, row in enumerate(conditions):
        need.conditions.append(condition_row(position, row))
    session.flush()


def _next_code(session: Session, day: date) -> str:
    """The next code of the year. The counter's row stays locked until the transaction ends: no gap, no repeat."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(NeedNumber).values(year=day.year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=[NeedNumber.year], set_={"last": NeedNumber.last + 1}
    ).returning(NeedNumber.last)
    return code_of(day.year, session.execute(statement).scalar_one())


def _log_view(need: Need) -> dict[str, object]:
    """The need as the log compares it: field by field, long texts by their fingerprint."""
    seen: dict[str, object] = {
        one.name: getattr(need, one.name) for one in fields(NeedTerms) if one.name not in _LONG_TEXTS
    }
    for name in sorted(_LONG_TEXTS):
        seen[name] = sha256(getattr(need, name).encode()).hexdigest()[:12]
    seen["skills"] = _skill_lines(need)
    seen["conditions"] = [
        [row.kind, row.rank, row.field_codes, row.language, row.by_on, row.unit_path, row.evidence]
        for row in need.conditions
    ]
    return seen


def _skill_lines(need: Need) -> list[list[object]]:
    return [
        [row.typed, row.skill_id, row.level, row.weight, row.is_essential, row.minimum] for row in need.skills
    ]
