"""Writes of the register: recording, the people affected, what is done about an incident, alerts. Never commit."""

from registry.incidents.operations.people import add_by_hand, add_from_log, take_off
from registry.incidents.operations.recording import (
    Happened,
    NotPossible,
    ReasonMissing,
    close_incident,
    describe_incident,
    record_incident,
    report_incident,
)
from registry.incidents.operations.telling import Letters, letters_to_go, tell_people

__all__ = [
    "Happened",
    "Letters",
    "NotPossible",
    "ReasonMissing",
    "add_by_hand",
    "add_from_log",
    "close_incident",
    "describe_incident",
    "letters_to_go",
    "record_incident",
    "report_incident",
    "take_off",
    "tell_people",
]
