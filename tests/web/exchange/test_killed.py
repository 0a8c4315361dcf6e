"""Jobs of imports killed at every step: what was saved stays, nothing is made twice, all-or-nothing is nothing or all."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.app.handlers import HANDLERS
from registry.db import Database
from registry.exchange.models import ImportBatch, ImportFile, ImportRow
from registry.exchange.operations import committing, passes
from registry.exchange.operations.inline import OVERTAKEN
from registry.exchange.operations.judging import Remark, Summary
from registry.exchange.rules.batches import BatchState
from registry.exchange.rules.findings import Finding
from registry.jobs.models import Job
from registry.jobs.operations import CancelAsked
from registry.jobs.rules import LEASE, JobState
from registry.jobs.worker import JobRun, run_due_jobs
from registry.people.models import Person
from registry.people.rules.problems import Problem
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook
from tests.web.exchange.conftest import only_batch

pytestmark = pytest.mark.slow

Upload = Callable[..., Any]
Work = Callable[[], int]
ROWS = [{"external_id": f"LC-{number}", "full_name": f"Người Số {number}x"} for number in range(7)]


class Killed(BaseException):
    """What a killed process looks like from inside: nothing below gets to tidy up."""


@pytest.fixture
def database_of_app(app: Flask) -> Database:
    found: Database = app.extensions["registry.database"]
    return found


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "MADE_AT_ONCE", 2)
    monkeypatch.setattr(passes, "ROWS", 3)
    monkeypatch.setattr(passes, "ALONE", 99)


def checked(client: Client, session: Session, upload: Upload, work: Work, rows: list[Any], mode: str) -> None:
    """A batch whose records are about to be made."""
    upload(people_workbook(rows))
    batch = only_batch(session)
    fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", fields)
    work()
    accounts.post(client, f"/nhap-excel/{batch.public_id}/luu", {"mode": mode})


def run_killed_at(database: Database, step: int, monkeypatch: pytest.MonkeyPatch, at: datetime) -> bool:
    """Run the due job and kill it in its n-th step; whether it got that far."""
    honest, seen = JobRun.step, 0

    @contextmanager
    def deadly(self: JobRun, *arguments: Any, **options: Any) -> Generator[Session, None, None]:
        nonlocal seen
        seen += 1
        with honest(self, *arguments, **options) as session:
            yield session
            if seen == step:
                raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(JobRun, "step", deadly)
        try:
            run_due_jobs(database, HANDLERS, clock=lambda: at, limit=1)
        except Killed:
            return True
    return False


def keep_nothing(*_arguments: Any) -> None:
    """Stands in for storing an issue that the test made up."""


def names(session: Session) -> list[str]:
    return sorted(external_id or "" for external_id in session.scalars(select(Person.external_id)))


@pytest.mark.parametrize("mode", ["all", "valid_only"])
def test_a_commit_killed_in_any_step_ends_whole_and_without_doubles(
    signed_in: Client,
    session: Session,
    upload: Upload,
    work: Work,
    database_of_app: Database,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
) -> None:
    checked(signed_in, session, upload, work, ROWS, mode)
    at, step = datetime.now(UTC), 1
    while run_killed_at(database_of_app, step, monkeypatch, at) and step < 20:
        made = names(session)
        assert made == sorted(one["external_id"] for one in ROWS[: len(made)])
        at, step = at + LEASE + timedelta(seconds=1), step + 1
        session.execute(update(Job).values(attempts=0))
        session.commit()
    assert step > 4
    assert names(session) == [one["external_id"] for one in ROWS]
    batch = only_batch(session)
    assert (batch.state, batch.created) == (BatchState.COMMITTED, len(ROWS))


def test_an_undo_killed_in_any_step_ends_with_nobody_left(
    signed_in: Client,
    session: Session,
    upload: Upload,
    work: Work,
    database_of_app: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked(signed_in, session, upload, work, ROWS[:3], "all")
    work()
    accounts.post(signed_in, f"/nhap-excel/{only_batch(session).public_id}/hoan-tac")
    at, step = datetime.now(UTC), 1
    while run_killed_at(database_of_app, step, monkeypatch, at) and step < 10:
        at, step = at + LEASE + timedelta(seconds=1), step + 1
        session.execute(update(Job).values(attempts=0))
        session.commit()
    assert names(session) == []
    assert only_batch(session).state is BatchState.UNDONE


def test_all_or_nothing_makes_nobody_when_a_row_became_invalid(
    signed_in: Client, session: Session, upload: Upload, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third row cannot be made any more once the first two are: they are taken back."""
    checked(signed_in, session, upload, work, ROWS, "all")
    honest = committing.make_rows

    def overtaken(session: Session, batch: Any, kind: Any, judged: Any, source: Any, acting: Any) -> Any:
        remarks = honest(session, batch, kind, judged, source, acting)
        return [
            *remarks,
            *(
                Remark(4, 0, "Mã ngoài", Finding("external_id", "", OVERTAKEN))
                for one in judged
                if one.number == 4
            ),
        ]

    monkeypatch.setattr(committing, "make_rows", overtaken)
    monkeypatch.setattr(committing, "add_issues", keep_nothing)
    work()
    assert names(session) == []
    batch = only_batch(session)
    assert (batch.state, batch.created) == (BatchState.CHECKED, 0)
    shown = signed_in.get(f"/nhap-excel/{batch.public_id}").text
    assert "chưa lưu gì" in shown
    monkeypatch.undo()
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/luu", {"mode": "all"})
    work()
    assert len(names(session)) == len(ROWS)


