"""Reads of people. Every list of people starts from `people_for`."""

from registry.people.queries.cards import PersonCard, SkillLine
from registry.people.queries.changes import (
    ChangesSince,
    Reached,
    change_number,
    changes_since,
    has_unsaved_changes,
    listed,
    people_among,
    reached,
)
from registry.people.queries.details import (
    Profile,
    entry_of,
    organisation_name,
    places_of,
    profile_of,
    unit_words,
)
from registry.people.queries.duplicates import likely_same, submitted_before
from registry.people.queries.full_text import ids_with_text, texts_shown, told_in_text
from registry.people.queries.identified import (
    people_with_codes,
    people_with_emails,
    people_with_external_ids,
    person_with_identity,
)
from registry.people.queries.keeping import KeptPlace, kept_place
from registry.people.queries.kept_cards import person_cards
from registry.people.queries.listing import people_by_code
from registry.people.queries.narrowing import (
    comes_from,
    degree_at_least,
    has_degree,
    lives_inside,
    named_like,
    option_condition,
    studied,
    worked_between,
)
from registry.people.queries.private import TRAITS, contacts_in_clear, identities_in_clear, traits_in_clear
from registry.people.queries.reads import ReadEvent, reads_of
from registry.people.queries.shown import PersonShown, shown_columns, with_changes
from registry.people.queries.verification import get_evidence, waiting_evidence
from registry.people.queries.visible import (
    anonymous_name,
    display_name,
    get_of_office,
    get_own,
    get_survivor,
    get_visible,
    get_without_ground,
    ground_condition,
    is_public_id,
    may_be_named,
    merged_into,
    named_condition,
    own_record,
    people_for,
    visible_condition,
)

__all__ = [
    "TRAITS",
    "ChangesSince",
    "KeptPlace",
    "PersonCard",
    "PersonShown",
    "Profile",
    "Reached",
    "ReadEvent",
    "SkillLine",
    "anonymous_name",
    "change_number",
    "changes_since",
    "comes_from",
    "contacts_in_clear",
    "degree_at_least",
    "display_name",
    "entry_of",
    "get_evidence",
    "get_of_office",
    "get_own",
    "get_survivor",
    "get_visible",
    "get_without_ground",
    "ground_condition",
    "has_degree",
    "has_unsaved_changes",
    "identities_in_clear",
    "ids_with_text",
    "is_public_id",
    "kept_place",
    "likely_same",
    "listed",
    "lives_inside",
    "may_be_named",
    "merged_into",
    "named_condition",
    "named_like",
    "option_condition",
    "organisation_name",
    "own_record",
    "people_among",
    "people_by_code",
    "people_for",
    "people_with_codes",
    "people_with_emails",
    "people_with_external_ids",
    "person_cards",
    "person_with_identity",
    "places_of",
    "profile_of",
    "reached",
    "reads_of",
    "shown_columns",
    "studied",
    "submitted_before",
    "texts_shown",
    "told_in_text",
    "traits_in_clear",
    "unit_words",
    "visible_condition",
    "waiting_evidence",
    "with_changes",
    "worked_between",
]
