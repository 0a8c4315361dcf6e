"""The rule engine of policies: what may be offered to a person for a post, under which clause, at what cost.

Pure: plain values in, plain values out; no database, no clock. Read a law (`read_law`), `prepare` each version once,
then `answer` for any number of people. The engine suggests; a person decides.
"""

from registry.policies.rules.answering import answer
from registry.policies.rules.answers import (
    Answer,
    Applicability,
    Asked,
    Between,
    Change,
    Costs,
    Evidence,
    EvidenceState,
    ExistingGrant,
    Facts,
    GroupAnswer,
    LeafAnswer,
    LeftOut,
    Line,
    LineKind,
)
from registry.policies.rules.applying import Validity, validity
from registry.policies.rules.benefits import (
    Benefit,
    BenefitKind,
    CommitmentTerms,
    Modifier,
    Period,
    Repayment,
    RepaymentKind,
)
from registry.policies.rules.changes import can_change, smallest_changes
from registry.policies.rules.checking import check_version
from registry.policies.rules.commitments import (
    ALERT_DAYS,
    Commitment,
    Event,
    Extension,
    Standing,
    Suspension,
    add_months,
    alert,
    end,
    months_left,
    standing,
)
from registry.policies.rules.conditions import AllOf, AnyOf, AsOf, Leaf, Not, Rule
from registry.policies.rules.costs import OPEN_YEARS, instalments
from registry.policies.rules.deciding import group_states
from registry.policies.rules.documents import Document, Parameter, ParameterValue, Status, YearlyList
from registry.policies.rules.facts import CATALOGUE, Fact, FactKind, FactValue, Source, years_between
from registry.policies.rules.logic import State, all_of, any_of, negated
from registry.policies.rules.money import MOST_VND
from registry.policies.rules.plain import answer_data, costs_data, line_data, sum_data
from registry.policies.rules.policy import Group, Law, Stacking, Version
from registry.policies.rules.preparing import Ready, prepare
from registry.policies.rules.reading import read_law, read_version
from registry.policies.rules.reading_facts import read_asked, read_facts
from registry.policies.rules.refusals import PolicyRefused, Problem
from registry.policies.rules.repaying import Repayable, repayable
from registry.policies.rules.words import Names, Words

__all__ = [
    "ALERT_DAYS",
    "CATALOGUE",
    "MOST_VND",
    "OPEN_YEARS",
    "AllOf",
    "Answer",
    "AnyOf",
    "Applicability",
    "AsOf",
    "Asked",
    "Benefit",
    "BenefitKind",
    "Between",
    "Change",
    "Commitment",
    "CommitmentTerms",
    "Costs",
    "Document",
    "Event",
    "Evidence",
    "EvidenceState",
    "ExistingGrant",
    "Extension",
    "Fact",
    "FactKind",
    "FactValue",
    "Facts",
    "Group",
    "GroupAnswer",
    "Law",
    "Leaf",
    "LeafAnswer",
    "LeftOut",
    "Line",
    "LineKind",
    "Modifier",
    "Names",
    "Not",
    "Parameter",
    "ParameterValue",
    "Period",
    "PolicyRefused",
    "Problem",
    "Ready",
    "Repayable",
    "Repayment",
    "RepaymentKind",
    "Rule",
    "Source",
    "Stacking",
    "Standing",
    "State",
    "Status",
    "Suspension",
    "Validity",
    "Version",
    "Words",
    "YearlyList",
    "add_months",
    "alert",
    "all_of",
    "answer",
    "answer_data",
    "any_of",
    "can_change",
    "check_version",
    "costs_data",
    "end",
    "group_states",
    "instalments",
    "line_data",
    "months_left",
    "negated",
    "prepare",
    "read_asked",
    "read_facts",
    "read_law",
    "read_version",
    "repayable",
    "smallest_changes",
    "standing",
    "sum_data",
    "validity",
    "years_between",
]
