"""Claims follow the vocabulary: a kept text gets its concept, a split concept gives its claims to the new one.

The row stays the same claim: what was typed, its evidence and its dates are untouched. One event each.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.people.models import SkillClaim, note_changed
from registry.people.operations.claims import skill_draft_of
from registry.people.operations.traces import differences, trace
from registry.people.queries.holding import holders_of_both, standing_of
from registry.skills.queries import Acting, Move


def move_claims(session: Session, moves: Sequence[Move], acting: Acting) -> set[int]:
    """Let open claims stand otherwise; the numbers of those that were moved.

    Left are a claim that no longer stands as expected, and one whose person claims the concept already: which
    of the two counts is for whoever keeps the record to say.
    """
    wanted = {move.row_id: move for move in moves}
    claims = session.scalars(
        select(SkillClaim)
        .where(SkillClaim.id.in_(sorted(wanted)), SkillClaim.valid_to.is_(None))
        .order_by(SkillClaim.id)
        .options(joinedload(SkillClaim.person))
    ).all()
    moved: set[int] = set()
    for claim in claims:
        if _move(session, claim, wanted[claim.id], acting):
            moved.add(claim.id)
    return moved


def _move(session: Session, claim: SkillClaim, move: Move, acting: Acting) -> bool:
    if standing_of(claim) != move.expected or _is_claimed(session, claim, move):
        return False
    before, to = skill_draft_of(claim), move.wanted
    claim.skill_id, claim.pending_term_id = to.skill_id, to.term_id
    claim.needs_confirmation, claim.level, claim.how = to.needs_confirmation, to.level, to.how
    claim.updated_at = acting.at
    session.flush()
    changes = differences({"claim": before}, {"claim": skill_draft_of(claim)})
    trace(
        session,
        claim.person,
        "skill_claim.given_back" if acting.is_undo else "skill_claim.placed",
        by=acting.by,
        at=acting.at,
        changes=changes,
        subject=("skill_claim", claim.public_id),
        detail={"change_id": acting.change},
    )
    return True


def _is_claimed(session: Session, claim: SkillClaim, move: Move) -> bool:
    """Whether the person has an open claim to where this one is to go."""
    to = move.wanted
    if (to.skill_id, to.term_id) == (claim.skill_id, claim.pending_term_id):
        return False
    same = (
        SkillClaim.skill_id == to.skill_id
        if to.skill_id is not None
        else SkillClaim.pending_term_id == to.term_id
    )
    other = select(SkillClaim.id).where(
        SkillClaim.person_id == claim.person_id,
        SkillClaim.valid_to.is_(None),
        SkillClaim.id != claim.id,
        same,
    )
    return session.scalar(other.limit(1)) is not None


def note_holders_of_both(session: Session, one: int, other: int) -> int:
    """Say that who claims both concepts has to be looked at again, since the two became one or are two again."""
    people = holders_of_both(session, one, other)
    note_changed(session, people)
    return len(people)
