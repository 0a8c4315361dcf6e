"""What an event is and how events are chained. Pure: the keyed hash is handed in."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

# What the first event of a stream has in place of a predecessor.
GENESIS = "0" * 64

# The stream that lists the other streams, so that a whole stream cannot vanish unseen.
ROOT_STREAM = "streams"
INSTALLATION_STREAM = "installation"
ENTRANCE_STREAM = "entrance"

# Events of people who are not signed in: they share one stream.
_ENTRANCE_ACTIONS = ("sign_in.", "access.", "limit.")


@dataclass(frozen=True)
class Link:
    """The facts of one event that the chain protects."""

    stream: str
    position: int
    at: datetime
    by: int | None
    action: str
    subject_kind: str
    subject_id: str
    person: str | None
    content: str
    sealed: bytes | None


def stream_of(by: int | None, action: str) -> str:
    """The stream an event belongs to: its account's own, the entrance's or the installation's."""
    if by is not None:
        return f"account-{by}"
    return ENTRANCE_STREAM if action.startswith(_ENTRANCE_ACTIONS) else INSTALLATION_STREAM


def chain_text(link: Link, previous: str) -> str:
    """The text that is hashed: every fact of the event, its place, and the hash before it."""
    return canonical(
        [
            previous,
            link.stream,
            link.position,
            link.at.astimezone(UTC).isoformat(timespec="microseconds"),
            link.by,
            link.action,
            link.subject_kind,
            link.subject_id,
            link.person,
            link.content,
            None if link.sealed is None else link.sealed.hex(),
        ]
    )


def chained(link: Link, previous: str, digest: Callable[[str], str]) -> str:
    """The hash of this event under the installation's key."""
    return digest(chain_text(link, previous))


def canonical(value: Any) -> str:
    """JSON with one spelling: the same value is the same text on every machine."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def plain(value: object) -> Any:
    """A value as the log keeps it: JSON's own types, and text for everything else."""
    if value is None or isinstance(value, bool | int | str) and not isinstance(value, Enum):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return [plain(inner) for inner in value]
    return str(value)


def changes_content(changes: Mapping[str, tuple[object, object]]) -> dict[str, list[Any]]:
    """{field: [before, after]} of the fields that really changed."""
    kept = {name: [plain(before), plain(after)] for name, (before, after) in changes.items()}
    return {name: pair for name, pair in kept.items() if pair[0] != pair[1]}
