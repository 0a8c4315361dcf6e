"""Records that hold concepts and kept texts, and the acts of curators, for tests."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.operations import create_need
from registry.needs.rules import NeedTerms, SkillTerms
from registry.people.models import Person, SkillClaim
from registry.people.operations import claim_skill
from registry.people.operations.skill_reading import read_skills, skill_draft
from registry.skills.models import PendingTerm, SkillChange, SkillLabel
from registry.skills.rules import TypedSkill

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def claim(session: Session, person: Person, typed: str, level: int | None = None) -> SkillClaim:
    """A claim as it is made of typed words."""
    read = read_skills(session, [TypedSkill(typed, level)])[0]
    return claim_skill(session, person, skill_draft(session, read), on=TODAY, by=None, at=AT)


def need(session: Session, *typed: str, skill_id: int | None = None, unit_path: str = "VN/12/") -> Need:
    """A need that asks for skills as typed: for a concept when it is given, else for kept texts."""
    terms = NeedTerms(title="Hướng dẫn viên", unit_path=unit_path)
    skills = [SkillTerms(text, skill_id, 3, 1, is_essential=False, minimum=None) for text in typed]
    return create_need(session, terms, skills=skills, by=None, at=AT)


def term(session: Session, text: str) -> PendingTerm:
    """The kept text."""
    return session.scalars(select(PendingTerm).where(PendingTerm.text == text)).one()


def label(session: Session, text: str) -> SkillLabel:
    """The one label with just this text."""
    return session.scalars(select(SkillLabel).where(SkillLabel.text == text)).one()


def last_change(session: Session) -> SkillChange:
    """The newest change, as it is stored now."""
    return session.scalars(
        select(SkillChange).order_by(SkillChange.id.desc()).limit(1).execution_options(populate_existing=True)
    ).one()
