"""The home page counts only what its reader may ask for."""

from datetime import timedelta
from typing import Any

import pytest
from flask import template_rendered
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.needs.rules import NeedState
from registry.pages.queries import needs_due
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, sign_in
from tests.factories.people import TODAY

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


@pytest.mark.parametrize("role", WORK, ids=str)
def test_each_role_is_told_of_its_own_work(client: Client, session: Session, role: Role) -> None:
    told: list[dict[str, Any]] = []

    def hear(_app: Any, template: Any, context: dict[str, Any], **_more: Any) -> None:
        if template.name == "pages/home.html":
            told.append(context["work"])

    sign_in(client, account(session, role, "VN/12/"))
    with template_rendered.connected_to(hear, client.application):
        client.get("/")
    (work,) = told
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
