"""Writing the log: one event a write, one a read of personal data. Events are added, never touched again."""

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.audit import rules
from registry.audit.models import AuditEvent, AuditEventPerson, AuditStream, PersonKey
from registry.db.keys import keyring_of

CHAIN_PURPOSE = "audit event"
_NONCE_BYTES = 12
_KEY_BYTES = 32


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
    private: dict[str, Any] = {}
    if changes:
        private["changes"] = rules.changes_content(changes)
    if reason:
        private["reason"] = reason
    open_part: dict[str, Any] = (
        {} if detail is None else {str(key): rules.plain(value) for key, value in detail.items()}
    )
    if person is None:
        open_part |= private
        private = {}
    _append(
        session, by, action, (subject_kind, subject_id), open_part, private, [person] if person else [], at
    )


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
    _append(session, by, action, subject, content, {}, shown, at)


def destroy_person_key(session: Session, person: str) -> bool:
    """Make all values of this person in the log unreadable for ever. True when there was a key."""
    removed = session.execute(
        delete(PersonKey).where(PersonKey.person == person).returning(PersonKey.id)
    ).all()
    return bool(removed)


def _append(
    session: Session,
    by: int | None,
    action: str,
    subject: tuple[str, str],
    content: dict[str, Any],
    private: dict[str, Any],
    people: Sequence[str],
    at: datetime | None,
) -> None:
    stream = _locked_stream(session, rules.stream_of(by, action), at)
    person = people[0] if private else None
    position, previous = _end_of(session, stream)
    link = rules.Link(
        stream=stream.name,
        position=position + 1,
        at=at or datetime.now(UTC),
        by=by,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        person=person,
        content=rules.canonical(content),
        sealed=_sealed(session, person, private, stream.name, position + 1) if person else None,
    )
    _insert(session, stream, link, previous, people)


def _insert(
    session: Session, stream: AuditStream, link: rules.Link, previous: str, people: Sequence[str]
) -> None:
    keyring = keyring_of(session)
    event = AuditEvent(
        stream_id=stream.id,
        position=link.position,
        at=link.at,
        by_id=link.by,
        action=link.action,
        subject_kind=link.subject_kind,
        subject_id=link.subject_id,
        person=link.person,
        content=link.content,
        sealed=link.sealed,
        mac=rules.chained(link, previous, lambda text: keyring.digest(text, CHAIN_PURPOSE)),
    )
    session.add(event)
    session.flush()
    session.add_all(AuditEventPerson(event_id=event.id, person=person) for person in people)
    session.flush()


def _locked_stream(session: Session, name: str, at: datetime | None) -> AuditStream:
    """The stream's row, held until the transaction ends, so that positions neither repeat nor leave gaps."""
    found = _select_stream(session, name)
    if found is not None:
        return found
    is_new = _insert_once(session, AuditStream, {"name": name})
    found = _select_stream(session, name)
    assert found is not None  # noqa: S101 - it was there or has just been inserted
    if is_new and name != rules.ROOT_STREAM:
        _announce(session, name, at)
    return found


def _announce(session: Session, name: str, at: datetime | None) -> None:
    """List a new stream in the root stream."""
    root = _locked_stream(session, rules.ROOT_STREAM, at)
    position, previous = _end_of(session, root)
    when = at or datetime.now(UTC)
    link = rules.Link(root.name, position + 1, when, None, "stream.opened", "stream", name, None, "{}", None)
    _insert(session, root, link, previous, [])


def _select_stream(session: Session, name: str) -> AuditStream | None:
    return session.scalar(select(AuditStream).where(AuditStream.name == name).with_for_update())


def _end_of(session: Session, stream: AuditStream) -> tuple[int, str]:
    """Position and hash of the stream's newest event."""
    newest = session.execute(
        select(AuditEvent.position, AuditEvent.mac)
        .where(AuditEvent.stream_id == stream.id)
        .order_by(AuditEvent.position.desc())
        .limit(1)
    ).one_or_none()
    return (0, rules.GENESIS) if newest is None else (newest.position, newest.mac)


def _sealed(session: Session, person: str, private: dict[str, Any], stream: str, position: int) -> bytes:
    """The private part under the person's key, tied to its place in the log."""
    nonce = os.urandom(_NONCE_BYTES)
    place = sealing_place(person, stream, position)
    return nonce + AESGCM(_person_key(session, person)).encrypt(
        nonce, rules.canonical(private).encode(), place
    )


def sealing_place(person: str, stream: str, position: int) -> bytes:
    """The place a sealed part belongs to; moved elsewhere it does not open."""
    return f"audit:{person}:{stream}:{position}".encode()


def _person_key(session: Session, person: str) -> bytes:
    wrapped = session.scalar(select(PersonKey.wrapped).where(PersonKey.person == person))
    if wrapped is None:
        fresh = keyring_of(session).seal(b64encode(os.urandom(_KEY_BYTES)).decode(), f"person_key:{person}")
        _insert_once(session, PersonKey, {"person": person, "wrapped": fresh})
        wrapped = session.scalars(select(PersonKey.wrapped).where(PersonKey.person == person)).one()
    return b64decode(keyring_of(session).open(wrapped, f"person_key:{person}"))


def _insert_once(session: Session, model: Any, values: dict[str, Any]) -> bool:
    """Insert unless another transaction was first; True when this one did."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.id)
    return session.execute(statement).first() is not None
