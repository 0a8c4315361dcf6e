"""Who may import what: roles, scopes, tokens; jobs ask again when they run."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.operations import end_role
from registry.accounts.rules import Role
from registry.exchange.models import ImportBatch
from registry.exchange.rules.batches import BatchState
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook
from tests.web.exchange.conftest import only_batch

pytestmark = pytest.mark.slow

Upload = Callable[..., Any]
Work = Callable[[], int]
FILE = people_workbook([{"full_name": "Nguyễn Thị Hòa"}])


def mapping(batch: ImportBatch) -> dict[str, str]:
    return {f"column_{index}": key for index, key in batch.mapping.items()}


def addresses(batch: ImportBatch) -> list[str]:
    return [f"/nhap-excel/{batch.public_id}", f"/nhap-excel/{batch.public_id}/tep-loi"]


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    for path in ("/nhap-excel", "/nhap-excel/mau/ung-vien", "/viec/0123456789abcdefghjkmnpqrs"):
        assert client.get(path).status_code in {302, 303}


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_roles_without_the_right_get_nothing(client: Client, session: Session, role: Role) -> None:
    accounts.sign_in(client, accounts.account(session, role))
    assert client.get("/nhap-excel").status_code == 403
    assert accounts.post(client, "/nhap-excel", {}).status_code == 403


def test_a_campaign_administrator_imports_needs_but_no_people(
    client: Client, session: Session, upload: Upload
) -> None:
    accounts.sign_in(client, accounts.account(session, Role.CAMPAIGN_ADMIN))
    shown = client.get("/nhap-excel").text
    assert "Tải mẫu nhu cầu" in shown
    assert "Tải mẫu ứng viên" not in shown
    assert client.get("/nhap-excel?loai=ung-vien").status_code == 403
    assert upload(FILE).status_code == 403


def without_token(html: str) -> str:
    """A page but for its form token, which is another every second."""
    return re.sub(r'name="csrf_token"[^>]* value="[^"]*"', "", html)


def test_the_office_of_another_province_sees_nothing_of_a_batch(
    client: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(FILE)
    batch = only_batch(session)
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    job = session.scalars(select(Job).where(Job.kind == "import.check")).one()
    accounts.sign_in(client, accounts.account(session, unit_path="VN/01/"))
    none_such = "0123456789abcdefghjkmnpqrs"
    for path in addresses(batch):
        answer, unknown = client.get(path), client.get(path.replace(batch.public_id, none_such))
        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer.text).replace(batch.public_id, none_such) == without_token(unknown.text)
    for step in ("ghep-cot", "kiem-tra", "luu", "hoan-tac", "bo", "trang"):
        assert (
            accounts.post(client, f"/nhap-excel/{batch.public_id}/{step}", {"mode": "all"}).status_code == 404
        )
    assert client.get(f"/viec/{job.public_id}").status_code == 404
    assert accounts.post(client, f"/viec/{job.public_id}/dung").status_code == 404
    assert "danh-sach.xlsx" not in client.get("/nhap-excel").text


def test_a_colleague_of_the_same_office_may_go_on(
    client: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(FILE)
    batch = only_batch(session)
    accounts.sign_in(client, accounts.account(session, unit_path="VN/12/"))
    assert accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch)).status_code == 303
    work()
    assert only_batch(session).state is BatchState.CHECKED


def test_a_form_without_token_is_refused(signed_in: Client, session: Session, upload: Upload) -> None:
    upload(FILE)
    batch = only_batch(session)
    for step in ("ghep-cot", "kiem-tra", "luu", "hoan-tac", "bo", "trang"):
        assert signed_in.post(f"/nhap-excel/{batch.public_id}/{step}").status_code == 400
    assert only_batch(session).state is BatchState.UPLOADED


def test_a_job_of_an_account_that_lost_its_right_makes_nothing(
    signed_in: Client, session: Session, upload: Upload, work: Work, officer: Account
) -> None:
    upload(FILE)
    batch = only_batch(session)
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    work()
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/luu", {"mode": "all"})
    [role] = officer.roles
    end_role(session, role, by=None, on=date(2026, 1, 2), reason="Chuyển công tác", at=datetime.now(UTC))
    session.commit()
    work()
    assert session.scalars(select(Person)).all() == []
    job = session.scalars(
        select(Job).where(Job.kind == "import.commit").execution_options(populate_existing=True)
    ).one()
    assert job.state is JobState.FAILED
    assert "không còn quyền" in (job.error or "")
    assert only_batch(session).state is BatchState.CHECKED


def test_job_rows_and_the_log_hold_no_names(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa", "birth": "sai"}]))
    batch = only_batch(session)
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    work()
    for job in session.scalars(select(Job)):
        assert "Hòa" not in f"{job.arguments} {job.result} {job.error}"


def test_the_page_of_a_job_shows_progress_and_can_stop_it(
    signed_in: Client, session: Session, upload: Upload, work: Work
) -> None:
    upload(FILE)
    batch = only_batch(session)
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    job = session.scalars(select(Job).where(Job.kind == "import.check")).one()
    assert "Đang chờ đến lượt" in signed_in.get(f"/viec/{job.public_id}").text
    part = signed_in.get(f"/viec/{job.public_id}", headers={"HX-Request": "true"})
    assert "Đang chờ đến lượt" in part.text
    assert "<html" not in part.text
    assert f'hx-get="/viec/{job.public_id}"' in signed_in.get(f"/nhap-excel/{batch.public_id}").text

    answer = accounts.post(signed_in, f"/viec/{job.public_id}/dung")
    assert answer.location == f"/nhap-excel/{batch.public_id}"
    assert only_batch(session).state is BatchState.UPLOADED
    over = signed_in.get(f"/viec/{job.public_id}", headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    assert "đã dừng theo yêu cầu" in signed_in.get(f"/nhap-excel/{batch.public_id}").text
    assert work() == 0


def test_a_job_of_a_suspended_account_does_nothing(
    signed_in: Client, session: Session, upload: Upload, work: Work, officer: Account
) -> None:
    upload(FILE)
    batch = only_batch(session)
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    officer.state = AccountState.SUSPENDED
    session.commit()
    work()
    assert only_batch(session).state is BatchState.UPLOADED


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"steps_total": None}, "Đang mở tệp"),
        ({"steps_done": 500, "steps_total": 2_000}, "500 / 2.000 dòng, còn khoảng 30 giây"),
        ({"steps_done": 10, "steps_total": 2_000}, "10 / 2.000 dòng, còn khoảng 34 phút"),
        ({"steps_done": 500, "steps_total": 2_000, "cancel_requested": True}, "Đang dừng"),
        ({"state": JobState.QUEUED}, "registry worker"),
        ({"state": JobState.FAILED, "error": "Tệp hỏng"}, "Tệp hỏng"),
    ],
)
def test_progress_is_told_in_words(
    signed_in: Client, session: Session, officer: Account, values: dict[str, Any], words: str
) -> None:
    started = datetime.now(UTC) - timedelta(seconds=10)
    fields = {
        "state": JobState.RUNNING,
        "claim_token": "x" * 32,
        "due_at": started - timedelta(minutes=5),
        **values,
    }
    job = Job(kind="test.one", arguments={}, started_at=started, created_by=officer.id, **fields)
    session.add(job)
    session.commit()
    assert words in signed_in.get(f"/viec/{job.public_id}").text
    assert accounts.post(signed_in, f"/viec/{job.public_id}/dung").location == f"/viec/{job.public_id}"
    assert signed_in.get("/viec/0123456789abcdefghjkmnpqrs").status_code == 404


def test_an_officer_of_the_whole_country_imports_by_residence(
    client: Client, session: Session, upload: Upload, work: Work
) -> None:
    accounts.sign_in(client, accounts.account(session, unit_path=""))
    upload(
        people_workbook([{"full_name": "Nguyễn Thị Hòa", "residence": "Bến Tre"}, {"full_name": "Đức"}]),
        office="|",
    )
    batch = only_batch(session)
    accounts.post(client, f"/nhap-excel/{batch.public_id}/ghep-cot", mapping(batch))
    work()
    accounts.post(client, f"/nhap-excel/{batch.public_id}/luu", {"mode": "all"})
    work()
    assert sorted(person.unit_path for person in session.scalars(select(Person))) == ["VN/", "VN/86/"]