@pytest.mark.parametrize(
    ("mode", "state", "kept"), [("all", BatchState.CHECKED, 0), ("valid_only", BatchState.COMMITTED, 2)]
)
def test_a_stopped_commit_keeps_nothing_or_what_was_made(
    signed_in: Client,
    session: Session,
    upload: Upload,
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    state: BatchState,
    kept: int,
) -> None:
    rows = [*ROWS, {"full_name": ""}] if mode == "valid_only" else ROWS
    checked(
        signed_in,
        session,
        upload,
        work,
        [*rows, {"headline": "không tên"}] if mode == "valid_only" else rows,
        mode,
    )
    honest = committing._make_rows  # pyright: ignore[reportPrivateUsage]
    calls: list[int] = []

    def stopped(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise CancelAsked("stop")
        return honest(*arguments)

    monkeypatch.setattr(committing, "_make_rows", stopped)
    work()
    batch = only_batch(session)
    assert (batch.state, len(names(session))) == (state, kept)


def test_an_import_nobody_finished_is_forgotten_after_some_days(
    signed_in: Client, session: Session, upload: Upload, database_of_app: Database
) -> None:
    upload(people_workbook(ROWS))
    later = datetime.now(UTC) + timedelta(days=8)
    assert run_due_jobs(database_of_app, HANDLERS, clock=lambda: later) == 1
    assert only_batch(session).state is BatchState.DISCARDED
    assert session.scalars(select(ImportFile)).all() == []


def test_a_batch_whose_job_was_given_up_can_be_started_again(
    signed_in: Client, session: Session, upload: Upload, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(signed_in, session, upload, work, ROWS, "all")
    job = session.scalars(select(Job).where(Job.kind == "import.commit")).one()
    session.execute(
        update(Job).where(Job.id == job.id).values(state=JobState.FAILED, error="Gặp lỗi", claim_token=None)
    )
    session.commit()
    shown = signed_in.get(f"/nhap-excel/{only_batch(session).public_id}").text
    assert "Lưu tiếp" in shown
    accounts.post(signed_in, f"/nhap-excel/{only_batch(session).public_id}/luu", {"mode": "all"})
    work()
    assert len(names(session)) == len(ROWS)
    assert len(session.scalars(select(ImportRow)).all()) == len(ROWS)
    assert len(session.scalars(select(ImportBatch)).all()) == 1


def test_a_row_overtaken_while_valid_rows_are_saved_is_said_afterwards(
    signed_in: Client, session: Session, upload: Upload, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(signed_in, session, upload, work, ROWS, "valid_only")
    honest = committing.make_rows
    found = Finding("external_id", "LC-2", Problem("overtaken", "Vừa có người tạo"))

    def overtaken(session: Session, batch: Any, kind: Any, judged: Any, source: Any, acting: Any) -> Any:
        others = [one for one in judged if one.number != 4]
        gone = [Remark(4, 0, "Mã ngoài", found) for one in judged if one.number == 4]
        return [*honest(session, batch, kind, others, source, acting), *gone]

    monkeypatch.setattr(committing, "make_rows", overtaken)
    work()
    batch = only_batch(session)
    assert (batch.state, batch.created, batch.valid, batch.errors) == (BatchState.COMMITTED, 6, 6, 1)
    assert "Vừa có người tạo" in signed_in.get(f"/nhap-excel/{batch.public_id}").text


def test_all_or_nothing_looks_again_before_it_begins_when_rows_may_say_something_else(
    signed_in: Client, session: Session, upload: Upload, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(signed_in, session, upload, work, ROWS, "all")
    found = Remark(2, 0, "Mã ngoài", Finding("external_id", "x", Problem("twice_in_file", "Trùng")))

    def judged_badly(*_arguments: Any) -> Summary:
        return Summary(rows=7, valid=6, remarks=[found])

    def changed_since(*_arguments: Any) -> None:
        """The places, since the check."""

    monkeypatch.setattr(committing, "kept_parts", changed_since)
    monkeypatch.setattr(committing, "judge_with_progress", judged_badly)
    work()
    assert names(session) == []
    batch = only_batch(session)
    assert (batch.state, batch.errors) == (BatchState.CHECKED, 1)
