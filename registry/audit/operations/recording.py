"""Writing the log: one event a write, one a read of personal data. Events are added, never touched again."""

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, delete, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from registry.audit import rules
from registry.audit.models import AuditEvent, AuditStream, PersonKey
from registry.audit.operations.listing import keep_people
from registry.audit.rules import CHAIN_PURPOSE, NONCE_BYTES, key_place
from registry.db import read_rows
from registry.db.keys import Keyring, keyring_of

_KEY_BYTES = 32
_HELD = "registry.audit"
_EVENTS: Any = AuditEvent.__table__
_KEYS: Any = PersonKey.__table__

# Every page that shows people sends these four.
_STREAM = select(AuditStream.id).where(AuditStream.name == bindparam("name")).with_for_update()
_NEWEST = (
    select(AuditEvent.position, AuditEvent.mac)
    .where(AuditEvent.stream_id == bindparam("stream_id"))
    .order_by(AuditEvent.position.desc())
    .limit(1)
)
# On SQLite the writer holds its place since it began, so that one look finds the stream and its end. Elsewhere the row
# of the stream must be locked before its newest event is looked for: while waiting, another may be added.
_END_OF_HELD = (
    select(AuditStream.id, AuditEvent.position, AuditEvent.mac)
    .outerjoin(AuditEvent, AuditEvent.stream_id == AuditStream.id)
    .where(AuditStream.name == bindparam("name"))
    .order_by(AuditEvent.position.desc())
    .limit(1)
)
_ADD_EVENT = insert(_EVENTS)


