"""Writes under an Idempotency-Key: the same request again gets the same answer, another one under the key is refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.api.models import ApiWrite
from registry.api.rules import KEPT_FOR


class KeyReused(Exception):
    """The key stands for another request already."""


@dataclass(frozen=True)
class Answered:
    """What was answered when the request came first."""

    status: int
    body: str
    etag: str
    location: str


def claim_write(
    session: Session, token_id: int, key: str, request_hash: str, *, at: datetime
) -> Answered | None:
    """Take the key for this request; None when it is new, else what was answered. Raises KeyReused.

    A second request under the same key waits for the first to end: the row is unique, and is committed together with
    what was written. Keys older than a day are forgotten.
    """
    session.execute(delete(ApiWrite).where(ApiWrite.made_at < at - KEPT_FOR))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    values = {
        "token_id": token_id,
        "key": key,
        "request_hash": request_hash,
        "made_at": at,
        "body": "",
        "etag": "",
        "location": "",
    }
    taken = session.execute(
        dialect.insert(ApiWrite).values(**values).on_conflict_do_nothing().returning(ApiWrite.id)
    ).first()
    if taken is not None:
        return None
    found = session.scalars(select(ApiWrite).where(ApiWrite.token_id == token_id, ApiWrite.key == key)).one()
    if found.request_hash != request_hash or found.status is None:
        raise KeyReused
    return Answered(found.status, found.body, found.etag, found.location)


def keep_answer(session: Session, token_id: int, key: str, answer: Answered) -> None:
    """Keep what is answered, to be told again."""
    found = session.scalars(select(ApiWrite).where(ApiWrite.token_id == token_id, ApiWrite.key == key)).one()
    found.status, found.body = answer.status, answer.body
    found.etag, found.location = answer.etag, answer.location
    session.flush()
