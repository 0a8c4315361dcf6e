"""Who holds concepts and kept texts: the vocabulary lies below them, so the app hands them to it."""

from registry.accounts.rules import Permission
from registry.needs.operations import placing as needs
from registry.people.operations import placing as people
from registry.people.queries import holding
from registry.skills.queries import Holder

HOLDERS = (
    Holder(
        place=holding.PLACE,
        permission=Permission.PEOPLE_READ,
        counts=holding.claim_counts,
        touched=holding.claims_touched,
        owners=holding.claim_owners,
        count_rows=holding.held_claim_count,
        rows=holding.held_claims,
        write=people.move_claims,
        note_both=people.note_holders_of_both,
    ),
    Holder(
        place=needs.PLACE,
        permission=Permission.NEEDS_READ,
        counts=needs.need_counts,
        touched=needs.needs_touched,
        owners=needs.need_owners,
        count_rows=needs.held_skill_count,
        rows=needs.held_skills,
        write=needs.move_skills,
    ),
)
