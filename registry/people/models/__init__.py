"""The tables of people: facts and invariants. No Flask, no queries."""

from registry.people.models.bulk_writes import NOTED, Unnoticed
from registry.people.models.changes import ChangeCounter, PersonChange
from registry.people.models.claims import (
    Achievement,
    Education,
    Evidence,
    EvidenceLink,
    Experience,
    LanguageClaim,
    SkillClaim,
)
from registry.people.models.duplicates import DuplicateMerge, DuplicatePair, DuplicateWaiting
from registry.people.models.facets import CadreFacet, ExpertFacet, OverseasFacet
from registry.people.models.full_text import TELLING, PersonText, told_of
from registry.people.models.keeping_text import keep_text, text_changed
from registry.people.models.letters import LetterStop
from registry.people.models.noting import (
    OF_EVERYBODY,
    OWNERS,
    Noted,
    note_changed,
    note_everybody,
    noted_so_far,
)
from registry.people.models.person import (
    Contact,
    IdentityDocument,
    Nationality,
    Person,
    PersonName,
    SensitiveTraits,
    has_agreed,
    has_withdrawn,
    is_open_for,
)
from registry.people.models.waiting import look_again
from registry.people.models.wishes import AcceptedPlace, Affinity, Availability, AvailabilityForm

__all__ = [
    "NOTED",
    "OF_EVERYBODY",
    "OWNERS",
    "TELLING",
    "AcceptedPlace",
    "Achievement",
    "Affinity",
    "Availability",
    "AvailabilityForm",
    "CadreFacet",
    "ChangeCounter",
    "Contact",
    "DuplicateMerge",
    "DuplicatePair",
    "DuplicateWaiting",
    "Education",
    "Evidence",
    "EvidenceLink",
    "Experience",
    "ExpertFacet",
    "IdentityDocument",
    "LanguageClaim",
    "LetterStop",
    "Nationality",
    "Noted",
    "OverseasFacet",
    "Person",
    "PersonChange",
    "PersonName",
    "PersonText",
    "SensitiveTraits",
    "SkillClaim",
    "Unnoticed",
    "has_agreed",
    "has_withdrawn",
    "is_open_for",
    "keep_text",
    "look_again",
    "note_changed",
    "note_everybody",
    "noted_so_far",
    "text_changed",
    "told_of",
]
