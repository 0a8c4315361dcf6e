"""An identity number in two registrations: nobody outside learns of it, and a race of fifty makes one record."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import open_sign_in
from registry.accounts.rules import EVERYWHERE, Role, Viewer
from registry.app.factory import create_app
from registry.config import Settings
from registry.consents.queries import current_notices
from registry.db import Database
from registry.people.models import Person
from registry.people.queries import person_with_identity
from registry.people.rules import IdentityKind, PersonState
from registry.registrations.models import Registration
from registry.registrations.operations import Where, begin_registration, keep_draft
from registry.registrations.rules import Audience, RegistrationState, Task, TaskState
from tests.conftest import Client, browser
from tests.factories import registrations as join
from tests.factories.accounts import account, form_token, post
from tests.factories.databases import own_database

AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
RACERS = 50
# No server answers more at the same moment: all others wait before it.
AT_ONCE = 16
OTHER_CCCD = "002188456789"
LOOKED_AT = (
    "/toi",
    "/toi/yeu-cau",
    "/toi/yeu-cau/tao/rut-dong-y",
    "/toi/ai-da-xem",
    "/dang-ky",
    "/dang-ky/xong",
    "/dang-ky/ban-than",
    "/dang-ky/giay-to",
    "/dang-ky/ky-nang",
    "/dang-ky/kiem-tra",
)


def alike(answer: Any, *own: str) -> str:
    """An answer without what is anybody's own: names of rows, tokens, moments, addresses."""
    text = answer.get_data(as_text=True)
    for one in own:
        text = text.replace(one, "#")
    text = re.sub(r"[0-9a-z]{26}|\b[0-9a-f]{16}\b|HS-[0-9]+|\.[\w-]{6}\.[\w-]+", "#", text)
    return re.sub(r'(csrf_token"[^>]* value=")[^"]+|[0-9:T.+-]{8,}Z?|[0-9]{2}[:.][0-9]{2}', "#", text)


def test_from_outside_nobody_sees_whether_a_number_was_known(client: Client, session: Session) -> None:
    """Two people with the same answers; the number of the second is in a record already."""
    join.candidate(client, session)
    join.fill(client, number=join.CCCD)
    join.send(client)
    kept: dict[str, list[str]] = {}
    for number in (OTHER_CCCD, join.CCCD):
        own = browser(client.application, session)
        made = join.candidate(own, session)
        join.fill(own, number=number)
        assert join.send(own).headers["Location"] == "/dang-ky/xong"
        for path in LOOKED_AT:
            kept.setdefault(path, []).append(alike(own.get(path), made.email, number))
        taken = ZipFile(BytesIO(post(own, "/toi/tai-du-lieu").data))
        for name in taken.namelist():
            if not name.endswith(".pdf"):
                text = alike(Response(taken.read(name)), made.email, number)
                kept.setdefault(re.sub(r"HS-[0-9]+", "#", name), []).append(text)
    states = session.scalars(select(Registration.state).order_by(Registration.id)).all()
    assert states == [RegistrationState.SUBMITTED, RegistrationState.SUBMITTED, RegistrationState.HELD]
    assert "Nhu cầu hợp với bạn" in kept["/toi"][0]
    different = [what for what, (one, other) in kept.items() if one != other]
    assert different == []


def prepared(session: Session, number: int) -> tuple[str, Account]:
    """An account whose profile is ready to be sent, and its sign-in."""
    made = account(session, Role.CANDIDATE, "", email=f"dua-{number}@vidu.vn")
    registration = begin_registration(session, made.id, made.public_id, Audience.EXPERT, at=AT)
    notices = current_notices(session, "vi", date(2026, 11, 26))
    values = {
        Task.CONSENT: {
            "purposes": ["registry"],
            "visibility": ["named"],
            "shown": [" ".join(one.public_id for one in notices)],
        },
        Task.ABOUT: {
            "full_name": ["Lò Văn Đua"],
            "residence": ["Lai Châu"],
            "residence_country": ["Việt Nam"],
        },
        Task.CONTACTS: {"email": [f"dua-{number}@vidu.vn"]},
        Task.PAPERS: {"kind": ["cccd"], "number": [join.CCCD], "country": ["Việt Nam"]},
        Task.SKILLS: {
            "count": ["1"],
            "ky-nang-0-typed": [f"từ lạ {number % 3}"],
            "ky-nang-0-on": ["y"],
            "ky-nang-0-concept": ["giu"],
        },
    }
    for task, sent in values.items():
        keep_draft(
            session,
            registration,
            task,
            "",
            sent,
            expected=0,
            state=TaskState.DONE,
            where=Where("", ""),
            at=AT,
        )
    token = open_sign_in(session, made, device="", at=datetime.now(UTC))
    session.commit()
    return token, made


def send(app: Flask, token: str) -> int:
    """Send a profile as its own browser."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return client.post("/dang-ky/kiem-tra", data={"csrf_token": form_token(client)}).status_code


@pytest.mark.slow
def test_fifty_racing_registrations_of_one_number_make_one_record(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
) -> None:
    with own_database(database, request, tmp_path, "race") as (url, own):
        app = create_app(replace(settings, database_url=url), own)
        with own.write_session() as session:
            tokens = [prepared(session, number)[0] for number in range(RACERS)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(send, [app] * RACERS, tokens))
        assert answers == [303] * RACERS
        with own.read_session() as session:
            in_use = Person.state == PersonState.ACTIVE
            assert session.scalar(select(func.count(Person.id)).where(in_use)) == 1
            everywhere = Viewer(None, frozenset(), (EVERYWHERE,))
            found = person_with_identity(
                session, everywhere, IdentityKind.CCCD, join.CCCD, on=date(2026, 11, 26)
            )
            assert found is not None
            assert found.state is PersonState.ACTIVE
            states = session.scalars(select(Registration.state)).all()
            codes = session.scalars(select(Registration.code)).all()
        assert states.count(RegistrationState.HELD) == RACERS - 1
        assert all(code.startswith("HS-") for code in codes)
