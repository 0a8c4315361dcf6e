"""Job rows under workers: claimed once a lease, fenced, retried, cancelled; on both databases."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry.db import Database
from registry.jobs import operations
from registry.jobs.alone import looking_alone
from registry.jobs.models import Job
from registry.jobs.operations import CancelAsked, LeaseLost
from registry.jobs.queries import job_by_public_id, unfinished_jobs
from registry.jobs.rules import LEASE, MAX_ATTEMPTS, JobState
from registry.jobs.worker import Handler, JobRefused, JobRun, run_due_jobs

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
KIND = "test.count"


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_jobs(database: Database) -> Iterator[None]:
    """Workers commit for themselves, so their rows are removed by hand."""
    yield
    with database.writing() as session:
        session.execute(delete(Job).where(Job.kind.like("test.%")))
        session.commit()


def enqueue(database: Database, kind: str = KIND, **arguments: int | str) -> str:
    with database.writing() as session:
        job = operations.enqueue_job(session, kind, arguments, at=NOW, steps_total=4)
        session.commit()
        return job.public_id


def stored(database: Database, public_id: str) -> Job:
    with database.read_session() as session:
        job = job_by_public_id(session, public_id)
        assert job is not None
        return job


def claim(session: Session, at: datetime = NOW) -> list[operations.Claim]:
    claims = operations.claim_jobs(session, [KIND], at=at)
    session.commit()
    return claims


def count_to_four(run: JobRun) -> Mapping[str, Any]:
    for done in range(1, 5):
        with run.step(done, 4):
            pass
    return {"counted": 4}


def test_a_due_job_is_run_to_its_end(database: Database, clock: Clock) -> None:
    public_id = enqueue(database, number=7)
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 1
    job = stored(database, public_id)
    assert (job.state, job.steps_done, job.steps_total, job.attempts) == (JobState.DONE, 4, 4, 1)
    assert job.result == {"counted": 4}
    assert (job.claim_token, job.lease_until, job.finished_at) == (None, None, NOW)


def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it(database: Database, clock: Clock) -> None:
    public_id = enqueue(database, "test.other")
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 0
    assert run_due_jobs(database, {}, clock=clock) == 0
    assert stored(database, public_id).state is JobState.QUEUED


def test_a_job_is_not_run_before_its_time(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        operations.enqueue_job(session, KIND, {}, at=NOW, due_at=NOW + timedelta(days=7))
        session.commit()
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 0
    clock.at += timedelta(days=7)
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 1


def test_a_rolled_back_request_leaves_no_job(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        operations.enqueue_job(session, KIND, {}, at=NOW)
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 0


def test_a_killed_job_is_picked_up_once_its_lease_ended_and_not_before(database: Database) -> None:
    public_id = enqueue(database)
    with database.writing() as session:
        first = claim(session)
        assert [one.public_id for one in first] == [public_id]
        assert claim(session, NOW + LEASE - timedelta(seconds=1)) == []
        second = claim(session, NOW + LEASE + timedelta(seconds=1))
        assert [(one.public_id, one.attempts) for one in second] == [(public_id, 2)]
        assert claim(session, NOW + LEASE + timedelta(seconds=2)) == []
    assert first[0].token != second[0].token


def test_a_report_renews_the_lease(database: Database) -> None:
    enqueue(database)
    with database.writing() as session:
        [held] = claim(session)
        operations.report_progress(session, held, at=NOW + timedelta(seconds=50), steps_done=1)
        session.commit()
        assert claim(session, NOW + LEASE + timedelta(seconds=20)) == []


def test_a_worker_that_slept_past_its_lease_can_write_nothing(database: Database) -> None:
    public_id = enqueue(database)
    late = NOW + LEASE + timedelta(seconds=1)
    with database.writing() as session:
        [frozen] = claim(session)
        [fresh] = claim(session, late)
        with pytest.raises(LeaseLost):
            operations.report_progress(session, frozen, at=late, steps_done=4)
        with pytest.raises(LeaseLost):
            operations.finish_job(session, frozen, at=late)
        with pytest.raises(LeaseLost):
            operations.retry_job(session, frozen, at=late)
        operations.finish_job(session, fresh, at=late)
        session.commit()
    assert stored(database, public_id).attempts == 2


def test_work_of_a_lost_lease_is_rolled_back_with_its_report(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)

    def overtaken(run: JobRun) -> None:
        with run.database.writing() as session:
            session.execute(update(Job).where(Job.public_id == public_id).values(claim_token="x" * 32))
            session.commit()
        with run.step(1) as session:
            operations.enqueue_job(session, "test.forbidden", {}, at=NOW)

    assert run_due_jobs(database, {KIND: overtaken}, clock=clock) == 1
    with database.read_session() as session:
        assert unfinished_jobs(session, "test.forbidden") == []
        assert len(unfinished_jobs(session, KIND)) == 1


def test_an_unexpected_fault_is_tried_again_and_given_up_at_last(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)
    seen: list[int] = []

    def broken(run: JobRun) -> None:
        seen.append(run.claim.attempts)
        raise RuntimeError("Nguyễn Thị Hoa")

    handlers: dict[str, Handler] = {KIND: broken}
    for _round in range(MAX_ATTEMPTS + 2):
        run_due_jobs(database, handlers, clock=clock)
        clock.at += timedelta(minutes=6)
    job = stored(database, public_id)
    assert seen == list(range(1, MAX_ATTEMPTS + 1))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "Hoa" not in job.error


def test_a_refusal_is_final_and_says_why(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)

    def refusing(_run: JobRun) -> None:
        raise JobRefused("Tệp không đọc được. Lưu lại dạng .xlsx rồi tải lên.")

    run_due_jobs(database, {KIND: refusing}, clock=clock)
    job = stored(database, public_id)
    assert (job.state, job.error) == (JobState.FAILED, "Tệp không đọc được. Lưu lại dạng .xlsx rồi tải lên.")


def test_a_job_that_kills_its_worker_every_time_is_given_up(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)
    for _kill in range(MAX_ATTEMPTS):
        with database.writing() as session:
            assert len(claim(session, clock.at)) == 1
        clock.at += LEASE + timedelta(seconds=1)
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 0
    job = stored(database, public_id)
    assert (job.state, job.error) == (JobState.FAILED, operations.GIVEN_UP)


def test_a_waiting_job_is_cancelled_at_once(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)
    with database.writing() as session:
        job = job_by_public_id(session, public_id)
        assert job is not None
        assert operations.request_cancel(session, job, at=NOW)
        assert job.state is JobState.CANCELLED
        assert not operations.request_cancel(session, job, at=NOW)
        session.commit()
    assert run_due_jobs(database, {KIND: count_to_four}, clock=clock) == 0


def test_a_running_job_stops_at_its_next_step(database: Database, clock: Clock) -> None:
    public_id = enqueue(database)

    def cancelled_after_one(run: JobRun) -> None:
        for done in range(1, 5):
            with run.step(done):
                pass
            with run.database.writing() as session:
                job = job_by_public_id(session, public_id)
                assert job is not None
                operations.request_cancel(session, job, at=NOW)
                session.commit()

    run_due_jobs(database, {KIND: cancelled_after_one}, clock=clock)
    job = stored(database, public_id)
    assert (job.state, job.steps_done) == (JobState.CANCELLED, 1)


def test_a_cancelled_step_raises_before_its_work_is_kept(database: Database) -> None:
    enqueue(database)
    with database.writing() as session:
        [held] = claim(session)
        session.execute(update(Job).where(Job.id == held.job_id).values(cancel_requested=True))
        with pytest.raises(CancelAsked):
            operations.report_progress(session, held, at=NOW, steps_done=1)


def test_two_workers_never_claim_the_same_job(database: Database) -> None:
    wanted = {enqueue(database, number=number) for number in range(24)}
    start = threading.Barrier(4)
    taken: list[str] = []
    lock = threading.Lock()

    def work() -> None:
        start.wait()
        while True:
            with database.writing() as session:
                claims = claim(session)
            if not claims:
                return
            with lock:
                taken.extend(one.public_id for one in claims)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(wanted)
    assert set(taken) == wanted


def test_a_claim_takes_no_more_than_it_may(database: Database) -> None:
    for number in range(5):
        enqueue(database, number=number)
    with database.writing() as session:
        claims = operations.claim_jobs(session, [KIND], at=NOW, limit=3)
        session.commit()
    assert [one.arguments["number"] for one in claims] == [0, 1, 2]


def test_a_worker_calls_another_one_before_it_is_busy_itself(database: Database, clock: Clock) -> None:
    for number in range(3):
        enqueue(database, number=number)
    told: list[str] = []

    def work(run: JobRun) -> None:
        told.append(f"job {run.arguments['number']}")

    run_due_jobs(database, {KIND: work}, clock=clock, more=lambda: told.append("call"))
    assert told == ["call", "job 0", "call", "job 1", "job 2"]


def test_one_worker_at_a_time_looks_for_what_is_due(database: Database, tmp_path: Path) -> None:
    ours, theirs = (replace(database, folder=tmp_path) for _ in range(2))
    with looking_alone(ours) as is_mine:
        assert is_mine
        with looking_alone(theirs) as is_theirs:
            assert not is_theirs
    with looking_alone(theirs) as is_theirs:
        assert is_theirs
