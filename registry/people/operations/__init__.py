"""The verbs of people: each takes the session first, records one event, flushes, and never commits."""

from registry.people.operations.agreements import (
    give_consent,
    withdraw_consent,
)
from registry.people.operations.claims import (
    claim_language,
    claim_skill,
    close_language_claim,
    close_skill_claim,
    language_draft_of,
    revise_language_claim,
    revise_skill_claim,
    skill_draft_of,
)
from registry.people.operations.entries import (
    add_entry,
    draft_of,
    remove_entry,
    revise_entry,
)
from registry.people.operations.errors import (
    AlreadyChecked,
    AlreadyClaimed,
    AlreadyOwned,
    AlreadySubmitted,
    ConsentMissing,
    EditedMeanwhile,
    IdentityTaken,
    NoAddress,
    ReasonMissing,
    WrongClaims,
)
from registry.people.operations.evidence import (
    attach_evidence,
    claims_of,
    reject_evidence,
    verify_evidence,
)
from registry.people.operations.identity import (
    add_identity,
    check_version,
    contact_texts,
    remove_identity,
    replace_contacts,
    revise_person,
    self_of,
    set_sensitive_traits,
)
from registry.people.operations.invitations import (
    accept_owner,
    invite_person,
    is_address_of,
    make_owner,
)
from registry.people.operations.registration import (
    free_code,
    register_person,
    take_back_registration,
)
from registry.people.operations.texts import keep_missing_texts
from registry.people.operations.wishes import (
    availability_draft_of,
    confirm_profile,
    current_availability,
    set_accepted_places,
    set_availability,
)

__all__ = [
    "AlreadyChecked",
    "AlreadyClaimed",
    "AlreadyOwned",
    "AlreadySubmitted",
    "ConsentMissing",
    "EditedMeanwhile",
    "IdentityTaken",
    "NoAddress",
    "ReasonMissing",
    "WrongClaims",
    "accept_owner",
    "add_entry",
    "add_identity",
    "attach_evidence",
    "availability_draft_of",
    "check_version",
    "claim_language",
    "claim_skill",
    "claims_of",
    "close_language_claim",
    "close_skill_claim",
    "confirm_profile",
    "contact_texts",
    "current_availability",
    "draft_of",
    "free_code",
    "give_consent",
    "invite_person",
    "is_address_of",
    "keep_missing_texts",
    "language_draft_of",
    "make_owner",
    "register_person",
    "reject_evidence",
    "remove_entry",
    "remove_identity",
    "replace_contacts",
    "revise_entry",
    "revise_language_claim",
    "revise_person",
    "revise_skill_claim",
    "self_of",
    "set_accepted_places",
    "set_availability",
    "set_sensitive_traits",
    "skill_draft_of",
    "take_back_registration",
    "verify_evidence",
    "withdraw_consent",
]
