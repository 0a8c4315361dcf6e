"""Every open need against everyone: equal to each alone, a job that can be stopped and taken up, owners told once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import AccountRole, Alert
from registry.accounts.rules import Role, Scope, Viewer
from registry.app.handlers import HANDLERS
from registry.cli import main
from registry.db import Database
from registry.jobs.models import Job
from registry.jobs.operations import request_cancel
from registry.jobs.rules import LEASE, JobState
from registry.jobs.worker import run_due_jobs
from registry.matching.models import MatchRow, MatchRun
from registry.matching.operations import batch as batches
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.operations.batch import MATCH_JOB, batch_is_due, due_batch, enqueue_batch
from registry.matching.operations.runs import keep_ranked, run_match
from registry.matching.operations.work import enqueue_due_batch
from registry.matching.queries import Ranked, Window, ranked
from registry.matching.queries.batch import ranked_each
from registry.matching.queries.files import index_folder, use_snapshot, write_snapshot
from registry.matching.queries.needs import open_needs
from registry.needs.models import Need
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState
from registry.people.models import SkillClaim
from registry.people.rules import EvidenceState
from registry.skills.queries import vocabulary_version
from tests.conftest import FIELD_KEY
from tests.factories import needs as make_needs
from tests.factories.accounts import account
from tests.factories.candidates import TODAY, accepts, candidate, free_from, studied, worked
from tests.factories.databases import own_database
from tests.factories.people import AT

EVERYBODY = Viewer.installation()


class Clock:
    """Moves a second with every look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def fill(session: Session, people: int = 6) -> list[Need]:
    """Three open needs that ask for different things, and people who fit them differently."""
    for place in range(people):
        candidate(
            session,
            f"Lò Văn {place}",
            ("IT15", 1 + place % 5),
            ("IT08", 1 + (place * 2) % 5),
            ("HE01", 2),
            evidence=EvidenceState.ATTACHED if place % 2 else None,
            education=(studied(4 + place % 2),),
            experience=(worked(2015 + place, None),),
            availability=free_from(date(2027, 1, 1)),
            places=accepts("VN/12/"),
        )
    asked: list[dict[str, Any]] = [
        {
            "skills": [make_needs.skill(session, "IT15", 4, is_essential=True, minimum=2)],
            "experience_years": 8,
        },
        {
            "skills": [make_needs.skill(session, "IT08", 4, weight=3), make_needs.skill(session, "HE01", 3)],
            "conditions": [ConditionTerms(ConditionKind.DEGREE, rank=5)],
        },
        {"qualification_rank": 5, "start_on": date(2027, 2, 1)},
        {"unit_path": ""},
    ]
    return [
        make_needs.need(session, f"Nhu cầu {number}", state=NeedState.OPEN, **terms)
        for number, terms in enumerate(asked)
    ]


def with_index(session: Session, folder: Path) -> None:
    session.info["folder"] = folder
    session.commit()
    snapshot = make_snapshot(session, TODAY)
    index_folder(folder).mkdir(exist_ok=True)
    write_snapshot(index_folder(folder), snapshot)
    record_snapshot(session, snapshot, at=AT)
    session.commit()
    use_snapshot(index_folder(folder), snapshot.version)


def alone(session: Session, need: Need, viewer: Viewer) -> Ranked:
    return ranked(session, need, viewer, TODAY, window=Window(count=100))


@pytest.mark.parametrize("is_indexed", [False, True], ids=["reference", "index"])
@pytest.mark.parametrize("viewer", [EVERYBODY, Viewer(None, EVERYBODY.permissions, (Scope("VN/01/"),))])
def test_many_needs_together_are_answered_as_each_alone(
    session: Session, tmp_path: Path, is_indexed: bool, viewer: Viewer
) -> None:
    needs = fill(session)
    if is_indexed:
        with_index(session, tmp_path)
        candidate(session, "Vàng A Páo", ("IT15", 5), education=(studied(5),))  # left to the reference
        session.commit()
    together = list(ranked_each(session, needs, viewer, TODAY, window=Window(count=100)))
    assert [one.need for one in together] == needs
    for one in together:
        single = alone(session, one.need, viewer)
        assert (one.rows, one.head, one.tally, one.index) == (
            single.rows,
            single.head,
            single.tally,
            single.index,
        )
        assert one.plan == single.plan
        assert one.concepts.table == single.concepts.table
        assert (one.index is None) is not is_indexed
        for row in one.rows:
            assert one.facts[row.person] == single.facts[row.person]


