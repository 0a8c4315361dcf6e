"""Of two people and two places each is told what was decided for them, and nothing of the other's."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.grants.operations import approve_decision, propose_decision
from registry.grants.queries.kept import opened_of
from registry.grants.queries.listing import (
    GrantFilter,
    decisions_about,
    grant_register,
    own_decisions,
    policies_decided,
)
from registry.grants.queries.rechecking import to_recheck
from registry.policies.operations import approve_version, draft_from, edit_draft, submit_version
from registry.policies.queries.versions import content_of
from tests.factories.accounts import account
from tests.factories.grants import BASE, SIGNED, TEN_YEARS, TODAY, Office, act, newest, office, proposed, rows
from tests.factories.needs import need

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"


def officer_of(path: str) -> Viewer:
    """Whoever may read grants under a path."""
    return Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(path))]).limited_to(Permission.GRANTS_READ)


@pytest.fixture
def far(session: Session) -> Office:
    """The same three in another province."""
    return office(session, "Đỗ Thị Xa", THERE)


def test_a_person_has_the_decisions_about_that_person(session: Session, of: Office, far: Office) -> None:
    own, other = proposed(session, of), proposed(session, far)
    everybody = Viewer.installation()
    for office_of, one in ((of, own), (far, other)):
        about = decisions_about(session, everybody, office_of.person, on=TODAY)
        assert [line.decision for line in about] == [one]
        assert [decision for decision, _grant in own_decisions(session, office_of.person)] == [one]
        kept = opened_of(session, office_of.person)
        assert [number for table, number in kept if table == "eligibility_decision"] == [one.id]
    assert decisions_about(session, officer_of(HERE), far.person, on=TODAY) == []


def test_a_decision_for_a_need_elsewhere_is_in_no_list(session: Session, of: Office) -> None:
    elsewhere = need(session, unit_path=THERE)
    version = newest(session, TEN_YEARS)
    day = act(of.officer, SIGNED.signed_on)
    propose_decision(session, of.person, elsewhere, version, rows(instalments=True), ("ts",), day)
    assert decisions_about(session, officer_of(HERE), of.person, on=TODAY) == []
    assert policies_decided(session, officer_of(HERE), on=TODAY) == []
    assert grant_register(session, officer_of(HERE), GrantFilter(), 1, on=TODAY).page.total == 0
    found = grant_register(session, officer_of(""), GrantFilter(), 1, on=TODAY)
    assert found.page.total == 1


def test_filters_name_the_policies_of_what_is_in_sight(session: Session, of: Office, far: Office) -> None:
    proposed(session, of)
    proposed(session, far, BASE, asked=rows())
    assert [code for code, _title in policies_decided(session, officer_of(HERE), on=TODAY)] == [TEN_YEARS]
    assert [code for code, _title in policies_decided(session, officer_of(THERE), on=TODAY)] == [BASE]


def test_what_a_later_version_changes_is_counted_where_it_was_given(
    session: Session, of: Office, far: Office
) -> None:
    given = {
        one.person.id: approve_decision(
            session, proposed(session, one, BASE, asked=rows()), SIGNED, act(one.head)
        )
        for one in (of, far)
    }
    version, third = newest(session, BASE), account(session, Role.CAMPAIGN_ADMIN, "").id
    at = act(of.head).at
    draft = draft_from(session, version, by=of.head.id, at=at)
    data: dict[str, Any] = deepcopy(content_of(draft)) | {"effective_from": TODAY.isoformat()}
    edit_draft(session, draft, data, document=draft.document, by=of.head.id, at=at)
    submit_version(session, draft, by=of.head.id, at=at)
    approve_version(session, draft, by=third, at=at)
    session.flush()
    session.expire_all()
    for one, path in ((of, HERE), (far, THERE)):
        found = to_recheck(session, officer_of(path), on=TODAY)
        assert found.total == 1
        assert [line.grant for line in found.lines] == [given[one.person.id]]
