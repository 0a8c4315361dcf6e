"""Reading the log: verifying its chains, its heads, and pages of events. Changes nothing."""

import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from registry.audit import rules
from registry.audit.models import AuditEvent, AuditEventPerson, AuditEventUnlisted, AuditStream, PersonKey
from registry.audit.rules import CHAIN_PURPOSE, NONCE_BYTES, Head, StoredEvent, Verdict, key_place
from registry.db.keys import WrongKey, keyring_of

PAGE_SIZE = 50
_BATCH = 500


def heads(session: Session) -> dict[str, Head]:
    """The end of every stream, to be kept outside: only with it is a cut tail noticed."""
    last = select(AuditEvent.stream_id, func.max(AuditEvent.position).label("position")).group_by(
        AuditEvent.stream_id
    )
    ends = last.subquery()
    rows = session.execute(
        select(AuditStream.name, AuditEvent.position, AuditEvent.mac)
        .join(ends, and_(AuditEvent.stream_id == ends.c.stream_id, AuditEvent.position == ends.c.position))
        .join(AuditStream, AuditStream.id == AuditEvent.stream_id)
        .order_by(AuditStream.name)
    )
    return {name: Head(position, mac) for name, position, mac in rows}


def verify(session: Session, known_heads: Mapping[str, Head] | None = None) -> Verdict:
    """Recompute every chain of the log; with heads kept outside, also check that each stream still reaches them."""
    keyring = keyring_of(session)
    names = session.scalars(select(AuditStream.name)).all()
    return rules.check_log(
        _stored_events(session), names, lambda text: keyring.digests(text, CHAIN_PURPOSE), known_heads or {}
    )


def _stored_events(session: Session) -> Iterator[StoredEvent]:
    """All events, stream by stream and in order, in batches that fit in memory."""
    ordered = (
        select(AuditEvent, AuditStream.name)
        .join(AuditStream, AuditStream.id == AuditEvent.stream_id)
        .order_by(AuditStream.id, AuditEvent.position, AuditEvent.id)
        .execution_options(yield_per=_BATCH, populate_existing=True)
    )
    for batch in session.execute(ordered).partitions():
        ids = [event.id for event, _name in batch]
        listed, waiting = _people_of(session, ids), _waiting_among(session, ids)
        for event, name in batch:
            yield StoredEvent(
                _link_of(event, name), event.mac, listed.get(event.id, []), is_listed=event.id not in waiting
            )
            session.expunge(event)


def _link_of(event: AuditEvent, stream: str) -> rules.Link:
    return rules.Link(
        stream=stream,
        position=event.position,
        at=event.at,
        by=event.by_id,
        action=event.action,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        person=event.person,
        content=event.content,
        sealed=event.sealed,
    )


def _people_of(session: Session, event_ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(AuditEventPerson.event_id, AuditEventPerson.person).where(
            AuditEventPerson.event_id.in_(event_ids)
        )
    )
    listed: dict[int, list[str]] = {}
    for event_id, person in rows:
        listed.setdefault(event_id, []).append(person)
    return listed


def _waiting_among(session: Session, event_ids: Sequence[int]) -> set[int]:
    """Which of these events wait until their people are listed."""
    waiting = select(AuditEventUnlisted.event_id).where(AuditEventUnlisted.event_id.in_(event_ids))
    return set(session.scalars(waiting))


def _waiting_about(session: Session, person: str) -> Sequence[int]:
    """The ids of events that name this person and wait to be listed; there are never many."""
    waiting = select(AuditEvent.id, AuditEvent.content, AuditEvent.person).join(
        AuditEventUnlisted, AuditEventUnlisted.event_id == AuditEvent.id
    )
    return [
        event_id
        for event_id, content, about in session.execute(waiting)
        if person in content and person in rules.people_in(content, about)
    ]


@dataclass(frozen=True)
class EventFilter:
    """What a page of the log is narrowed to; empty means everything. `subject_id` also finds who was on a list.

    `read_of` leaves only looks at this person's data, by others than the account `but_by_id`; `read_of_also` are
    records of the same person that were merged into that one.
    """

    by_id: int | None = None
    by_ids: Select[int] | None = None
    action: str = ""
    subject_id: str = ""
    read_of: str = ""
    read_of_also: tuple[str, ...] = ()
    but_by_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class LogLine:
    """One event as the page shows it: which fields changed, never their values."""

    at: datetime
    by_id: int | None
    action: str
    subject_kind: str
    subject_id: str
    fields: tuple[str, ...]
    people_count: int
    reason: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class LogPage:
    """Some lines, newest first, and the mark with which the next page begins ("" at the end)."""

    lines: tuple[LogLine, ...]
    older: str


def log_page(session: Session, wanted: EventFilter, before: str = "") -> LogPage:
    """One page of events, newest first, from the mark of an earlier page on (keyset paging)."""
    statement = select(AuditEvent).where(*_conditions(session, wanted))
    after = _opened_mark(session, before)
    if after is not None:
        at, number = after
        statement = statement.where(
            or_(AuditEvent.at < at, and_(AuditEvent.at == at, AuditEvent.id < number))
        )
    statement = statement.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(PAGE_SIZE + 1)
    events = session.scalars(statement).all()
    shown = events[:PAGE_SIZE]
    older = _mark(session, shown[-1]) if len(events) > PAGE_SIZE else ""
    streams = dict(session.execute(select(AuditStream.id, AuditStream.name)).all())
    keys = _keys_of(session, {event.person for event in shown if event.person is not None})
    return LogPage(tuple(_line(event, streams[event.stream_id], keys) for event in shown), older)


