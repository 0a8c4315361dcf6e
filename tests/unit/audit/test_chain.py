"""The chain: whatever is done to stored events is found, and untouched ones verify (the control)."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.audit import rules
from registry.audit.rules import GENESIS, ROOT_STREAM, Head, Link, StoredEvent, Verdict

START = datetime(2026, 11, 25, 1, 2, 3, 456789, tzinfo=UTC)
STREAMS = (ROOT_STREAM, "account-1", "account-2", "entrance")


def seeded(seed: int) -> Random:
    return Random(seed)


def digest(text: str, key: bytes = b"khoa") -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def log_of(rng: Random) -> dict[str, list[StoredEvent]]:
    """A log as it would be written: the root stream announces the others, reads carry their people."""
    log: dict[str, list[StoredEvent]] = {name: [] for name in STREAMS}
    for name in STREAMS[1:]:
        _append(log, Link(ROOT_STREAM, 0, START, None, rules.STREAM_OPENED, "stream", name, None, "{}", None))
    for number in range(rng.randrange(6, 30)):
        people = sorted({f"p{rng.randrange(9)}" for _ in range(rng.randrange(4))})
        content = rules.canonical({"people": people, "n": number} if rng.random() < 0.5 else {"n": number})
        person = f"p{rng.randrange(9)}" if rng.random() < 0.3 else None
        sealed = rng.randbytes(20) if person else None
        at = START + timedelta(seconds=number)
        stream = rng.choice(STREAMS[1:])
        _append(log, Link(stream, 0, at, 1, "need.closed", "need", f"s{number}", person, content, sealed))
    for name in STREAMS[1:]:
        if not log[name]:
            _append(log, Link(name, 0, START, None, "x.y", "z", "1", None, "{}", None))
    return log


def _append(log: dict[str, list[StoredEvent]], link: Link) -> None:
    events = log[link.stream]
    placed = replace(link, position=len(events) + 1)
    previous = events[-1].mac if events else GENESIS
    people = rules.people_in(placed.content, placed.person)
    events.append(StoredEvent(placed, digest(rules.chain_text(placed, previous)), people))


def check(log: dict[str, list[StoredEvent]], heads: dict[str, Head] | None = None) -> Verdict:
    flat = [event for name in log for event in log[name]]
    return rules.check_log(
        flat, [name for name in log if log[name]], lambda text: [digest(text)], heads or {}
    )


def heads_of(log: dict[str, list[StoredEvent]]) -> dict[str, Head]:
    return {name: Head(len(events), events[-1].mac) for name, events in log.items() if events}


Tamper = Callable[[Random, list[StoredEvent]], list[StoredEvent] | None]


def edit(rng: Random, events: list[StoredEvent]) -> list[StoredEvent]:
    at = rng.randrange(len(events))
    link = events[at].link
    changed: dict[str, Any] = rng.choice(
        [
            {"at": link.at + timedelta(microseconds=1)},
            {"by": (link.by or 0) + 1},
            {"by": None if link.by is not None else 7},
            {"action": link.action + "x"},
            {"subject_kind": link.subject_kind + "x"},
            {"subject_id": link.subject_id + "x"},
            {"person": (link.person or "") + "q"},
            {"content": link.content.replace("{", '{"a":1,', 1) if link.content != "{}" else '{"a":1}'},
            {"sealed": b"x" if link.sealed is None else None},
            {"sealed": (link.sealed or b"") + b"\0"},
            {"position": link.position + 1},
        ]
    )
    return [*events[:at], replace(events[at], link=replace(link, **changed)), *events[at + 1 :]]


def forge_mac(rng: Random, events: list[StoredEvent]) -> list[StoredEvent]:
    at = rng.randrange(len(events))
    return [*events[:at], replace(events[at], mac=digest("lạ", b"khoa khac")), *events[at + 1 :]]


def delete(rng: Random, events: list[StoredEvent]) -> list[StoredEvent] | None:
    if len(events) < 2:
        return None
    at = rng.randrange(len(events) - 1)  # the last one is a cut tail, which has its own test
    return events[:at] + events[at + 1 :]


def delete_and_renumber(rng: Random, events: list[StoredEvent]) -> list[StoredEvent] | None:
    left = delete(rng, events)
    if left is None:
        return None
    return [replace(event, link=replace(event.link, position=n)) for n, event in enumerate(left, start=1)]


def swap(rng: Random, events: list[StoredEvent]) -> list[StoredEvent] | None:
    if len(events) < 2:
        return None
    at = rng.randrange(len(events) - 1)
    first, second = events[at], events[at + 1]
    first_place, second_place = first.link.position, second.link.position
    moved = [
        replace(second, link=replace(second.link, position=first_place)),
        replace(first, link=replace(first.link, position=second_place)),
    ]
    return [*events[:at], *moved, *events[at + 2 :]]


def insert_copy(rng: Random, events: list[StoredEvent]) -> list[StoredEvent]:
    at = rng.randrange(len(events))
    return [*events[: at + 1], events[at], *events[at + 1 :]]


def change_people(rng: Random, events: list[StoredEvent]) -> list[StoredEvent]:
    at = rng.randrange(len(events))
    people = list(events[at].people)
    changed = people[:-1] if people and rng.random() < 0.5 else [*people, "p99"]
    return [*events[:at], replace(events[at], people=changed), *events[at + 1 :]]


TAMPERS: list[Tamper] = [edit, forge_mac, delete, delete_and_renumber, swap, insert_copy, change_people]


@pytest.mark.parametrize("seed", range(30))
def test_an_untouched_log_verifies(seed: int) -> None:
    log = log_of(seeded(seed))
    verdict = check(log, heads_of(log))
    assert verdict.broken is None
    assert verdict.events == sum(len(events) for events in log.values())
    assert verdict.streams == len(STREAMS)


@pytest.mark.slow
@pytest.mark.parametrize("tamper", TAMPERS)
def test_random_tampering_is_always_found_at_its_place(tamper: Tamper) -> None:
    tried = 0
    for seed in range(150):
        rng = seeded(seed)
        log = log_of(rng)
        stream = rng.choice(STREAMS)
        changed = tamper(rng, log[stream])
        if changed is None:
            continue
        log[stream] = changed
        broken = check(log).broken
        assert broken is not None, (tamper, seed)
        assert broken.stream == stream
        tried += 1
    assert tried >= 60


def test_a_cut_tail_is_found_with_the_head_kept_outside_and_only_with_it() -> None:
    found_without = 0
    for seed in range(100):
        rng = seeded(seed)
        log = log_of(rng)
        heads = heads_of(log)
        stream = rng.choice([name for name in STREAMS[1:] if len(log[name]) > 1])
        cut = rng.randrange(1, len(log[stream]))
        log[stream] = log[stream][:-cut]
        found_without += check(log).broken is not None
        broken = check(log, heads).broken
        assert broken is not None
        assert (broken.stream, broken.position) == (stream, len(log[stream]) + 1)
    assert found_without == 0


def test_a_stream_that_vanishes_whole_is_missed_by_the_list_of_streams() -> None:
    log = log_of(seeded(1))
    log["account-2"] = []
    broken = check(log).broken
    assert broken is not None
    assert (broken.stream, broken.position, broken.why) == ("account-2", 0, "the stream is gone")


def test_a_stream_nobody_announced_is_found() -> None:
    log = log_of(seeded(2))
    log["account-3"] = []
    _append(log, Link("account-3", 0, START, 3, "x.y", "z", "1", None, "{}", None))
    broken = check(log).broken
    assert broken is not None
    assert broken.why == "the stream is not listed"


def test_a_stream_rewritten_with_the_key_differs_from_its_head() -> None:
    log = log_of(seeded(3))
    heads = heads_of(log)
    events, log["entrance"] = log["entrance"], []
    for event in events:
        _append(log, replace(event.link, subject_id="khác"))
    assert check(log).broken is None
    broken = check(log, heads).broken
    assert broken is not None
    assert broken.why == "the stream was rewritten since its head was kept"


def test_two_streams_of_one_name_are_found() -> None:
    log = log_of(seeded(4))
    flat = [event for name in log for event in log[name]] + log["account-1"]
    verdict = rules.check_log(flat, list(log), lambda text: [digest(text)], {})
    assert verdict.broken is not None


def test_an_older_key_still_verifies() -> None:
    log = log_of(seeded(5))
    flat = [event for name in log for event in log[name]]
    assert rules.check_log(flat, list(log), lambda t: [digest(t, b"moi"), digest(t)], {}).broken is None
    assert rules.check_log(flat, list(log), lambda t: [digest(t, b"moi")], {}).broken is not None


def test_events_find_their_stream() -> None:
    assert rules.stream_of(7, "need.closed") == "account-7"
    assert rules.stream_of(None, "sign_in.refused") == "entrance"
    assert rules.stream_of(None, "limit.sign_in") == "entrance"
    assert rules.stream_of(None, "need.imported") == "installation"


class Colour(StrEnum):
    RED = "đỏ"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("chữ", "chữ"),
        (Colour.RED, "đỏ"),
        (date(2026, 11, 25), "2026-11-25"),
        (START, "2026-11-25T01:02:03.456789+00:00"),
        ({"a": (1, {Colour.RED})}, {"a": [1, ["đỏ"]]}),
        ({3, 1, 2}, [1, 2, 3]),
        (1.5, "1.5"),
        (b"\0", "b'\\x00'"),
    ],
)
def test_values_are_kept_as_plain_ones(value: object, kept: object) -> None:
    assert rules.plain(value) == kept


def test_only_fields_that_changed_are_kept() -> None:
    assert rules.changed_fields({"a": (1, 1), "b": (1, 2), "c": (None, "")}) == {"b": [1, 2], "c": [None, ""]}


@pytest.mark.slow
@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s))
)
def test_one_value_has_one_spelling(value: Any) -> None:
    assert rules.canonical(value) == rules.canonical(rules.plain(value))


def test_time_is_hashed_in_utc() -> None:
    link = Link("a", 1, START, 1, "x.y", "z", "1", None, "{}", None)
    local = replace(link, at=START.astimezone(tz=None))
    assert rules.chain_text(link, GENESIS) == rules.chain_text(local, GENESIS)
