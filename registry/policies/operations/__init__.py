"""Writes of the room. Nothing here commits."""

from registry.policies.operations.consulting import (
    AgencyAnswer,
    Settled,
    ask_agencies,
    keep_answer,
    settle_comment,
)
from registry.policies.operations.documents import DocumentFacts, add_document, edit_document
from registry.policies.operations.errors import (
    CodeTaken,
    FigureChanged,
    LinkRefused,
    NotPossible,
    PeriodTaken,
    SecondPersonNeeded,
    VersionsOverlap,
)
from registry.policies.operations.loading import load_policies
from registry.policies.operations.parameters import NewValue, add_list_year, add_parameter_value
from registry.policies.operations.verifying import Compared, verify_figure
from registry.policies.operations.versions import (
    approve_version,
    begin_policy,
    draft_from,
    edit_draft,
    send_back_version,
    submit_version,
    undo_step,
    withdraw_version,
)

__all__ = [
    "AgencyAnswer",
    "CodeTaken",
    "Compared",
    "DocumentFacts",
    "FigureChanged",
    "LinkRefused",
    "NewValue",
    "NotPossible",
    "PeriodTaken",
    "SecondPersonNeeded",
    "Settled",
    "VersionsOverlap",
    "add_document",
    "add_list_year",
    "add_parameter_value",
    "approve_version",
    "ask_agencies",
    "begin_policy",
    "draft_from",
    "edit_document",
    "edit_draft",
    "keep_answer",
    "load_policies",
    "send_back_version",
    "settle_comment",
    "submit_version",
    "undo_step",
    "verify_figure",
    "withdraw_version",
]
