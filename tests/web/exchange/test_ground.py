"""Why records may be kept is asked only when rows do not say it, and after the file is safely here."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.exchange.rules.batches import BatchState
from registry.people.models import Person
from registry.people.rules import LegalBasis
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook, workbook
from tests.web.exchange.conftest import PEOPLE, Upload, go, only_batch

pytestmark = pytest.mark.slow

QUESTION = "Có dòng không ghi vì sao được lưu hồ sơ"


def test_a_file_whose_rows_say_it_is_never_asked(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    form = signed_in.get(PEOPLE).text
    assert 'name="basis"' not in form
    assert upload(people_workbook([{"full_name": "Nguyễn Thị Hòa"}])).status_code == 303
    assert QUESTION not in go(signed_in, session, "ghep-cot", work)
    assert only_batch(session).errors == 0


def test_rows_that_do_not_say_it_are_asked_about_once_and_may_be_kept_by_law(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    upload(workbook({"A": [["Họ tên"], ["Nguyễn Thị Hòa"], ["Trần Văn Đức"]]}))
    shown = go(signed_in, session, "ghep-cot", work)
    assert QUESTION in shown
    assert "Lưu tất cả" not in shown
    shown = go(signed_in, session, "co-so", work, basis="law")
    assert only_batch(session).state is BatchState.CHECKED
    assert QUESTION not in shown
    assert "được giữ theo luật" in shown
    go(signed_in, session, "luu", work, mode="all")
    assert [one.legal_basis for one in session.scalars(select(Person))] == [LegalBasis.LAW] * 2


def test_the_answer_can_be_taken_back(signed_in: Client, session: Session, upload: Upload, work: Any) -> None:
    upload(workbook({"A": [["Họ tên"], ["Nguyễn Thị Hòa"]]}))
    go(signed_in, session, "ghep-cot", work)
    go(signed_in, session, "co-so", work, basis="law")
    assert QUESTION in go(signed_in, session, "co-so", work, basis="")
    assert only_batch(session).basis is None


def test_only_the_answers_there_are_can_be_given(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa", "basis": None}]))
    go(signed_in, session, "ghep-cot", work)
    path = f"/nhap-excel/{only_batch(session).public_id}/co-so"
    assert accounts.post(signed_in, path, {"basis": "consent"}).status_code == 400
    assert only_batch(session).basis is None


def test_the_answer_is_on_the_record(signed_in: Client, session: Session, upload: Upload, work: Any) -> None:
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa", "basis": None}]))
    go(signed_in, session, "ghep-cot", work)
    go(signed_in, session, "co-so", work, basis="law")
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_kind == "import_batch")
    ).all()
    assert "import.ground_stated" in actions
