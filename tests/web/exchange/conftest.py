"""What the tests of imports share: a signed-in officer, a file on its way, a worker that runs what is due."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from registry.accounts.models import Account
from registry.app.handlers import HANDLERS
from registry.exchange.models import ImportBatch
from registry.jobs.worker import run_due_jobs
from tests.conftest import Client
from tests.factories import accounts

Upload = Callable[..., Any]
PEOPLE = "/nhap-excel?loai=ung-vien"
NEEDS = "/nhap-excel?loai=nhu-cau"


@pytest.fixture
def officer(session: Session) -> Account:
    """An officer of Lai Châu."""
    return accounts.account(session, unit_path="VN/12/")


@pytest.fixture
def signed_in(client: Client, officer: Account) -> Client:
    """The officer's browser."""
    accounts.sign_in(client, officer)
    return client


@pytest.fixture
def upload(signed_in: Client) -> Upload:
    """Send a file as the upload form does."""

    def send(content: bytes, name: str = "danh-sach.xlsx", path: str = PEOPLE, **fields: Any) -> Any:
        fields = {"office": "VN/12/|", **fields, "csrf_token": accounts.form_token(signed_in)}
        file = FileStorage(io.BytesIO(content), filename=name)
        # Encoded here: the test client would spool a large body to a file and leave it open.
        boundary, body = encode_multipart({**fields, "file": file})
        return signed_in.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")

    return send


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Run the jobs that are due, as the worker does."""

    def run() -> int:
        return run_due_jobs(app.extensions["registry.database"], HANDLERS, clock=lambda: datetime.now(UTC))

    return run


def only_batch(session: Session) -> ImportBatch:
    """The one batch there is, as it is stored now."""
    return session.scalars(select(ImportBatch).execution_options(populate_existing=True)).one()


def newest(session: Session) -> ImportBatch:
    """The batch made last."""
    found = session.scalars(
        select(ImportBatch).order_by(ImportBatch.id.desc()).execution_options(populate_existing=True)
    ).first()
    assert found is not None
    return found


def go(client: Client, session: Session, step: str, work: Any, **fields: Any) -> str:
    """One step of the newest batch, the worker, and the page as it is then."""
    batch = newest(session)
    if step == "ghep-cot":
        fields = {f"column_{index}": key for index, key in batch.mapping.items()}
    accounts.post(client, f"/nhap-excel/{batch.public_id}/{step}", fields)
    work()
    return client.get(f"/nhap-excel/{batch.public_id}").text
