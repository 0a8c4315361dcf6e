"""Writing the log: events are added, never touched again."""

from registry.audit.operations.listing import LISTED_EVERY, list_waiting
from registry.audit.operations.many import (
    NewPersonEvent,
    PersonEvent,
    new_person_event,
    record_new_people,
    record_people,
)
from registry.audit.operations.recording import destroy_person_key, record, record_read

__all__ = [
    "LISTED_EVERY",
    "NewPersonEvent",
    "PersonEvent",
    "destroy_person_key",
    "list_waiting",
    "new_person_event",
    "record",
    "record_new_people",
    "record_people",
    "record_read",
]
