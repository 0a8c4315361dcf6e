"""What a check said is stored without words of one language, and worded when it is shown."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.exchange.models import ImportIssue
from registry.exchange.queries.batches import issue_place
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.exchange import people_workbook
from tests.web.exchange.conftest import Upload, only_batch

ROW = {
    "full_name": "",
    "birth": "31/02/1988",
    "years": "70",
    "origin": "xã Không Có Thật",
    "skills": "khrtp zqvxw",
    "sex": "?",
}


@pytest.fixture
def page(signed_in: Client, session: Session, upload: Upload, work: Any) -> str:
    """The address of a checked import with one row full of errors."""
    upload(people_workbook([ROW]))
    batch = only_batch(session)
    fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(signed_in, f"/nhap-excel/{batch.public_id}/ghep-cot", fields)
    work()
    return f"/nhap-excel/{batch.public_id}"


def test_findings_are_worded_in_the_language_of_the_page(signed_in: Client, page: str) -> None:
    vietnamese, english = signed_in.get(page).text, signed_in.get(f"{page}?lang=en").text
    for vi, en in (
        ("Nhập họ và tên", "Enter a full name"),
        ("Không tìm thấy «xã Không Có Thật»", "“xã Không Có Thật” was not found"),
        ("chưa có trong danh mục; giữ nguyên chữ, chờ duyệt", "is not in the vocabulary yet"),
    ):
        assert vi in vietnamese
        assert vi not in english
        assert en in english


def test_what_is_stored_is_a_sentence_and_its_values(page: str, session: Session) -> None:
    batch = only_batch(session)
    issue = session.scalars(select(ImportIssue).where(ImportIssue.code == "unknown_place")).one()
    assert issue.said_sealed is not None
    kept = json.loads(keyring_of(session).open(issue.said_sealed, issue_place(batch)))
    assert kept["sentence"] == "%(words)s"
    assert set(kept["values"]["words"]) == {"vi", "en"}


def test_reports_of_before_can_still_be_read(page: str, session: Session, signed_in: Client) -> None:
    batch = only_batch(session)
    old = {"value": "100 %", "message": "Chọn 100 % theo cách cũ"}
    for issue in session.scalars(select(ImportIssue)):
        issue.said_sealed = keyring_of(session).seal(json.dumps(old), issue_place(batch))
    session.commit()
    for address in (page, f"{page}?lang=en"):
        assert "Chọn 100 % theo cách cũ" in signed_in.get(address).text
