"""The CV of an account: its name, its file while it waits, what was found in it. Opened here and nowhere else."""

import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.exchange.models import CvFile
from registry.exchange.readers.cv.found import Item


def cv_of(session: Session, account_id: int, *, to_write: bool = False) -> CvFile | None:
    """The CV of an account; `to_write` lets one writer at a time have it."""
    found = select(CvFile).where(CvFile.account_id == account_id)
    if to_write:
        found = found.with_for_update(of=CvFile).execution_options(populate_existing=True)
    return session.scalar(found)


def cv_by_public_id(session: Session, public_id: str) -> CvFile | None:
    """One CV for the job that reads it."""
    return session.scalar(select(CvFile).where(CvFile.public_id == public_id))


def cv_place(cv: CvFile, part: str) -> str:
    """Where a sealed part belongs: moved to another account it does not open."""
    return f"cv_file.{part}:{cv.public_id}"


def cv_name(session: Session, cv: CvFile) -> str:
    """The name the file came with."""
    return keyring_of(session).open(cv.name_sealed, cv_place(cv, "name"))


def cv_content(session: Session, cv: CvFile) -> bytes | None:
    """The file in the clear; None once it was read."""
    if cv.content_sealed is None:
        return None
    return b64decode(keyring_of(session).open(cv.content_sealed, cv_place(cv, "content")))


def cv_items(session: Session, cv: CvFile) -> Sequence[Item]:
    """What was found in the file."""
    if cv.found_sealed is None:
        return ()
    read: list[dict[str, Any]] = json.loads(keyring_of(session).open(cv.found_sealed, cv_place(cv, "found")))
    return [Item(**one) for one in read]
