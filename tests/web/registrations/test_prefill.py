"""Filling one's profile from a CV: received, read by the worker, confirmed item by item; on both databases."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from registry.app.handlers import HANDLERS
from registry.exchange.models import CvFile
from registry.exchange.rules.cvs import CvState
from registry.jobs.worker import run_due_jobs
from registry.registrations.models import RegistrationDraft
from registry.registrations.queries import drafts_of, opened_draft
from registry.registrations.rules import Task, TaskState
from tests.conftest import Client
from tests.factories import cvs
from tests.factories import registrations as join
from tests.factories.accounts import form_token, post
from tests.factories.pages import opened, words_of

Work = Callable[[], int]
UPLOAD = "/dang-ky/tu-tep"
CONFIRM = "/dang-ky/tu-tep/xac-nhan"


@pytest.fixture
def work(app: Flask) -> Work:
    """Run the jobs that are due, as the worker does."""

    def run(later: timedelta = timedelta()) -> int:
        database = app.extensions["registry.database"]
        return run_due_jobs(database, HANDLERS, clock=lambda: datetime.now(UTC) + later)

    return run


def upload(client: Client, content: bytes, name: str) -> Any:
    """Send a file as the form does."""
    file = FileStorage(io.BytesIO(content), filename=name)
    boundary, body = encode_multipart({"csrf_token": form_token(client), "file": file})
    return client.post(UPLOAD, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def filled(client: Client) -> dict[str, list[str]]:
    """The page with what was found, as a browser would send it untouched."""
    form = opened(client, UPLOAD).xpath("//form[@data-guard]")[0]
    sent: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name] | .//textarea | .//select"):
        kind, name = field.get("type"), field.get("name")
        if field.tag == "select":
            values = field.xpath("./option[@selected]/@value") or [""]
        elif field.tag == "textarea":
            values = [(field.text or "").strip()]
        elif kind in {"checkbox", "radio"} and field.get("checked") is None:
            continue
        else:
            values = [field.get("value") or ""]
        sent.setdefault(name, []).extend(str(one) for one in values)
    sent.pop("csrf_token", None)
    return sent


def test_a_cv_fills_the_drafts_only_once_it_is_confirmed(
    client: Client, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.begin(client, "overseas")
    assert upload(client, cvs.pdf(), "cv.pdf").status_code == 303
    waiting = client.get(UPLOAD)
    assert waiting.headers["Refresh"] == "2"
    sealed = session.scalars(select(CvFile)).one()
    assert sealed.content_sealed is not None
    assert b"%PDF" not in sealed.content_sealed
    work()
    read = session.scalars(select(CvFile).execution_options(populate_existing=True)).one()
    assert (read.state, read.content_sealed) == (CvState.READY, None)
    assert session.scalar(select(RegistrationDraft)) is None
    page = words_of(opened(client, UPLOAD))
    assert "Data Engineer · Isar University Hospital, Munich · 10/2018 – nay" in page
    assert "trang 1" in page
    assert "muster@isar.example" not in page
    assert post(client, CONFIRM, filled(client)).location == "/dang-ky"
    registration = join.registration(session, account)
    kept = [(one.task, opened_draft(session, registration, one)) for one in drafts_of(session, registration)]
    posts = [one.values["title"] for task, one in kept if task is Task.EXPERIENCE]
    assert posts == [["Data Engineer"], ["Software Developer"]]
    states = {task: one.state for task, one in kept}
    assert states[Task.EDUCATION] is states[Task.LANGUAGES] is states[Task.SKILLS] is TaskState.DONE
    about = next(one.values for task, one in kept if task is Task.ABOUT)
    assert (about["full_name"], about["residence_country"]) == (["Tran Lan Anh"], [""])
    skills = next(one.values for task, one in kept if task is Task.SKILLS)
    assert skills["ky-nang-0-level"] == ["4"]
    assert "Xyzzy plugh" in [value for values in skills.values() for value in values]
    assert session.scalar(select(CvFile)) is None