def record(
    session: Session,
    by: int | None,
    action: str,
    subject_kind: str,
    subject_id: str,
    *,
    changes: Mapping[str, tuple[object, object]] | None = None,
    person: str | None = None,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> None:
    """Add the event of one write by account `by` (None: a command or nobody signed in).

    `changes` is {field: (before, after)}. With `person` (a public id) the changes and the reason count as
    that person's values and are encrypted under the person's key; without, they are kept in the clear, so
    they must hold nothing personal. `detail` is always in the clear. `at` defaults to this instant.
    """
    told: dict[str, Any] = {}
    if changes:
        told["changes"] = rules.changed_fields(changes)
    if reason:
        told["reason"] = reason
    content: dict[str, Any] = (
        {} if detail is None else {str(name): rules.plain(value) for name, value in detail.items()}
    )
    if person is None:
        content |= told
    link = draft_link(by, action, (subject_kind, subject_id), content, at, person)
    _append(session, link, told if person is not None else {})


def record_read(
    session: Session,
    by: int | None,
    action: str,
    *,
    people: Sequence[str],
    purpose: str = "",
    detail: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> None:
    """Add the one event of a page or list that showed personal data of these people (public ids)."""
    shown = sorted(set(people))
    content: dict[str, Any] = {"people": shown, "purpose": purpose} | (
        {"detail": dict(detail)} if detail else {}
    )
    subject = ("person", shown[0]) if len(shown) == 1 else ("people", str(len(shown)))
    _append(session, draft_link(by, action, subject, content, at, None), {})


def destroy_person_key(session: Session, person: str) -> bool:
    """Make all values of this person in the log unreadable for ever. True when there was a key."""
    _held(session).person_keys.pop(person, None)
    removed = session.execute(
        delete(PersonKey).where(PersonKey.person == person).returning(PersonKey.id)
    ).all()
    return bool(removed)


@dataclass
class _Tail:
    """The end of a stream this transaction has locked."""

    stream_id: int
    position: int
    mac: str


@dataclass
class _Held:
    """What the current transaction holds of the log: nobody else can change it until the transaction ends.

    It saves three reads an event, which is what makes an import of thousands of people bearable.
    """

    tails: dict[str, _Tail] = field(default_factory=dict[str, _Tail])
    person_keys: dict[str, bytes] = field(default_factory=dict[str, bytes])


def _held(session: Session) -> _Held:
    held: _Held = session.info.setdefault(_HELD, _Held())
    return held


def _let_go(session: Session, *_: object) -> None:
    session.info.pop(_HELD, None)


def _let_go_at_the_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        _let_go(session)


# A rolled-back savepoint takes events and locks back with it; the end of the transaction frees the streams.
event.listen(Session, "after_soft_rollback", _let_go)
event.listen(Session, "after_transaction_end", _let_go_at_the_end)


def draft_link(
    by: int | None,
    action: str,
    subject: tuple[str, str],
    content: dict[str, Any],
    at: datetime | None,
    person: str | None,
) -> rules.Link:
    """The event before it has its place in a stream."""
    return rules.Link(
        stream=rules.stream_of(by, action),
        position=0,
        at=at or datetime.now(UTC),
        by=by,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        person=person,
        content=rules.canonical(content),
        sealed=None,
    )


def _append(session: Session, draft: rules.Link, private: dict[str, Any]) -> None:
    """Give the event the next place of its stream, seal what is private, and chain it to the one before."""
    tail = locked_tail(session, draft.stream, draft.at)
    link = replace(draft, position=tail.position + 1)
    if private and link.person is not None:
        link = replace(link, sealed=sealed_in(session, link, private))
    inserted = (
        session.connection().execute(_ADD_EVENT, event_values(session, tail, link)).inserted_primary_key
    )
    if inserted is not None:
        keep_people(session, inserted[0], link.position, rules.people_in(link.content, link.person))


def event_values(session: Session, tail: "_Tail", link: rules.Link) -> dict[str, Any]:
    """The row of an event that is chained to the end of its stream, whose end it is from now on."""
    mac = keyring_of(session).digest(rules.chain_text(link, tail.mac), CHAIN_PURPOSE)
    tail.position, tail.mac = link.position, mac
    return {
        "stream_id": tail.stream_id,
        "position": link.position,
        "at": link.at,
        "by_id": link.by,
        "action": link.action,
        "subject_kind": link.subject_kind,
        "subject_id": link.subject_id,
        "person": link.person,
        "content": link.content,
        "sealed": link.sealed,
        "mac": mac,
    }


def locked_tail(session: Session, name: str, at: datetime) -> _Tail:
    """The end of the stream, held until the transaction ends, so that positions neither repeat nor leave gaps."""
    tails = _held(session).tails
    if name not in tails:
        found = None
        if session.get_bind().dialect.name == "sqlite":
            found = read_rows(session, _END_OF_HELD, name=name).one_or_none()
        if found is not None and found.position is not None:
            tails[name] = _Tail(*found)
        else:
            stream_id = _locked_stream(session, name, at)
            tails[name] = _Tail(stream_id, *_end_of(session, stream_id))
    return tails[name]


def _locked_stream(session: Session, name: str, at: datetime) -> int:
    """The number of the stream, whose row is locked; a new stream is listed in the root stream."""
    found = read_rows(session, _STREAM, name=name).scalar()
    if found is not None:
        return found
    if _insert_once(session, AuditStream, {"name": name}) and name != rules.ROOT_STREAM:
        opened = draft_link(None, rules.STREAM_OPENED, ("stream", name), {}, at, None)
        _append(session, replace(opened, stream=rules.ROOT_STREAM), {})
    return read_rows(session, _STREAM, name=name).scalar_one()


def _end_of(session: Session, stream_id: int) -> tuple[int, str]:
    """Position and hash of the stream's newest event."""
    newest = read_rows(session, _NEWEST, stream_id=stream_id).one_or_none()
    return (0, rules.GENESIS) if newest is None else (newest.position, newest.mac)


def sealed_in(session: Session, link: rules.Link, private: dict[str, Any]) -> bytes:
    """The private part under the person's key, tied to its place in the log."""
    person = str(link.person)
    place = rules.sealing_place(person, link.stream, link.position)
    return sealed_under(_person_key(session, person), rules.canonical(private), place)


def sealed_under(key: bytes, private: str, place: bytes) -> bytes:
    """The same under a key at hand, of canonical words."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, private.encode(), place)


def fresh_key(keyring: Keyring, person: str) -> tuple[bytes, bytes]:
    """A key for somebody who has none yet, and the same wrapped."""
    key = os.urandom(_KEY_BYTES)
    return key, keyring.seal(b64encode(key).decode(), key_place(person))


def remember_keys(session: Session, keys: Mapping[str, bytes]) -> None:
    """Have keys at hand in this transaction that were just written."""
    _held(session).person_keys.update(keys)


def _person_key(session: Session, person: str) -> bytes:
    keys = _held(session).person_keys
    if person not in keys:
        keep_person_keys(session, [person])
    return keys[person]


def keep_person_keys(session: Session, people: Sequence[str]) -> None:
    """Have the keys of these people at hand in this transaction; those who have none get one, kept wrapped."""
    keys, keyring = _held(session).person_keys, keyring_of(session)
    missing = [person for person in people if person not in keys]
    wanted = select(PersonKey.person, PersonKey.wrapped).where(PersonKey.person.in_(missing))
    found: dict[str, bytes] = {row[0]: row[1] for row in session.execute(wanted)} if missing else {}
    fresh = {person: os.urandom(_KEY_BYTES) for person in missing if person not in found}
    made: dict[str, bytes] = {}
    if fresh:
        made = {
            person: keyring.seal(b64encode(key).decode(), key_place(person)) for person, key in fresh.items()
        }
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        rows = [{"person": person, "wrapped": wrapped} for person, wrapped in made.items()]
        session.connection().execute(dialect.insert(_KEYS).on_conflict_do_nothing(), rows)
        found |= {row[0]: row[1] for row in session.execute(wanted)}
    for person, wrapped in found.items():
        own = fresh.get(person) if wrapped == made.get(person) else None
        keys[person] = own or b64decode(keyring.open(wrapped, key_place(person)))


def _insert_once(session: Session, model: Any, values: dict[str, Any]) -> bool:
    """Insert unless another transaction was first; True when this one did."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.id)
    return session.execute(statement).first() is not None
