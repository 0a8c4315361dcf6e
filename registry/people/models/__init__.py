"""The tables of people: facts and invariants. No Flask, no queries."""

from registry.people.models.claims import (
    Achievement,
    Education,
    Evidence,
    EvidenceLink,
    Experience,
    LanguageClaim,
    SkillClaim,
)
from registry.people.models.facets import CadreFacet, ExpertFacet, OverseasFacet
from registry.people.models.person import (
    Contact,
    IdentityDocument,
    Nationality,
    Person,
    PersonName,
    SensitiveTraits,
    has_agreed,
)
from registry.people.models.wishes import AcceptedPlace, Affinity, Availability, AvailabilityForm

__all__ = [
    "AcceptedPlace",
    "Achievement",
    "Affinity",
    "Availability",
    "AvailabilityForm",
    "CadreFacet",
    "Contact",
    "Education",
    "Evidence",
    "EvidenceLink",
    "Experience",
    "ExpertFacet",
    "IdentityDocument",
    "LanguageClaim",
    "Nationality",
    "OverseasFacet",
    "Person",
    "PersonName",
    "SensitiveTraits",
    "SkillClaim",
    "has_agreed",
]
