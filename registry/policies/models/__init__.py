"""Tables of the room: documents, parameters and yearly lists, versions of policies, and who compared which figure."""

from registry.policies.models.consultation import PolicyComment, PolicyConsultation
from registry.policies.models.documents import DocumentLink, LegalDocument
from registry.policies.models.parameters import Parameter, ParameterValue, YearlyList, YearlyListYear
from registry.policies.models.policies import Policy, PolicyScope, PolicyVersion, PolicyVersionStep
from registry.policies.models.verification import FigureVerification

__all__ = [
    "DocumentLink",
    "FigureVerification",
    "LegalDocument",
    "Parameter",
    "ParameterValue",
    "Policy",
    "PolicyComment",
    "PolicyConsultation",
    "PolicyScope",
    "PolicyVersion",
    "PolicyVersionStep",
    "YearlyList",
    "YearlyListYear",
]
