"""Writes of the room. Every one flushes, records an event, and never commits."""

from registry.grants.operations.breaching import Repaid, find_breach, record_repaid, waive_repayment
from registry.grants.operations.changing import (
    complete_grant,
    end_grant,
    extend_grant,
    resume_grant,
    suspend_grant,
)
from registry.grants.operations.daily import act_of
from registry.grants.operations.deciding import (
    Signed,
    approve_decision,
    propose_decision,
    refuse_decision,
    revoke_decision,
    take_back_proposal,
)
from registry.grants.operations.errors import (
    AlreadyDecided,
    AmountNeeded,
    AnswerChanged,
    AnswerDiffers,
    DayOutOfOrder,
    EndNeeded,
    GroundNeeded,
    GroundNotListed,
    LinesNotFixed,
    NoSuchGroup,
    NotApplicable,
    NotPossible,
    OutOfBounds,
    OverPaid,
    SecondPersonNeeded,
)
from registry.grants.operations.giving import TO_FIX, commit_grant, fix_line, is_fixed
from registry.grants.operations.keeping import Act
from registry.grants.operations.letters import OWN_GRANTS, papers_of, tell_news
from registry.grants.operations.paying import Paid, record_payment, undo_payment

__all__ = [
    "OWN_GRANTS",
    "TO_FIX",
    "Act",
    "AlreadyDecided",
    "AmountNeeded",
    "AnswerChanged",
    "AnswerDiffers",
    "DayOutOfOrder",
    "EndNeeded",
    "GroundNeeded",
    "GroundNotListed",
    "LinesNotFixed",
    "NoSuchGroup",
    "NotApplicable",
    "NotPossible",
    "OutOfBounds",
    "OverPaid",
    "Paid",
    "Repaid",
    "SecondPersonNeeded",
    "Signed",
    "act_of",
    "approve_decision",
    "commit_grant",
    "complete_grant",
    "end_grant",
    "extend_grant",
    "find_breach",
    "fix_line",
    "is_fixed",
    "papers_of",
    "propose_decision",
    "record_payment",
    "record_repaid",
    "refuse_decision",
    "resume_grant",
    "revoke_decision",
    "suspend_grant",
    "take_back_proposal",
    "tell_news",
    "undo_payment",
    "waive_repayment",
]
