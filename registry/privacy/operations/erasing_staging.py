"""What lies beside the record: files an import kept, and words nobody has placed yet. Flushes, never commits."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.exchange.models import ImportBatch, ImportRow
from registry.exchange.operations.batches import forget_values
from registry.exchange.rules.batches import RowState
from registry.needs.models import NeedSkill
from registry.people.models import Person, SkillClaim
from registry.skills.models import PendingTerm, SkillChange, SkillPlacement
from registry.skills.rules import PendingState


def forget_staging(session: Session, person: Person) -> None:
    """Forget the files and values of every import this person came with; counts stay.

    A file holds many people, and nobody can take one out of it: what was still to be mended in it must be sent again.
    """
    made = select(ImportRow.batch_id).where(ImportRow.subject_id == person.public_id)
    for batch in session.scalars(select(ImportBatch).where(ImportBatch.id.in_(made))).all():
        forget_values(session, batch)
        if batch.rows == 1:  # the file of one person may be called like them
            batch.file_name = ""
    # Undoing the import leaves the empty record where it is.
    kept = update(ImportRow).where(ImportRow.subject_id == person.public_id)
    session.execute(kept.values(state=RowState.KEPT))


def forget_terms(session: Session, person: Person) -> None:
    """Forget the words that this person alone has typed for skills and nobody has placed, and what moved the claims."""
    own = select(SkillClaim.pending_term_id).where(
        SkillClaim.person_id == person.id, SkillClaim.pending_term_id.is_not(None)
    )
    ids = set(session.scalars(own))
    claims = set(session.scalars(select(SkillClaim.id).where(SkillClaim.person_id == person.id)))
    session.execute(delete(SkillPlacement).where(SkillPlacement.row_id.in_(claims), _OF_PEOPLE))
    session.execute(delete(SkillClaim).where(SkillClaim.person_id == person.id))
    lonely = {one for one in ids if one is not None and _is_lonely(session, one)}
    waiting = PendingTerm.state == PendingState.WAITING
    session.execute(delete(PendingTerm).where(PendingTerm.id.in_(lonely), waiting))


_OF_PEOPLE = SkillPlacement.place == "people"


def _is_lonely(session: Session, term_id: int) -> bool:
    """Whether nothing else speaks of a term any more."""
    held = (
        session.scalar(select(func.count()).where(model.pending_term_id == term_id)) or 0
        for model in (SkillClaim, NeedSkill, SkillChange)
    )
    return not any(held)
