"""Merges and registrations beside the queue: only of the viewer's office, only with the right to write."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Role, Scope, Viewer
from registry.duplicates.queries import merges
from registry.people.models import DuplicateMerge
from registry.registrations.models import Registration
from registry.registrations.rules import Audience, RegistrationState
from tests.conftest import Client
from tests.factories import duplicates as make
from tests.factories.accounts import account, sign_in
from tests.factories.people import AT, TODAY
from tests.factories.roles import take_away

pytestmark = make.on_sqlite


def test_a_merge_that_another_office_made_stays_its_own(session: Session) -> None:
    merge = make.merged(session, *make.rich_pair(session, is_paused=False))
    officer = Viewer(None, frozenset(Permission), (Scope("VN/12/"),))
    assert _merges(session, officer) == [merge]
    merge.unit_path = "VN/01/"
    session.flush()
    assert _merges(session, officer) == []


def _merges(session: Session, viewer: Viewer) -> list[DuplicateMerge]:
    return [row.merge for row in merges(session, viewer, number=1, on=TODAY).rows]


def test_registrations_stand_beside_the_queue_for_who_may_write_people(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = account(session, Role.CANDIDATE, "")
    session.add(
        Registration(
            account_id=owner.id, audience=Audience.EXPERT, state=RegistrationState.HELD, code="HS-CHO-1",
            unit_path="VN/12/", submitted_at=AT,
        )
    )  # fmt: skip
    session.flush()
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    assert "HS-CHO-1" in client.get("/ung-vien/trung").text
    take_away(monkeypatch, Role.OFFICER, Permission.PEOPLE_WRITE)
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    assert "HS-CHO-1" not in client.get("/ung-vien/trung").text
