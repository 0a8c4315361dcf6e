"""What a curator decides about a text that named no concept: another name, or nothing worth naming."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.skills.models import PendingTerm, Skill, SkillChange
from registry.skills.operations.changes import keep_change, lock_vocabulary
from registry.skills.operations.concepts import check_waiting
from registry.skills.operations.labels import NewLabel, check_active, put_label
from registry.skills.operations.ledger import Ledger
from registry.skills.rules import ChangeKind, PendingState


def label_term(
    session: Session, term: PendingTerm, skill: Skill, *, by: int | None, at: datetime
) -> SkillChange:
    """Make the text another name of the concept; a job gives it to the claims and needs that hold the text.

    Raises NotWaiting, NotActive, and as `add_label` does.
    """
    lock_vocabulary(session)
    check_waiting(session, term)
    check_active(skill)
    ledger = Ledger(session)
    put_label(ledger, skill, NewLabel(term.text))
    ledger.change(term, state=PendingState.LABELLED, skill_id=skill.id)
    return keep_change(
        session, ChangeKind.TERM_LABELLED, ledger, skill=skill, term=term, words=term.text, by=by, at=at
    )


def ignore_term(session: Session, term: PendingTerm, *, by: int | None, at: datetime) -> SkillChange:
    """Stop asking about the text; who typed it keeps it. It may be personal, so that no log repeats it.

    Raises NotWaiting.
    """
    lock_vocabulary(session)
    check_waiting(session, term)
    ledger = Ledger(session)
    ledger.change(term, state=PendingState.IGNORED)
    return keep_change(session, ChangeKind.TERM_IGNORED, ledger, skill=None, term=term, by=by, at=at)
