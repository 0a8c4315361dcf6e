"""Reads of the register of incidents."""

from registry.incidents.queries.affected import (
    affected_page,
    codes_of,
    counts_of,
    events_of,
    people_by_incident,
)
from registry.incidents.queries.incidents import clocks_now, incident_of, open_incidents, register, unreported
from registry.incidents.queries.words import Told, step_place, step_words, told_of, told_place

__all__ = [
    "Told",
    "affected_page",
    "clocks_now",
    "codes_of",
    "counts_of",
    "events_of",
    "incident_of",
    "open_incidents",
    "people_by_incident",
    "register",
    "step_place",
    "step_words",
    "told_of",
    "told_place",
    "unreported",
]
