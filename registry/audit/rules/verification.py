"""Walking over stored events and saying where the log stopped being what was written."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from itertools import groupby

from registry.audit.rules.chain import GENESIS, ROOT_STREAM, Link, chain_text, people_in


@dataclass(frozen=True)
class Break:
    """The first place where the log is not what was written. `position` 0 means the stream as a whole."""

    stream: str
    position: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """How much of the log was checked, and the first broken place if there is one."""

    events: int
    streams: int
    broken: Break | None


@dataclass(frozen=True)
class Head:
    """The end of one stream: how many events it has and the hash of the last."""

    length: int
    mac: str


@dataclass(frozen=True)
class StoredEvent:
    """One event as it lies in the database, with the people its index names: nobody until it is listed."""

    link: Link
    mac: str
    people: Sequence[str]
    is_listed: bool = True


def check_log(
    events: Iterable[StoredEvent],
    streams: Collection[str],
    digests: Callable[[str], Sequence[str]],
    known_heads: Mapping[str, Head],
) -> Verdict:
    """Recompute every chain over `events`, which come stream by stream and in order.

    `streams` are the names the database has registered, `digests` gives the hash of a text under every key
    of the installation. Finds edited, deleted, inserted and reordered events, changed lists of people and
    vanished streams; what was cut off the end of a stream is found through `known_heads` only.
    """
    walk = _Walk(digests, known_heads)
    for stream, chained in groupby(events, key=lambda event: event.link.stream):
        broken = walk.follow(stream, chained)
        if broken is not None:
            return Verdict(walk.events, len(walk.lengths), broken)
    return Verdict(walk.events, len(walk.lengths), walk.missing(streams))


class _Walk:
    """What has been seen so far."""

    def __init__(self, digests: Callable[[str], Sequence[str]], known_heads: Mapping[str, Head]) -> None:
        self._digests = digests
        self._known = known_heads
        self._announced: set[str] = set()
        self.lengths: dict[str, int] = {}
        self.events = 0

    def follow(self, stream: str, events: Iterable[StoredEvent]) -> Break | None:
        """Follow one stream from its first event; the first broken place ends the walk."""
        if stream in self.lengths:
            return Break(stream, 0, "two streams have this name")
        previous, position = GENESIS, 0
        for event in events:
            position += 1
            why = self._fault(event, previous, position)
            if why is not None:
                return Break(stream, position, why)
            previous = event.mac
            self.events += 1
            if stream == ROOT_STREAM:
                self._announced.add(event.link.subject_id)
        self.lengths[stream] = position
        return None

    def _fault(self, event: StoredEvent, previous: str, position: int) -> str | None:
        if event.link.position != position:
            return "an event is missing or out of order"
        text = chain_text(event.link, previous)
        if not any(compare_digest(event.mac.encode(), known.encode()) for known in self._digests(text)):
            return "an event was changed, moved or written with another key"
        named = people_in(event.link.content, event.link.person) if event.is_listed else []
        if named != sorted(event.people):
            return "the list of people of an event was changed"
        head = self._known.get(event.link.stream)
        if head is not None and head.length == position and head.mac != event.mac:
            return "the stream was rewritten since its head was kept"
        return None

    def missing(self, registered: Collection[str]) -> Break | None:
        """Streams that were announced, registered or known outside and are not here in full."""
        here = set(self.lengths)
        unlisted = here - self._announced - {ROOT_STREAM}
        gone = (self._announced | set(registered)) - here
        for stream in sorted(unlisted | gone):
            return Break(
                stream, 0, "the stream is not listed" if stream in unlisted else "the stream is gone"
            )
        for stream, head in sorted(self._known.items()):
            if self.lengths.get(stream, 0) < head.length:
                return Break(stream, self.lengths.get(stream, 0) + 1, "events are missing at the end")
        return None
