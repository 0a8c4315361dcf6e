"""What a revision did to a need: which terms of substance changed, and whether it waits for approval again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.needs.models import Need, NeedSkill
from registry.needs.operations.states import log_state
from registry.needs.operations.terms import condition_terms_of, terms_of
from registry.needs.rules import NeedState, SkillAsked, asks_for_approval, changed_terms, substance
from registry.text import fold


@dataclass(frozen=True)
class Revision:
    """The terms of substance that changed, by name; whether an approved need went back to wait for approval."""

    changed: frozenset[str] = frozenset()
    is_sent_back: bool = False


def substance_of(need: Need) -> dict[str, object]:
    """What is approved of this need, as it stands now."""
    return substance(terms_of(need), [_asked(row) for row in need.skills], condition_terms_of(need))


def settle(
    session: Session, need: Need, standing: dict[str, object], *, by: int | None, at: datetime
) -> Revision:
    """Compare with what stood before (`standing`) and let the state follow; the caller records the event.

    Who changes a need that already waits has put it forward too, and so cannot be the one who approves it.
    """
    changed = changed_terms(standing, substance_of(need))
    is_sent_back = asks_for_approval(need.state, changed)
    if is_sent_back:
        need.state = NeedState.SUBMITTED
    if is_sent_back or (changed and need.state is NeedState.SUBMITTED and need.put_forward_by != by):
        log_state(session, need, by=by, at=at)
    return Revision(changed, is_sent_back)


def _asked(row: NeedSkill) -> SkillAsked:
    """A waiting text that a curator has labelled since asks for that concept: saving it anew changes nothing."""
    skill_id = row.skill_id
    if skill_id is None and row.pending_term is not None:
        skill_id = row.pending_term.skill_id
    concept = fold(row.typed) if skill_id is None else f"#{skill_id}"
    return (concept, row.level, row.weight, row.is_essential, row.minimum)