def test_a_ranking_of_a_batch_is_the_one_kept_alone(session: Session) -> None:
    needs = fill(session)
    kept = [run_match(session, need, EVERYBODY, as_of=TODAY, at=AT, by=None) for need in needs]
    found = ranked_each(session, needs, EVERYBODY, TODAY, window=Window(count=100))
    version = vocabulary_version(session)
    again = [keep_ranked(session, one, EVERYBODY, vocabulary=version, at=AT, by=None) for one in found]
    assert [one.run for one in again] == kept
    assert not any(one.is_new for one in again)


def test_the_same_counts_in_another_scope_are_another_ranking(session: Session) -> None:
    need = fill(session)[0]
    everywhere = run_match(session, need, EVERYBODY, as_of=TODAY, at=AT, by=None)
    within = Viewer(None, EVERYBODY.permissions, (Scope("VN/"),))
    assert run_match(session, need, within, as_of=TODAY, at=AT, by=None) is not everywhere


# --- the job ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(
    database: Database, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Database]]:
    """A database that really commits, with its address, needs and people; made once, for it takes seconds."""
    with own_database(database, request, tmp_path_factory.mktemp("batch"), "batch_own") as (url, made):
        with made.writing() as session:
            fill(session)
            session.commit()
        yield url, made


@pytest.fixture
def own(shared: tuple[str, Database]) -> Iterator[Database]:
    """The same, given back as it was."""
    _url, made = shared
    with made.read_session() as session:
        levels = session.execute(select(SkillClaim.id, SkillClaim.level)).all()
    yield made
    with made.writing() as session:
        for model in (Alert, MatchRow, MatchRun, Job, AccountRole):
            session.execute(delete(model))
        session.execute(update(Need).values(created_by=None))
        for claim, level in levels:
            session.execute(update(SkillClaim).where(SkillClaim.id == claim).values(level=level))
        session.commit()


def started(database: Database, clock: Clock) -> str:
    with database.writing() as session:
        job = enqueue_batch(session, as_of=TODAY, at=clock(), by=None)
        session.commit()
        return job.public_id


def job_of(database: Database, public_id: str) -> Job:
    with database.read_session() as session:
        return session.scalars(select(Job).where(Job.public_id == public_id)).one()


def count(database: Database, model: Any) -> int:
    with database.read_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def improve(database: Database) -> None:
    """Somebody far down learns a lot."""
    with database.writing() as session:
        last = session.scalars(select(MatchRow).where(MatchRow.rank == 4).order_by(MatchRow.id)).first()
        assert last is not None
        facts = last.inputs or {}
        wanted = {one["id"] for one in facts["skills"]}
        for claim in session.scalars(select(SkillClaim).where(SkillClaim.id.in_(wanted))):
            claim.level = 5
        session.commit()


@pytest.mark.slow
def test_the_job_keeps_a_ranking_of_each_open_need_and_says_how_far_it_is(own: Database) -> None:
    clock = Clock()
    public_id = started(own, clock)
    assert run_due_jobs(own, HANDLERS, clock=clock) == 1
    job = job_of(own, public_id)
    assert (job.state, job.steps_done, job.steps_total) == (JobState.DONE, 4, 4)
    assert job.result == {"needs": 4, "kept": 4, "alerts": 0}
    assert count(own, MatchRun) == 4
    started(own, clock)
    run_due_jobs(own, HANDLERS, clock=clock)
    assert count(own, MatchRun) == 4


def test_a_job_uses_the_index_where_files_may_be_made(own: Database, tmp_path: Path) -> None:
    clock = Clock()
    with_folder = Database(own.read_engine, own.write_engine, own.keyring, tmp_path)
    started(with_folder, clock)
    run_due_jobs(with_folder, HANDLERS, clock=clock)
    with own.read_session() as session:
        assert all(session.scalars(select(MatchRun.index_version)))


def test_a_job_that_waits_is_not_put_into_the_queue_twice(own: Database) -> None:
    clock = Clock()
    assert started(own, clock) == started(own, clock)


