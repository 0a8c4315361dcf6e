"""A file of people is read once, in parts, by several processes: what the check kept is what is saved, while it holds."""

import os
from base64 import b64encode
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.exchange.models import ImportFile, ImportIssue, ImportRow
from registry.exchange.operations import opening, passes
from registry.exchange.operations.parts import PartReader
from registry.exchange.queries.batches import UPLOAD, file_content, file_place
from registry.exchange.rules.batches import BatchState
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.people.models import Person
from registry.skills.models import PendingTerm
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook
from tests.web.exchange.conftest import Upload, only_batch

ROWS: list[dict[str, Any]] = [
    {"external_id": f"LC-{number}", "full_name": f"Người Số {number}x", "skills": "Việc chưa ai biết (3)"}
    for number in range(12)
]
REPEATED = {"external_id": "LC-1", "full_name": "Người Khác"}
FAULTY = {"external_id": "LC-99", "full_name": "Người Lỗi", "birth": "31/02/1990"}


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two rows, all but the first by two processes beside."""
    monkeypatch.setattr(passes, "ROWS", 2)
    monkeypatch.setattr(passes, "ALONE", 1)
    monkeypatch.setattr("registry.jobs.hands.processors", lambda: 2)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the file was read."""
    seen: list[str] = []
    honest = passes.stream_lines

    def noted(content: bytes, sheet: str) -> Any:
        seen.append(sheet)
        return honest(content, sheet)

    monkeypatch.setattr(passes, "stream_lines", noted)
    return seen


def check(client: Client, session: Session, upload: Upload, work: Any, rows: list[dict[str, Any]]) -> str:
    upload(people_workbook(rows))
    batch = only_batch(session)
    fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", fields)
    work()
    return batch.public_id


def save(client: Client, work: Any, public_id: str) -> None:
    accounts.post(client, f"/nhap-excel/{public_id}/luu", {"mode": "valid_only"})
    work()


def roles(session: Session) -> list[str]:
    return sorted(session.scalars(select(ImportFile.role)))


@pytest.mark.usefixtures("small_parts")
def test_parts_read_by_several_processes_are_saved_without_reading_the_file_again(
    signed_in: Client,
    session: Session,
    upload: Upload,
    work: Any,
    readings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []

    def noted(*asked: Any) -> bytes | None:
        opened.append(1)
        return file_content(*asked)

    monkeypatch.setattr(opening, "file_content", noted)
    public_id = check(signed_in, session, upload, work, [*ROWS, REPEATED, FAULTY])
    assert len(opened) == 1
    batch = only_batch(session)
    assert (batch.rows, batch.valid, batch.errors, batch.warnings) == (14, 12, 2, 12)
    codes = session.scalars(select(ImportIssue.code).where(ImportIssue.is_error))
    assert sorted(codes) == ["impossible_date", "twice_in_file"]
    assert "drafts:7" in roles(session)
    kept = session.scalars(select(ImportFile.content_sealed).where(ImportFile.role == "drafts:1")).one()
    assert "Người".encode() not in kept
    save(signed_in, work, public_id)
    assert len(readings) == len(opened) == 1  # in the clear the file is the largest thing a worker would hold
    names = set(session.scalars(select(Person.external_id)))
    assert names == {one["external_id"] for one in ROWS}
    assert only_batch(session).state is BatchState.COMMITTED
    assert {row.row for row in session.scalars(select(ImportRow))} == set(range(2, 14))
    assert session.scalars(select(PendingTerm.count)).one() == len(ROWS)
    assert not [role for role in roles(session) if role.startswith("drafts")]


@pytest.mark.usefixtures("small_parts")
def test_when_places_or_words_changed_since_the_check_the_file_is_read_again(
    signed_in: Client,
    session: Session,
    upload: Upload,
    work: Any,
    readings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public_id = check(signed_in, session, upload, work, ROWS[:4])

    def another_edition(_session: Session) -> tuple[str, str]:
        return "another", ""

    monkeypatch.setattr(opening, "lookups_mark", another_edition)
    save(signed_in, work, public_id)
    assert len(readings) == 2
    assert len(session.scalars(select(Person.id)).all()) == 4


@pytest.mark.usefixtures("small_parts")
def test_a_reading_process_that_dies_leaves_the_job_to_be_tried_again(
    signed_in: Client, session: Session, upload: Upload, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, here = PartReader.__call__, os.getpid()

    def deadly(self: PartReader, piece: Any) -> Any:
        if os.getpid() != here:
            os._exit(9)
        return honest(self, piece)

    monkeypatch.setattr(PartReader, "__call__", deadly)
    check(signed_in, session, upload, work, ROWS)
    job = session.scalars(select(Job).where(Job.kind == "import.check")).one()
    assert (job.state, only_batch(session).state) == (JobState.QUEUED, BatchState.CHECKING)
    assert session.scalars(select(ImportIssue.id)).all() == []


def test_a_file_that_an_earlier_release_kept_opens(
    signed_in: Client, session: Session, upload: Upload
) -> None:
    content = people_workbook(ROWS[:1])
    upload(content)
    batch = only_batch(session)
    assert file_content(session, batch) == content
    kept = session.scalars(select(ImportFile).where(ImportFile.role == UPLOAD)).one()
    kept.content_sealed = keyring_of(session).seal(b64encode(content).decode(), file_place(batch, UPLOAD))
    session.flush()
    assert file_content(session, batch) == content


def test_a_kept_file_is_read_in_pieces_of_any_length(
    signed_in: Client, session: Session, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pieces that fit in exactly and pieces that do not; the database gives no more than one of them at a time."""
    content = people_workbook(ROWS[:1])
    upload(content)
    batch = only_batch(session)
    kept = session.scalars(select(ImportFile.content_sealed).where(ImportFile.role == UPLOAD)).one()
    for piece in (997, len(kept), len(kept) - 1, len(kept) + 1):
        monkeypatch.setattr("registry.exchange.queries.batches.PIECE", piece)
        assert file_content(session, batch) == content
