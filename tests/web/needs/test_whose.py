"""Needs of other places count nowhere, and what belongs to one need or account is shown with no other."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Grant, Permission, Role, Scope, Viewer
from registry.audit.operations import record
from registry.needs import queries
from registry.needs.models import Need
from registry.needs.operations import placing
from registry.needs.rules import NeedState
from registry.skills.queries import Wanted, skills_by_code
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.needs import AT, need, skill
from tests.factories.people import TODAY
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
A, B = "VN/12/", "VN/01/"
# Who administers the system of the whole country reads no needs of it.
DUO = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(B)), Grant(Role.SYSTEM_ADMIN, Scope())])


@pytest.fixture
def needs(session: Session) -> Mapping[str, Need]:
    """An open need of each province for the same skill."""
    return {
        path: need(
            session, f"Việc ở {path}", state=NeedState.OPEN, skills=[skill(session, "IT15")], unit_path=path
        )
        for path in (A, B)
    }


def test_who_keeps_the_vocabulary_is_told_of_the_needs_they_may_read(
    session: Session, needs: Mapping[str, Need]
) -> None:
    concept = skills_by_code(session, ["IT15"])["IT15"]
    wanted = Wanted(skill_ids=frozenset({concept.id}))
    assert placing.need_counts(session, DUO, {concept.id: concept.id}, TODAY) == {concept.id: 1}
    touched = placing.needs_touched(session, DUO, wanted, TODAY)
    assert (touched.total, touched.codes) == (2, [needs[B].code])
    found = placing.need_owners(session, DUO, wanted, TODAY)
    assert (found.total, found.seen, [one.public_id for one in found.first]) == (2, 1, [needs[B].public_id])


def test_a_need_has_its_own_log_and_a_form_is_its_senders(
    session: Session, needs: Mapping[str, Need]
) -> None:
    one, other = account(session), account(session)
    needs[A].submission_key, needs[A].created_by = "k" * 26, one.id
    session.flush()
    assert queries.need_by_submission(session, "k" * 26, one.id) == needs[A]
    assert queries.need_by_submission(session, "k" * 26, other.id) is None
    assert {line.step.need_id for line in queries.log_of(session, needs[A])} == {needs[A].id}
    assert list(queries.listed_needs(session, DUO.limited_to(Permission.NEEDS_READ))) == [needs[B]]


def test_how_long_filling_takes_is_counted_over_needs_in_sight(session: Session) -> None:
    for _number in range(5):
        need(session, state=NeedState.FILLED, unit_path=A, at=AT)
    viewers = [Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(path))]) for path in (A, B)]
    assert [queries.usual_days_to_fill(session, one) for one in viewers] == [0, None]


def test_an_empty_list_says_nothing_of_needs_elsewhere(
    client: Client, session: Session, needs: Mapping[str, Need]
) -> None:
    sign_in(client, account(session, Role.OFFICER, A))
    page = client.get(f"/nhu-cau?dia-ban={B}&trang-thai=draft").text
    assert "Bỏ từng điều kiện cũng chưa có nhu cầu nào." in page


def test_lists_by_number_are_of_needs_in_sight(session: Session, needs: Mapping[str, Need]) -> None:
    viewer = DUO.limited_to(Permission.NEEDS_READ)
    assert list(queries.register_ids(session, viewer, queries.RegisterFilter())) == [needs[B].id]
    assert queries.needs_with_ids(session, viewer, [needs[A].id, needs[B].id]) == [needs[B]]


def test_a_policy_is_tried_for_a_post_in_sight(
    client: Client, session: Session, needs: Mapping[str, Need]
) -> None:
    duo = account(session, Role.OFFICER, B)
    grant_role(session, duo, Role.SYSTEM_ADMIN, EVERYWHERE, by=None, starts_on=TODAY, at=AT)
    session.commit()
    sign_in(client, duo)
    for path in (A, B):
        page = client.get(f"/chinh-sach/quan-tri/HN-92-2026/1/thu?nhu-cau={needs[path].code}").text
        assert (needs[path].title in page) is (path == B)


def test_a_change_of_the_vocabulary_is_shown_to_whoever_may_read_it(
    client: Client, session: Session, needs: Mapping[str, Need], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = "k" * 26
    record(
        session, None, "need.skill_placed", "need", needs[A].public_id,
        changes={"skills": (("AI", None, 1), ("AI", None, None))}, detail={"change_id": change}, at=AT,
    )  # fmt: skip
    sign_in(client, account(session, Role.OFFICER, A))
    page = f"/nhu-cau/{needs[A].public_id}/nhat-ky"
    assert change in client.get(page).text
    take_away(monkeypatch, Role.OFFICER, Permission.SKILLS_READ)
    assert change not in client.get(page).text
