"""Writing the log: events are added, never touched again."""

from registry.audit.operations.listing import LISTED_EVERY, list_waiting
from registry.audit.operations.many import PersonEvent, record_people
from registry.audit.operations.recording import destroy_person_key, record, record_read

__all__ = [
    "LISTED_EVERY",
    "PersonEvent",
    "destroy_person_key",
    "list_waiting",
    "record",
    "record_people",
    "record_read",
]
