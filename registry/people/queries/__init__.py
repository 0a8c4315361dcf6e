"""Reads of people. Every list of people starts from `people_for`."""

from registry.people.queries.changes import ChangesSince, change_number, changes_since, people_among
from registry.people.queries.details import (
    PersonCard,
    Profile,
    SkillLine,
    entry_of,
    organisation_name,
    person_cards,
    places_of,
    profile_of,
    unit_words,
)
from registry.people.queries.duplicates import likely_same, submitted_before
from registry.people.queries.listing import (
    FACETS,
    PeopleFilter,
    option_counts,
    people_by_code,
    people_page,
    visible_count,
)
from registry.people.queries.private import TRAITS, contacts_in_clear, identities_in_clear, traits_in_clear
from registry.people.queries.reads import ReadEvent, reads_of
from registry.people.queries.verification import get_evidence, waiting_evidence
from registry.people.queries.visible import (
    anonymous_name,
    display_name,
    get_visible,
    get_without_ground,
    ground_condition,
    may_be_named,
    named_condition,
    people_for,
    visible_condition,
)

__all__ = [
    "FACETS",
    "TRAITS",
    "ChangesSince",
    "PeopleFilter",
    "PersonCard",
    "Profile",
    "ReadEvent",
    "SkillLine",
    "anonymous_name",
    "change_number",
    "changes_since",
    "contacts_in_clear",
    "display_name",
    "entry_of",
    "get_evidence",
    "get_visible",
    "get_without_ground",
    "ground_condition",
    "identities_in_clear",
    "likely_same",
    "may_be_named",
    "named_condition",
    "option_counts",
    "organisation_name",
    "people_among",
    "people_by_code",
    "people_for",
    "people_page",
    "person_cards",
    "places_of",
    "profile_of",
    "reads_of",
    "submitted_before",
    "traits_in_clear",
    "unit_words",
    "visible_condition",
    "visible_count",
    "waiting_evidence",
]
