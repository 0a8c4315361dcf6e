"""Giving and withdrawing consent, and loading purposes with their notices. Flushes, never commits."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.operations import PersonEvent, record, record_people
from registry.consents import queries
from registry.consents.models import Consent, Notice, Purpose
from registry.consents.rules import Channel, PurposeCode
from registry.db import new_public_id

_NOTICES = Path(__file__).parent / "data" / "notices.json"


class NoticeChanged(Exception):
    """A published notice has other words in the file than in the database: a new text needs a new version."""


class AlreadyGiven(Exception):
    """The person has a standing consent to this purpose."""


class NotGiven(Exception):
    """The person has no standing consent to this purpose."""


def load_purposes(session: Session) -> None:
    """Bring purposes and notices up to the file of this version. Safe to run again. Raises NoticeChanged."""
    known = {purpose.code: purpose for purpose in session.scalars(select(Purpose))}
    for raw in json.loads(_NOTICES.read_text(encoding="utf-8")):
        code = PurposeCode(raw["purpose"])
        purpose = known.get(code)
        if purpose is None:
            purpose = Purpose(code=code, position=raw["position"])
            session.add(purpose)
        purpose.position = raw["position"]
        purpose.counts_from_version = raw["counts_from_version"]
        _load_notices(purpose, raw["notices"])
    session.flush()


def _load_notices(purpose: Purpose, raw_notices: list[dict[str, Any]]) -> None:
    known = {(notice.version, notice.language): notice for notice in purpose.notices}
    for raw in raw_notices:
        sha256 = hashlib.sha256(f"{raw['title']}\n{raw['text']}".encode()).hexdigest()
        notice = known.get((raw["version"], raw["language"]))
        if notice is not None and notice.sha256 != sha256:
            raise NoticeChanged(f"{purpose.code} v{raw['version']} {raw['language']}")
        if notice is None:
            notice = Notice(version=raw["version"], language=raw["language"], sha256=sha256)
            notice.title, notice.text = raw["title"], raw["text"]
            purpose.notices.append(notice)
        notice.source = raw["source"]
        notice.valid_from = date.fromisoformat(raw["valid_from"])


@dataclass(frozen=True)
class Given:
    """One agreement as it reached the office."""

    notice: Notice
    given_at: datetime
    channel: Channel


def give_consents(
    session: Session, person_id: int, public_id: str, given: Sequence[Given], *, by: int | None, at: datetime
) -> list[Consent]:
    """Record that a person agreed to the purposes of these notices, in their words. Raises AlreadyGiven."""
    _close_outdated(session, person_id, [one.notice.purpose.code for one in given], at)
    made: list[Consent] = []
    for one in given:
        made.append(
            Consent(
                person_id=person_id,
                purpose=one.notice.purpose,
                notice=one.notice,
                given_at=one.given_at,
                channel=one.channel,
                recorded_by_id=by,
                created_at=at,
            )
        )
    try:
        with session.begin_nested():
            session.add_all(made)
            session.flush()
    except IntegrityError as raced:  # another officer recorded the same in the same moment
        raise AlreadyGiven from raced
    if made:
        _record(session, made, public_id, "consent.given", by, at)
    return made


def give_first_consents(
    session: Session, given: Sequence[tuple[int, str, Sequence[Given]]], *, by: int | None, at: datetime
) -> None:
    """The same for people who have just been entered and never agreed to anything: (row id, public id, agreements)."""
    rows: list[dict[str, Any]] = []
    events: list[PersonEvent] = []
    for person_id, public_id, agreements in given:
        detail: dict[str, object] = {}
        for one in agreements:
            rows.append(_row(person_id, one, by, at))
            detail[one.notice.purpose.code.value] = _told(rows[-1]["public_id"], one.notice, one.channel)
        events.append(PersonEvent(public_id, "consent.given", detail=detail))
    session.execute(insert(Consent), rows)
    record_people(session, by, events, at=at)


def _row(person_id: int, one: Given, by: int | None, at: datetime) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "person_id": person_id,
        "purpose_id": one.notice.purpose_id,
        "notice_id": one.notice.id,
        "given_at": one.given_at,
        "channel": one.channel,
        "recorded_by_id": by,
        "created_at": at,
    }


def _close_outdated(session: Session, person_id: int, purposes: Sequence[PurposeCode], at: datetime) -> None:
    """End consents to older notices that no longer count, so that new ones can stand. Raises AlreadyGiven."""
    for standing in queries.standing_consents(session, person_id, purposes):
        if queries.counts_now(standing):
            raise AlreadyGiven(standing.purpose.code)
        standing.withdrawn_at = max(at, standing.given_at)
    session.flush()


def withdraw_consent(
    session: Session,
    person_id: int,
    public_id: str,
    purpose: PurposeCode,
    *,
    channel: Channel,
    reason: str,
    by: int | None,
    at: datetime,
) -> Consent:
    """End the standing consent to a purpose; every list from the next read on is without it. Raises NotGiven."""
    consent = queries.standing_consent(session, person_id, purpose)
    if consent is None:
        raise NotGiven(purpose)
    consent.withdrawn_at = max(at, consent.given_at)
    consent.withdrawn_by_id = by
    consent.withdrawal_channel = channel
    consent.withdrawn_because = reason
    session.flush()
    _record(session, [consent], public_id, "consent.withdrawn", by, at, reason=reason)
    return consent


def _record(
    session: Session,
    consents: Sequence[Consent],
    public_id: str,
    action: str,
    by: int | None,
    at: datetime,
    reason: str = "",
) -> None:
    detail = {
        consent.purpose.code.value: _told(consent.public_id, consent.notice, consent.channel)
        for consent in consents
    }
    record(session, by, action, "person", public_id, person=public_id, detail=detail, reason=reason, at=at)


def _told(public_id: str, notice: Notice, channel: Channel) -> dict[str, object]:
    """What the log says of one agreement: which words it was given to."""
    return {
        "consent": public_id,
        "version": notice.version,
        "language": notice.language,
        "sha256": notice.sha256,
        "channel": channel.value,
    }
