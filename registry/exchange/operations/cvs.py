"""A CV from its upload to its end: kept sealed, read by a job in a limited child process, forgotten. Never commits."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.keys import keyring_of
from registry.exchange.models import CvFile
from registry.exchange.queries.cvs import cv_by_public_id, cv_content, cv_name, cv_place
from registry.exchange.readers.cv.found import CvRefused, Item
from registry.exchange.readers.cv.kinds import check_outside
from registry.exchange.readers.cv.opening import read_cv
from registry.exchange.rules.cvs import FORGET_JOB, KEEP, READ_JOB, CvState
from registry.jobs.operations import enqueue_job
from registry.jobs.worker import JobRun


def receive_cv(session: Session, account_id: int, content: bytes, file_name: str, *, at: datetime) -> CvFile:
    """Keep the file of an account, sealed, instead of an earlier one, and have it read. Raises CvRefused.

    Only its size, its name and its first bytes are looked at here.
    """
    check_outside(content, file_name)
    forget_cv(session, account_id)
    cv = CvFile(account_id=account_id, name_sealed=b"", created_at=at, updated_at=at)
    session.add(cv)
    session.flush()
    keyring = keyring_of(session)
    cv.name_sealed = keyring.seal(file_name, cv_place(cv, "name"))
    cv.content_sealed = keyring.seal(b64encode(content).decode(), cv_place(cv, "content"))
    ids = {"cv": cv.public_id}
    cv.job = enqueue_job(session, READ_JOB, ids, at=at, by=account_id)
    enqueue_job(session, FORGET_JOB, ids, at=at, by=account_id, due_at=at + KEEP)
    record(session, account_id, "cv.uploaded", "cv_file", cv.public_id, at=at)
    session.flush()
    return cv


def read_waiting_cv(run: JobRun) -> Mapping[str, Any] | None:
    """The job: read the file in a child process, keep what was found, forget the file."""
    with run.reading() as session:
        cv = _cv_of(session, run)
        content = None if cv is None else cv_content(session, cv)
        name = "" if cv is None else cv_name(session, cv)
    if content is None:
        return {"found": 0}  # confirmed, forgotten or replaced by another file meanwhile
    items, refusal = _read(content, name)
    with run.step() as session:
        cv = _cv_of(session, run)
        if cv is None or cv.content_sealed is None:
            return {"found": 0}
        _keep_found(session, cv, items, refusal)
        cv.updated_at = run.clock()
        detail = {"refusal": refusal} if refusal else {"found": len(items)}
        record(session, cv.account_id, "cv.read", "cv_file", cv.public_id, detail=detail, at=run.clock())
    return {"found": len(items)}


def forget_old_cv(run: JobRun) -> Mapping[str, Any] | None:
    """The job: nobody confirmed it in time."""
    with run.step() as session:
        cv = _cv_of(session, run)
        if cv is not None:
            record(session, cv.account_id, "cv.forgotten", "cv_file", cv.public_id, at=run.clock())
            session.delete(cv)
    return None


def forget_cv(session: Session, account_id: int) -> None:
    """Forget the CV of an account with all that was found in it."""
    session.execute(delete(CvFile).where(CvFile.account_id == account_id))
    session.flush()


def _cv_of(session: Session, run: JobRun) -> CvFile | None:
    return cv_by_public_id(session, str(run.arguments["cv"]))


def _read(content: bytes, name: str) -> tuple[list[Item], str]:
    try:
        return read_cv(content, name), ""
    except CvRefused as refused:
        return [], refused.code


def _keep_found(session: Session, cv: CvFile, items: list[Item], refusal: str) -> None:
    cv.content_sealed = None
    cv.refusal = refusal
    cv.state = CvState.UNREADABLE if refusal else CvState.READY
    if not refusal:
        found = json.dumps([asdict(one) for one in items], ensure_ascii=False)
        cv.found_sealed = keyring_of(session).seal(found, cv_place(cv, "found"))
