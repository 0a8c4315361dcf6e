"""Claims for tests, papers to prove them with, and what the log says afterwards."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.people import operations
from registry.people.models import Person, SkillClaim
from registry.people.rules import EvidenceDraft, IdentityDraft, IdentityKind, SkillDraft
from registry.skills.models import Skill
from tests.factories.people import AT, TODAY

CCCD = IdentityDraft(IdentityKind.CCCD, "001188456789")
DIPLOMA = EvidenceDraft("Bằng thạc sĩ")


def events(session: Session) -> list[AuditEvent]:
    """All events of the log but those of its own streams, oldest first."""
    return list(
        session.scalars(select(AuditEvent).where(AuditEvent.subject_kind != "stream").order_by(AuditEvent.id))
    )


def last_event(session: Session) -> AuditEvent:
    """The newest event."""
    return events(session)[-1]


def skill_id(session: Session, code: str = "IT01") -> int:
    """The row id of a concept."""
    return session.scalars(select(Skill.id).where(Skill.code == code)).one()


def claim(session: Session, person: Person, level: int | None = 3, code: str = "IT01") -> SkillClaim:
    """A claim on a concept, as an officer enters one."""
    draft = SkillDraft("kỹ năng", skill_id(session, code), level=level)
    return operations.claim_skill(session, person, draft, on=TODAY, by=None, at=AT)