def actions(session: Session) -> Sequence[str]:
    """The actions that occur in the log, for its filter."""
    return session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def private_part(session: Session, event: AuditEvent) -> dict[str, Any] | None:
    """The sealed part of an event: {"changes": …, "reason": …}; None when there is none or its key is destroyed."""
    if event.person is None:
        return None
    stream = session.scalars(select(AuditStream.name).where(AuditStream.id == event.stream_id)).one()
    return _opened(event, stream, _keys_of(session, {event.person}))


def ids_about(session: Session, person: str) -> CompoundSelect[int]:
    """The ids of all events that read or changed this person's data, to be asked for in a statement."""
    return union_all(
        select(AuditEventPerson.event_id).where(AuditEventPerson.person == person),
        select(AuditEvent.id).where(AuditEvent.id.in_(_waiting_about(session, person))),
    )


def events_about(session: Session, person: str) -> Sequence[AuditEvent]:
    """Every event that read or changed this person's data, newest first."""
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.id.in_(ids_about(session, person)))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    ).all()


def people_of_events(session: Session, wanted: EventFilter, need: str = "") -> dict[str, int]:
    """{person (public id): in how many of these events}, from what the events themselves say, read in batches.

    `need` leaves only events that name this need (public id). Who looked and who changed count alike.
    """
    statement = select(AuditEvent.content, AuditEvent.person).where(*_conditions(session, wanted))
    if need:
        statement = statement.where(AuditEvent.content.contains(need, autoescape=True))
    counted: dict[str, int] = {}
    for content, about in session.execute(statement.execution_options(yield_per=_BATCH)):
        for person in rules.people_in(content, about):
            counted[person] = counted.get(person, 0) + 1
    return counted


def _conditions(session: Session, wanted: EventFilter) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.by_id is not None:
        narrowed.append(AuditEvent.by_id == wanted.by_id)
    if wanted.by_ids is not None:
        narrowed.append(AuditEvent.by_id.in_(wanted.by_ids))
    if wanted.action:
        narrowed.append(AuditEvent.action == wanted.action)
    if wanted.subject_id:
        about = AuditEvent.id.in_(ids_about(session, wanted.subject_id))
        narrowed.append(or_(AuditEvent.subject_id == wanted.subject_id, about))
    narrowed += _looks(session, wanted)
    if wanted.since is not None:
        narrowed.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        narrowed.append(AuditEvent.at < wanted.until)
    return narrowed


def _looks(session: Session, wanted: EventFilter) -> list[ColumnElement[bool]]:
    """The conditions of looks at a person's data by others."""
    found: list[ColumnElement[bool]] = []
    if wanted.read_of:  # what changed a person's data names the person itself; a look does not
        records = (wanted.read_of, *wanted.read_of_also)
        about = or_(*(AuditEvent.id.in_(ids_about(session, one)) for one in records))
        found += [about, AuditEvent.person.is_(None)]
    if wanted.but_by_id is not None:
        found.append(or_(AuditEvent.by_id.is_(None), AuditEvent.by_id != wanted.but_by_id))
    return found


def _line(event: AuditEvent, stream: str, keys: Mapping[str, bytes]) -> LogLine:
    content: dict[str, Any] = json.loads(event.content)
    told = (_opened(event, stream, keys) or {}) if event.sealed is not None else content
    detail = {name: value for name, value in content.items() if name not in {"people", "changes", "reason"}}
    return LogLine(
        at=event.at,
        by_id=event.by_id,
        action=event.action,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        fields=tuple(sorted(told.get("changes", {}))),
        people_count=len(rules.people_in(event.content, event.person)),
        reason=str(told.get("reason", "")) if event.sealed is None else "",
        detail=detail,
    )


def _keys_of(session: Session, people: set[str]) -> dict[str, bytes]:
    keyring = keyring_of(session)
    rows = session.execute(
        select(PersonKey.person, PersonKey.wrapped).where(PersonKey.person.in_(sorted(people)))
    )
    opened: dict[str, bytes] = {}
    for person, wrapped in rows:
        try:
            opened[person] = b64decode(keyring.open(wrapped, key_place(person)))
        except WrongKey:
            continue  # the page shows less; `registry audit verify` does not need this key
    return opened


def _opened(event: AuditEvent, stream: str, keys: Mapping[str, bytes]) -> dict[str, Any] | None:
    if event.sealed is None or event.person is None or event.person not in keys:
        return None
    place = rules.sealing_place(event.person, stream, event.position)
    nonce, sealed = event.sealed[:NONCE_BYTES], event.sealed[NONCE_BYTES:]
    try:
        return json.loads(AESGCM(keys[event.person]).decrypt(nonce, sealed, place))
    except InvalidTag:
        return None  # written under a key that was destroyed since


def _mark(session: Session, event: AuditEvent) -> str:
    """Where the next page begins, sealed: a row number must not show in an address."""
    return urlsafe_b64encode(
        keyring_of(session).seal(f"{event.at.isoformat()}|{event.id}", "audit page")
    ).decode()


def _opened_mark(session: Session, mark: str) -> tuple[datetime, int] | None:
    """Time and number of the last line shown; None for no mark or one that is not ours."""
    try:
        at, number = keyring_of(session).open(urlsafe_b64decode(mark), "audit page").split("|")
    except (ValueError, WrongKey):
        return None
    return datetime.fromisoformat(at), int(number)
