"""Officers who merge and part the same two at once, and people who register their number meanwhile: one record, no 5xx."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.accounts.models import AccountSession
from registry.accounts.operations import open_sign_in
from registry.app.factory import create_app
from registry.config import Settings
from registry.db import Database
from registry.people.models import DuplicateMerge, IdentityDocument, Person
from registry.people.operations import IdentityTaken, add_identity
from registry.people.rules import IdentityDraft, IdentityKind, PersonState
from tests.factories import duplicates as make
from tests.factories import people
from tests.factories.accounts import account, form_token
from tests.factories.databases import own_database
from tests.factories.people import AT

RACERS = 50
# No server answers more at the same moment: all others wait before it.
AT_ONCE = 16
NUMBER = IdentityDraft(IdentityKind.PASSPORT, "B1234567")


def send(app: Flask, token: str, path: str) -> int:
    """One officer's click, as a browser of its own."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    sent = {"survivor": "first", "reason": "đua", "csrf_token": form_token(client)}
    return client.post(path, data=sent).status_code


def add_number(database: Database) -> int:
    """Somebody else comes with the number of one of the two."""
    with database.writing() as session:
        stranger = people.person(session, "Người Lạ")
        try:
            add_identity(session, stranger, NUMBER, by=None, at=AT)
        except IdentityTaken:
            session.commit()
            return 303
        return 500


@pytest.mark.slow
def test_fifty_racing_merges_partings_and_numbers_leave_one_record(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
) -> None:
    with own_database(database, request, tmp_path, "merges") as (url, own):
        app = create_app(replace(settings, database_url=url), own)
        with own.write_session() as session:
            one, other = make.rich_pair(session)
            pair = make.pair(session, one, other)
            clerk = account(session)
            token = open_sign_in(session, clerk, device="", at=datetime.now(UTC))
            session.commit()
            path = f"/ung-vien/trung/{pair.public_id}/gop"
        with ThreadPoolExecutor(AT_ONCE) as pool:
            racers = [
                pool.submit(add_number, own) if number % 5 == 0 else pool.submit(send, app, token, path)
                for number in range(RACERS)
            ]
            answers = [one.result() for one in racers]
        assert set(answers) <= {303, 404}
        with own.read_session() as session:
            [merge] = session.scalars(select(DuplicateMerge))
            undo = f"/ung-vien/trung/da-gop/{merge.public_id}/tach"
            held = select(func.count(IdentityDocument.id)).where(IdentityDocument.kind == NUMBER.kind)
            assert session.scalar(held) == 1
            merged = select(func.count(Person.id)).where(Person.state == PersonState.MERGED)
            assert session.scalar(merged) == 1
            assert session.scalar(select(func.count(AccountSession.id))) == 1
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(send, [app] * 20, [token] * 20, [undo, path] * 10))
        assert set(answers) <= {303, 404}
        with own.read_session() as session:
            standing = session.scalar(
                select(func.count(DuplicateMerge.id)).where(DuplicateMerge.undone_at.is_(None))
            )
            assert session.scalar(merged) == standing
            assert session.scalar(held) == 1
