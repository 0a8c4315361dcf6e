"""What an event is and how events are chained."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, cast

# What the first event of a stream has in place of a predecessor.
GENESIS = "0" * 64

# The stream that lists the other streams, so that a whole stream cannot vanish unseen.
ROOT_STREAM = "streams"
INSTALLATION_STREAM = "installation"
ENTRANCE_STREAM = "entrance"
STREAM_OPENED = "stream.opened"

# Keeps the keyed hashes of the chain apart from every other use of the same key.
CHAIN_PURPOSE = "audit event"
NONCE_BYTES = 12

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
    """The text that is hashed under the installation's key: every fact, its place, and the hash before it."""
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


_ONE_SPELLING = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> str:
    """JSON with one spelling: the same value is the same text on every machine."""
    return _ONE_SPELLING(value)


_AS_THEY_ARE = frozenset({str, int, bool})


def plain(value: object) -> Any:
    """A value as the log keeps it: JSON's own types, and text for everything else."""
    kind = type(value)
    if value is None or kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [plain(inner) for inner in cast("Sequence[object]", value)]
    if kind is dict:
        return {str(key): plain(inner) for key, inner in cast("dict[object, object]", value).items()}
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in cast("Mapping[object, object]", value).items()}
    return _plain_list(value)


def _plain_list(value: object) -> Any:
    if isinstance(value, Set):
        return sorted((plain(inner) for inner in cast("Set[object]", value)), key=canonical)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(inner) for inner in cast("Sequence[object]", value)]
    return str(value)


def changed_fields(changes: Mapping[str, tuple[object, object]]) -> dict[str, list[Any]]:
    """{field: [before, after]} of the fields that really changed."""
    kept = {name: [plain(before), plain(after)] for name, (before, after) in changes.items()}
    return {name: pair for name, pair in kept.items() if pair[0] != pair[1]}


def people_in(content: str, person: str | None) -> list[str]:
    """The people an event is about, as its protected part tells; the table of people must hold the same."""
    listed: list[str] = json.loads(content).get("people", [])
    return sorted({*listed, person} if person else set(listed))


def key_place(person: str) -> str:
    """Where a person's wrapped key belongs; the key of another does not open there."""
    return f"person_key:{person}"


def sealing_place(person: str, stream: str, position: int) -> bytes:
    """The place a sealed part belongs to; moved elsewhere it does not open."""
    return f"audit:{person}:{stream}:{position}".encode()