def test_a_stopped_job_leaves_what_it_kept(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(batches, "STEP_NEEDS", 1)
    public_id = started(own, clock)
    keep = batches.keep_ranked

    def keep_and_stop(session: Session, found: Ranked, viewer: Viewer, **terms: Any) -> Any:
        kept = keep(session, found, viewer, **terms)
        job = session.scalars(select(Job).where(Job.public_id == public_id)).one()
        if count(own, MatchRun) == 2:
            request_cancel(session, job, at=clock())
        return kept

    monkeypatch.setattr(batches, "keep_ranked", keep_and_stop)
    run_due_jobs(own, HANDLERS, clock=clock)
    assert job_of(own, public_id).state is JobState.CANCELLED
    assert count(own, MatchRun) == 2


class Killed(BaseException):
    """What a worker that is killed never comes back from."""


def test_a_killed_job_is_taken_up_after_its_lease_and_keeps_nothing_twice(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(batches, "STEP_NEEDS", 1)
    public_id = started(own, clock)
    keep = batches.keep_ranked

    def killed(session: Session, found: Ranked, viewer: Viewer, **terms: Any) -> Any:
        if count(own, MatchRun) == 2:
            raise Killed
        return keep(session, found, viewer, **terms)

    monkeypatch.setattr(batches, "keep_ranked", killed)
    with pytest.raises(Killed):
        run_due_jobs(own, HANDLERS, clock=clock)
    monkeypatch.setattr(batches, "keep_ranked", keep)
    assert run_due_jobs(own, HANDLERS, clock=clock) == 0  # its lease still runs
    clock.at += LEASE
    assert run_due_jobs(own, HANDLERS, clock=clock) == 1
    assert (job_of(own, public_id).state, count(own, MatchRun)) == (JobState.DONE, 4)
    assert job_of(own, public_id).result == {"needs": 4, "kept": 2, "alerts": 0}


def test_owners_are_told_once_of_what_moved_and_of_nobody_they_may_not_see(own: Database) -> None:
    clock = Clock()
    with own.writing() as session:
        near = account(session, Role.OFFICER, "VN/12/").id
        far = account(session, Role.OFFICER, "VN/01/").id
        auditor = account(session, Role.AUDITOR, "").id
        session.commit()
    started(own, clock)
    run_due_jobs(own, HANDLERS, clock=clock)
    assert count(own, Alert) == 0
    improve(own)
    for _again in range(2):
        started(own, clock)
        run_due_jobs(own, HANDLERS, clock=clock)
    with own.read_session() as session:
        alerts = session.scalars(select(Alert)).all()
        assert alerts
        assert {one.account_id for one in alerts} == {near}
        assert far not in {one.account_id for one in alerts}
        assert auditor not in {one.account_id for one in alerts}
        assert len({one.about_id for one in alerts}) == len(alerts)
        assert all(set(one.detail) == {"new_in_50", "new_in_100", "up", "down", "left"} for one in alerts)
        assert any(one.detail["up"] and one.detail["down"] for one in alerts)


def test_whoever_made_the_need_is_told_before_all_officers_of_the_place(own: Database) -> None:
    clock = Clock()
    with own.writing() as session:
        author = account(session, Role.OFFICER, "VN/12/").id
        account(session, Role.OFFICER, "VN/12/")
        for need in session.scalars(select(Need)):
            need.created_by = author
        session.commit()
    for _again in range(2):
        started(own, clock)
        run_due_jobs(own, HANDLERS, clock=clock)
        if not _again:
            improve(own)
    with own.read_session() as session:
        assert set(session.scalars(select(Alert.account_id))) == {author}


def test_the_night_and_a_night_slept_through_put_the_job_into_the_queue(own: Database) -> None:
    def due(at: datetime) -> bool:
        with own.read_session() as session:
            return batch_is_due(session, at)

    noon = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    night = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)  # two o'clock in Hanoi
    assert not due(noon)  # a new installation waits for its first night
    assert due(night)
    assert due_batch(own, night) == (MATCH_JOB, {"as_of": "2026-11-26"})
    assert enqueue_due_batch(own, night)
    assert not enqueue_due_batch(own, night)
    with own.writing() as session:
        session.scalars(select(Job)).one().created_at = night
        session.commit()
    assert not due(night + timedelta(hours=1))
    assert not due(night + timedelta(hours=12))
    assert due(night + timedelta(hours=25))


def test_without_an_open_need_nothing_is_due(own: Database) -> None:
    with own.writing() as session:
        for need in open_needs(session, EVERYBODY):
            need.state = NeedState.ON_HOLD
        session.flush()
        assert not batch_is_due(session, datetime(2026, 11, 25, 19, 0, tzinfo=UTC))
        session.rollback()


@pytest.mark.slow
def test_the_command_ranks_all_open_needs(
    shared: tuple[str, Database],
    own: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_URL", shared[0])
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REGISTRY_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("REGISTRY_FIELD_KEYS", FIELD_KEY)
    assert main(["match-all", "--as-of", TODAY.isoformat(), "--json"]) == 0
    assert '"state":"done","needs":4,"kept":4,"alerts":0}' in capsys.readouterr().out
    assert main(["match-all", "--as-of", TODAY.isoformat()]) == 0
    assert "4 nhu cầu, 0 bảng mới, 0 thông báo" in capsys.readouterr().out
