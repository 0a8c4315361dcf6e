"""Operations of imports at their edges: races with other writers, states that forbid, records that had to stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.exchange.models import ImportBatch, ImportFile, ImportIssue, ImportRow
from registry.exchange.operations import batches as operations
from registry.exchange.operations.batches import NotNow, inspect_file, receive_file
from registry.exchange.operations.inline import import_in_one_go
from registry.exchange.operations.kinds import Acting, RowKind, RowRefused, SourceRow
from registry.exchange.operations.making import kind_maker, take_back_record
from registry.exchange.operations.needs import NeedRows
from registry.exchange.operations.sources import Source
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind, RowState
from registry.exchange.rules.cells import Cell
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.needs.models import Need
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import Office, OrganisationKind
from registry.people.models import Person
from registry.people.rules import LegalBasis
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook, workbook
from tests.web.exchange.conftest import only_batch

Upload = Callable[..., Any]
Work = Callable[[], int]
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
ACTING = Acting(None, NOW, TODAY)


def maker(session: Session, kind: ImportKind, office: Office | None = None) -> Callable[[], RowKind]:
    return kind_maker(session, kind, Viewer.installation(), office or Office(), LegalBasis.LAW, TODAY)


def row(number: int = 2, **cells: str) -> SourceRow:
    return SourceRow(number, {key: Cell(text) for key, text in cells.items()})


def post(number: int = 1, **fields: object) -> SourceRow:
    return SourceRow(number, {}, {"slug": f"tin-{number}", "title": "Kỹ sư", **fields})


def judge_and_make(session: Session, kind: RowKind, *rows: SourceRow) -> list[str]:
    return [kind.make(session, judged, ACTING).public_id for judged in kind.judge(session, rows)]


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        (ImportKind.PEOPLE, row(full_name="Nguyễn Thị Hòa", identity="001188456789")),
        (ImportKind.NEEDS, row(title="Kỹ sư", external_id="NC-1")),
        (ImportKind.POSTS, post()),
    ],
)
def test_a_record_somebody_made_in_between_is_refused(
    session: Session, kind: ImportKind, one: SourceRow
) -> None:
    make = maker(session, kind)
    slow = make()
    [judged] = slow.judge(session, [one])
    judge_and_make(session, make(), one)
    with pytest.raises(RowRefused):
        slow.make(session, judged, ACTING)


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        (ImportKind.PEOPLE, row(full_name="Nguyễn Thị Hòa", external_id="A", identity="001188456789")),
        (ImportKind.NEEDS, row(title="Kỹ sư", external_id="NC-1")),
        (ImportKind.POSTS, post()),
    ],
)
def test_what_exists_already_is_a_duplicate_and_twice_in_a_file_an_error(
    session: Session, kind: ImportKind, one: SourceRow
) -> None:
    make = maker(session, kind)
    first, second = make().judge(session, [one, SourceRow(9, one.cells, one.post)])
    assert (first.has_error, second.has_error) == (False, True)
    assert {finding.code for finding in second.findings} == {"twice_in_file"}
    judge_and_make(session, make(), one)
    [again] = make().judge(session, [one])
    assert (again.is_duplicate, again.has_error, again.has_doubt) == (True, False, True)


def test_same_name_birth_and_contact_is_the_same_person_and_without_contact_a_doubt(session: Session) -> None:
    make = maker(session, ImportKind.PEOPLE)
    hoa = {"full_name": "Nguyễn Thị Hòa", "birth": "15/08/1988"}
    judge_and_make(session, make(), row(2, **hoa, email="hoa@vidu.vn"))
    same, namesake, other, unknown = make().judge(
        session,
        [
            row(2, full_name="NGUYỄN THỊ HOÀ", birth="15/08/1988", email="HOA@vidu.vn"),
            row(3, **hoa, email="khac@vidu.vn"),
            row(4, full_name="Nguyễn Thị Hòa", birth="16/08/1988"),
            row(5, full_name="Nguyễn Thị Hòa", email="hoa@vidu.vn"),
        ],
    )
    assert [one.code for one in same.findings] == ["same_person"]
    assert (same.is_duplicate, same.has_error) == (True, False)
    assert [one.code for one in namesake.findings] == ["namesake"]
    assert not namesake.is_duplicate
    assert other.findings == unknown.findings == ()


def test_an_external_id_of_an_office_out_of_scope_is_another_person(session: Session) -> None:
    judge_and_make(
        session, maker(session, ImportKind.PEOPLE)(), row(full_name="Hòa", external_id="A", office="Hà Nội")
    )
    officer = accounts.account(session, unit_path="VN/12/")
    viewer = Viewer.of_grants(officer.id, [])
    make = kind_maker(session, ImportKind.PEOPLE, viewer, Office(None, "VN/12/"), LegalBasis.LAW, TODAY)
    [judged] = make().judge(session, [row(full_name="Đức", external_id="A")])
    assert not judged.is_duplicate


def test_a_row_that_is_a_race_shows_in_the_outcome_and_keeps_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_arguments: Any) -> Any:
        raise RowRefused

    monkeypatch.setattr(NeedRows, "make", overtaken)
    source = Source("Nhu cầu", (row(title="Kỹ sư", external_id="A"),), {"external_id": (0, "Mã ngoài")})

    def import_it(mode: CommitMode) -> Any:
        return import_in_one_go(
            session,
            source,
            maker(session, ImportKind.NEEDS),
            kind=ImportKind.NEEDS,
            mode=mode,
            file_name="a.xlsx",
            office=Office(),
            acting=ACTING,
        )

    outcome = import_it(CommitMode.ALL)
    assert outcome.batch is None
    assert [(one.row, one.column, one.finding.code) for one in outcome.summary.errors] == [
        (2, "Mã ngoài", "overtaken")
    ]
    kept = import_it(CommitMode.VALID_ONLY)
    assert (kept.batch.created, kept.batch.errors, kept.summary.valid) == (0, 1, 0)


def needs_of(session: Session) -> list[Need]:
    return list(session.scalars(select(Need).order_by(Need.id)))


def test_the_organisation_of_a_need_is_found_made_or_kept_in_the_note(session: Session) -> None:
    office = create_organisation(
        session, name="Sở A", kind=OrganisationKind.DEPARTMENT, parent=None, unit=None, by=None
    )
    twins = [
        create_organisation(
            session, name="Phòng X", kind=OrganisationKind.DIVISION, parent=parent, unit=None, by=None
        )
        for parent in (office, None)
    ]
    session.refresh(office)
    judge_and_make(
        session,
        maker(session, ImportKind.NEEDS)(),
        row(2, title="Một", organisation="sở a"),
        row(3, title="Hai", organisation="Trường Mới", workplace="Lai Châu"),
        row(4, title="Ba", organisation="Phòng X"),
    )
    one, two, three = needs_of(session)
    assert one.organisation_id == office.id
    made = session.get(Organisation, two.organisation_id)
    assert made is not None
    assert (made.name, made.unit_path) == ("Trường Mới", "VN/12/")
    assert (three.organisation_id, three.note) == (None, "Cơ quan ghi trong tệp: Phòng X")
    own = Office(None, "", office.id, f"{office.id}/")
    judge_and_make(
        session,
        maker(session, ImportKind.NEEDS, own)(),
        row(5, title="Bốn", organisation="Trường Mới"),
        row(6, title="Năm"),
    )
    four, five = needs_of(session)[3:]
    assert (four.organisation_id, four.note) == (office.id, "Cơ quan ghi trong tệp: Trường Mới")
    assert five.organisation_id == office.id
    assert len(twins) == 2


def made_row(public_id: str, version: int = 1) -> ImportRow:
    return ImportRow(
        batch_id=1,
        row=2,
        state=RowState.CREATED,
        subject_id=public_id,
        subject_version=version,
        created_at=NOW,
    )


def test_a_need_that_moved_on_stays(session: Session) -> None:
    [public_id] = judge_and_make(
        session, maker(session, ImportKind.NEEDS)(), row(title="Kỹ sư", expected_on="15/02/2027")
    )
    [need] = needs_of(session)
    move_need(session, need, NeedState.SUBMITTED, by=None, at=datetime(2026, 11, 26, tzinfo=UTC))
    assert not take_back_record(session, ImportKind.NEEDS, made_row(public_id), ACTING, "x")
    assert needs_of(session) == [need]


@pytest.mark.parametrize("kind", [ImportKind.PEOPLE, ImportKind.NEEDS])
def test_a_record_that_is_gone_already_counts_as_taken_back(session: Session, kind: ImportKind) -> None:
    assert take_back_record(session, kind, made_row("0" * 26), ACTING, "x")


def test_a_person_something_stands_on_stays(session: Session) -> None:
    first, second = judge_and_make(
        session, maker(session, ImportKind.PEOPLE)(), row(2, full_name="Hòa"), row(3, full_name="Đức")
    )
    people = {one.public_id: one for one in session.scalars(select(Person))}
    people[second].merged_into_id = people[first].id
    people[second].state = "merged"  # pyright: ignore[reportAttributeAccessIssue]
    session.flush()
    assert not take_back_record(session, ImportKind.PEOPLE, made_row(first), ACTING, "x")
    assert len(session.scalars(select(Person)).all()) == 2


def received(session: Session, officer: Account, content: bytes | None = None) -> ImportBatch:
    """A batch as the upload leaves it."""
    sent = content or people_workbook([{"full_name": "Nguyễn Thị Hòa"}])
    inspected = inspect_file(sent, "a.xlsx", ImportKind.PEOPLE)
    acting = Acting(officer.id, NOW, TODAY)
    return receive_file(
        session,
        inspected,
        office=Office(None, "VN/12/"),
        submission_key="k" * 26,
        acting=acting,
    )


def test_a_batch_does_only_what_its_state_allows(session: Session, officer: Account) -> None:
    batch = received(session, officer)
    acting = Acting(officer.id, NOW, TODAY)
    with pytest.raises(NotNow):
        operations.start_undo(session, batch, acting=acting)
    with pytest.raises(NotNow):
        operations.start_commit(session, batch, CommitMode.ALL, acting=acting)
    for mapping in ({0: "full_name", 1: "full_name"}, {0: "không có"}):
        with pytest.raises(ValueError, match="twice or is unknown"):
            operations.map_columns(session, batch, mapping, acting=acting)
    operations.start_check(session, batch, acting=acting)
    with pytest.raises(NotNow):
        operations.start_check(session, batch, acting=acting)
    with pytest.raises(NotNow):
        operations.map_columns(session, batch, {0: "full_name"}, acting=acting)
    with pytest.raises(NotNow):
        operations.choose_sheet(session, batch, "Ứng viên")
    with pytest.raises(NotNow):
        operations.discard_batch(session, batch, acting=acting)
    operations.settle_cancelled(session, batch)
    assert batch.state is BatchState.CHECKING


def test_choosing_the_same_sheet_changes_nothing_and_discarding_twice_is_harmless(
    session: Session, officer: Account
) -> None:
    batch = received(session, officer, workbook({"A": [["Họ tên"], ["Hòa"]], "Trống": []}))
    acting = Acting(officer.id, NOW, TODAY)
    before = dict(batch.mapping)
    operations.choose_sheet(session, batch, "A")
    assert batch.mapping == before
    operations.discard_batch(session, batch, acting=acting)
    operations.discard_batch(session, batch, acting=acting)
    assert batch.state is BatchState.DISCARDED


@pytest.mark.parametrize(
    ("state", "created", "expected"),
    [
        (BatchState.CHECKING, 0, BatchState.UPLOADED),
        (BatchState.COMMITTING, 0, BatchState.CHECKED),
        (BatchState.COMMITTING, 2, BatchState.COMMITTED),
        (BatchState.UNDOING, 2, BatchState.COMMITTED),
    ],
)
def test_a_job_stopped_before_it_began_puts_the_batch_back(
    session: Session, officer: Account, state: BatchState, created: int, expected: BatchState
) -> None:
    batch = received(session, officer)
    operations.start_check(session, batch, acting=Acting(officer.id, NOW, TODAY))
    assert batch.job is not None
    batch.state, batch.created, batch.job.state = state, created, JobState.CANCELLED
    operations.settle_cancelled(session, batch)
    assert batch.state is expected


def started(client: Client, session: Session, upload: Upload) -> ImportBatch:
    """A batch that waits for its check."""
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa"}]))
    batch = only_batch(session)
    fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", fields)
    return only_batch(session)


def test_a_check_without_its_file_says_so_and_can_be_given_up(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    batch = started(signed_in, session, upload)
    operations.drop_files(session, batch)
    session.commit()
    work()
    assert only_batch(session).state is BatchState.UPLOADED
    assert "Tệp của lô này đã được xóa" in signed_in.get(f"/nhap-excel/{batch.public_id}").text


def test_a_check_of_a_file_that_does_not_open_says_so(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    batch = started(signed_in, session, upload)
    operations.keep_file(session, batch, "upload", b"PK\x03\x04 broken")
    session.commit()
    work()
    assert "Tệp hỏng" in signed_in.get(f"/nhap-excel/{batch.public_id}").text


def test_a_stopped_check_leaves_the_batch_to_be_mapped(
    signed_in: Client, session: Session, upload: Upload, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = started(signed_in, session, upload)
    [job] = session.scalars(select(Job).where(Job.kind == "import.check"))
    job.cancel_requested = True
    session.commit()
    work()
    assert only_batch(session).state is BatchState.UPLOADED
    assert batch.job_id == job.id


def test_a_job_without_its_batch_fails_in_words(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    batch = started(signed_in, session, upload)
    job_id = batch.job_id
    for model in (ImportFile, ImportIssue, ImportRow):
        for one in session.scalars(select(model)):
            session.delete(one)
    session.delete(batch)
    session.commit()
    work()
    job = session.get_one(Job, job_id, populate_existing=True)
    assert (job.state, job.error) == (JobState.FAILED, "Lô nhập này không còn nữa")


def test_values_of_a_finished_import_go_after_some_days(
    session: Session, officer: Account, work: Work
) -> None:
    batch = received(session, officer)
    busy = received_again(session, officer)
    batch.state = BatchState.COMMITTED
    busy.state = BatchState.CHECKING
    for job in session.scalars(select(Job)):
        job.due_at = NOW
    session.commit()
    work()
    kept = session.scalars(select(ImportFile.batch_id)).all()
    assert kept == [busy.id]


def received_again(session: Session, officer: Account) -> ImportBatch:
    inspected = inspect_file(people_workbook([{"full_name": "Đức"}]), "b.xlsx", ImportKind.PEOPLE)
    acting = Acting(officer.id, NOW, TODAY)
    return receive_file(
        session,
        inspected,
        office=Office(None, "VN/12/"),
        submission_key="j" * 26,
        acting=acting,
    )
