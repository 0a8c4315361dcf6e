"""The home page counts only what its reader may ask for."""

from datetime import timedelta
from typing import Any

import pytest
from flask import template_rendered
from sqlalchemy.orm import Session

from registry.accounts.models import Alert
from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Grant, Permission, Role, Scope, Viewer
from registry.campaigns.rules.words import ANSWER_ALERT
from registry.matching.operations.owners import RANKING_CHANGED
from registry.needs.rules import NeedState
from registry.pages.queries import needs_due
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, sign_in
from tests.factories.campaigns import campaign
from tests.factories.people import AT, TODAY
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_ALWAYS = {"due_days", "on", "own_alerts", "has_own", "failed_jobs"}
_OF_NEEDS = {"needs", "due"}
_OF_MATCHING = {"alerts", "talks", "interested", "people", "saved"}
_OF_PLACING = {"candidacies", "grants"}
WORK = {
    Role.OFFICER: _ALWAYS | _OF_NEEDS | _OF_MATCHING | _OF_PLACING | {"rights", "held", "alike"},
    Role.CAMPAIGN_ADMIN: _ALWAYS | _OF_NEEDS | _OF_MATCHING | _OF_PLACING | {"terms"},
    Role.SYSTEM_ADMIN: _ALWAYS | {"terms"},
    Role.AUDITOR: _ALWAYS | _OF_NEEDS | {"grants"},
}


def work_told(client: Client) -> dict[str, Any]:
    """What the home page of whoever is signed in is written from."""
    told: list[dict[str, Any]] = []

    def hear(_app: Any, template: Any, context: dict[str, Any], **_more: Any) -> None:
        if template.name == "pages/home.html":
            told.append(context["work"])

    with template_rendered.connected_to(hear, client.application):
        client.get("/")
    (work,) = told
    return work


@pytest.mark.parametrize("role", WORK, ids=str)
def test_each_role_is_told_of_its_own_work(client: Client, session: Session, role: Role) -> None:
    sign_in(client, account(session, role, "VN/12/"))
    work = work_told(client)
    assert set(work) == WORK[role]
    assert not work["has_own"]


def test_needs_that_are_due_are_those_of_the_reader(session: Session) -> None:
    there = make_needs.need(session, "Việc ở xa", state=NeedState.OPEN, unit_path="VN/01/")
    here = make_needs.need(session, "Việc ở đây", state=NeedState.OPEN, unit_path="VN/12/")
    for one in (there, here):
        one.expected_on = TODAY + timedelta(days=2)
    session.flush()
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope("VN/12/"))])
    assert list(needs_due(session, viewer, on=TODAY)) == [here]


def test_without_the_right_to_read_jobs_failed_ones_are_not_counted(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away(monkeypatch, Role.OFFICER, Permission.JOBS_READ)
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    assert "failed_jobs" not in work_told(client)


def test_alerts_are_of_needs_and_campaigns_where_they_may_be_read(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = account(session, Role.OFFICER, "VN/12/")
    grant_role(session, who, Role.SYSTEM_ADMIN, EVERYWHERE, by=None, starts_on=TODAY, at=AT)
    here, there = (campaign(session, path, unit_path=path) for path in ("VN/12/", "VN/01/"))
    needs = [make_needs.need(session, path, unit_path=path) for path in ("VN/12/", "VN/01/")]
    for kind, sort, about in (
        *((ANSWER_ALERT, "campaign", one.public_id) for one in (here, there)),
        *((RANKING_CHANGED, "need", one.public_id) for one in needs),
    ):
        session.add(
            Alert(
                account_id=who.id, kind=kind, subject_kind=sort, subject_id=about, about_id=about, detail={},
                raised_at=AT,
            )
        )  # fmt: skip
    session.commit()
    sign_in(client, who)
    alerts = work_told(client)["alerts"]
    assert alerts["unread"] == 2
    ways = {line["words"].href for line in alerts["lines"]}
    assert f"/chien-dich/{here.public_id}/nguoi?buoc=replied" in ways
    assert not [way for way in ways if there.public_id in way or needs[1].public_id in way]
    take_away(monkeypatch, Role.OFFICER, Permission.PEOPLE_READ)
    ways = {line["words"].href for line in work_told(client)["alerts"]["lines"]}
    assert f"/chien-dich/{here.public_id}" in ways
