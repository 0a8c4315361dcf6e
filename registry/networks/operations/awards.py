"""What collectives were given or recognised for (PE-20, KH12)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.networks.models import CollectiveAward
from registry.networks.rules import AwardKind
from registry.organisations.models import Organisation


@dataclass(frozen=True)
class AwardTerms:
    """What was given, at which level, by which decision of whom, when."""

    kind: AwardKind
    title: str
    level: str
    decision: str
    decided_by: str
    given_on: date | None


def award_collective(
    session: Session,
    subject: Organisation,
    terms: AwardTerms,
    *,
    by: int | None,
    at: datetime,
    submission_key: str | None = None,
) -> CollectiveAward:
    """Enter an award of an organisation."""
    made = CollectiveAward(
        public_id=new_public_id(),
        submission_key=submission_key,
        subject=subject,
        created_at=at,
        updated_at=at,
        **asdict(terms),
    )
    session.add(made)
    session.flush()
    record(session, by, "collective_award.entered", "collective_award", made.public_id, at=at)
    return made


def remove_award(session: Session, award: CollectiveAward, *, by: int | None, at: datetime) -> None:
    """Take away an award that was entered by mistake."""
    record(session, by, "collective_award.removed", "collective_award", award.public_id, at=at)
    session.delete(award)
    session.flush()
