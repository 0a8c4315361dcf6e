"""The five printed programmes as the demonstration keeps them: every fact as printed, chains, trees, tasks, registers."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import registry.indicators
from registry.accounts.rules import Role, Viewer
from registry.policies.queries.consulting import standing_of_consultation
from registry.policies.rules.consulting import CommentOutcome
from registry.programmes.models import Programme, ProgrammeDocument, ProgrammeFact
from registry.programmes.operations.programmes import DocumentTerms, add_document
from registry.programmes.queries.programmes import documents, facts, members, nodes, programme_named
from registry.programmes.queries.registers import consulted, recommendations
from registry.programmes.queries.tasks import TaskFilter, rounds, tasks
from registry.programmes.rules.trees import above, below, node_faults
from registry.programmes.rules.words import ChainLink, DocumentRole, MemberRole, NodeKind
from registry.web.clock import now
from tests.factories.accounts import account
from tests.factories.programmes import demonstration

TODAY = date(2026, 11, 20)
ALL = Viewer.installation()
_NO_QUANTITY = {"date", "period", "document", "ordinal", "duration"}


@pytest.fixture
def five(session: Session) -> dict[str, Programme]:
    """All five by their codes."""
    demonstration(session, account(session, Role.OFFICER), on=TODAY)
    found = {code: programme_named(session, code) for code in ("BT", "KH", "HP", "PT", "LC")}
    return {code: one for code, one in found.items() if one is not None}


def chain(
    session: Session, programme: Programme
) -> tuple[dict[str, ProgrammeDocument], dict[int, int | None]]:
    found = documents(session, programme)
    return {one.number or one.title: one for one in found}, {one.id: one.parent_id for one in found}


def test_bt18_every_printed_figure_that_is_no_quantity_stands_in_its_programme(
    session: Session, five: dict[str, Programme]
) -> None:
    source = Path(registry.indicators.__file__).parent / "data" / "published_figures.csv"
    with source.open(encoding="utf-8", newline="") as file:
        printed = {row["id"]: row for row in csv.DictReader(file) if row["kind"] in _NO_QUANTITY}
    assert len(printed) == 44
    kept = {one.code: one for programme in five.values() for one in facts(session, programme)}
    assert kept.keys() == printed.keys()
    for code, row in printed.items():
        one = kept[code]
        assert (one.value, one.quote, str(one.paragraph)) == (row["value"], row["quote"], row["paragraph"]), (
            code
        )
        assert code.startswith(session.get_one(Programme, one.programme_id).code)
    assert kept["BT-18"].value == "2"
    assert session.scalar(select(ProgrammeFact.id).where(ProgrammeFact.code == "BT-01")) is None


def test_bt8_four_result_groups_on_which_indicators_hang(
    session: Session, five: dict[str, Programme]
) -> None:
    groups = [one for one in nodes(session, five["BT"]) if one.kind is NodeKind.RESULT_GROUP]
    assert [one.code for one in groups] == ["KV1", "KV2", "KV3", "KV4"]
    assert all(one.is_printed and one.parent_id is None for one in groups)


def test_bt9_chain_is_walked_both_ways(session: Session, five: dict[str, Programme]) -> None:
    named, parents = chain(session, five["BT"])
    scheme, plan = named["06-ĐA/TU"], named["3409/KH-UBND"]
    review = next(one for one in named.values() if one.role is DocumentRole.REVIEW)
    assert above(review.id, parents) == [plan.id, scheme.id]
    assert below(scheme.id, parents) == [plan.id, review.id]
    assert (plan.link, review.link, review.signed_on) == (
        ChainLink.IMPLEMENTS,
        ChainLink.REVIEWS,
        date(2023, 5, 11),
    )
    given = tasks(session, ALL, TaskFilter(programme_id=five["BT"].id), TODAY).rows
    assert {one.document_id for one in given} == {plan.id, review.id}
    assert len({one.lead.organisation_id for one in given}) == 3


def test_bt10_who_was_asked_and_did_not_send_is_listed(session: Session, five: dict[str, Programme]) -> None:
    (asked,) = rounds(session, five["BT"])
    missing = [one.organisation.name for one in asked.reviews if one.sent_at is None]
    assert missing == ["UBND huyện Ba Tri"]
    assert len(asked.reviews) == 6
    assert asked.document is not None
    assert asked.document.role is DocumentRole.REVIEW


def test_bt12_the_working_group_has_a_head_and_a_deputy(session: Session, five: dict[str, Programme]) -> None:
    assert [one.role for one in members(session, five["BT"])] == [MemberRole.HEAD, MemberRole.DEPUTY]


def test_kh11_an_amendment_is_a_new_document_and_what_was_given_under_the_old_one_stays(
    session: Session, five: dict[str, Programme]
) -> None:
    named, parents = chain(session, five["KH"])
    resolution, conclusion = named["07-NQ/TU"], named["541-KL/TU"]
    assert above(conclusion.id, parents) == [resolution.id]
    assert conclusion.link is ChainLink.CONTINUES
    amending = DocumentTerms(
        DocumentRole.RESOLUTION,
        "Sửa đổi, bổ sung Nghị quyết 07-NQ/TU",
        parent=resolution,
        link=ChainLink.AMENDS,
        effective_from=date(2026, 12, 1),
    )
    newer = add_document(session, five["KH"], amending, by=None, at=now())
    named, parents = chain(session, five["KH"])
    assert set(below(resolution.id, parents)) == {conclusion.id, newer.id}
    session.refresh(resolution)
    assert (resolution.number, resolution.signed_on) == ("07-NQ/TU", date(2021, 1, 11))
    given = tasks(session, ALL, TaskFilter(programme_id=five["KH"].id), TODAY).rows
    assert {one.document_id for one in given} == {conclusion.id}


def test_kh8_late_tasks_have_their_head_and_stand_in_the_order_of_their_days(
    session: Session, five: dict[str, Programme]
) -> None:
    late = tasks(session, ALL, TaskFilter(five["KH"].id, is_late=True), TODAY).rows
    assert [one.code for one in late] == ["3.1", "3.2"]
    assert all(one.head_office for one in late)


def test_hp6_recommendations_have_proposer_agency_answer_and_state(
    session: Session, five: dict[str, Programme]
) -> None:
    found = recommendations(session, ALL, five["HP"])
    assert [one.state for one in found] == ["forwarded", "answered", "raised"]
    assert "mục ngân sách" in found[0].words
    assert "đặt hàng" in found[1].words
    assert {one.proposer for one in found} == {"Hội Khoa học phát triển nguồn nhân lực, nhân tài thành phố"}
    assert found[0].agency is not None
    assert found[1].answered_on == date(2024, 6, 3)


def test_pt1_five_objectives_five_task_groups_and_what_lacks_a_source_is_told(
    session: Session, five: dict[str, Programme]
) -> None:
    found = nodes(session, five["PT"])
    of = {kind: [one for one in found if one.kind is kind] for kind in NodeKind}
    assert (len(of[NodeKind.OBJECTIVE]), len(of[NodeKind.TASK_GROUP])) == (5, 5)
    objectives = {one.id for one in of[NodeKind.OBJECTIVE]}
    assert {one.parent_id for one in of[NodeKind.KEY_RESULT]} == objectives
    lacking = [
        one.code
        for one in of[NodeKind.KEY_RESULT]
        if node_faults(
            one.kind, has_owner=one.owner_id is not None, has_source=bool(one.source), key_results=0
        )
    ]
    assert lacking == ["MT5.KQ1"]
    assert not any(one.is_printed for one in found)  # the source prints how many there are, not their names


def test_pt5_four_agencies_commented_and_each_comment_is_settled(
    session: Session, five: dict[str, Programme]
) -> None:
    asked = consulted(session, five["PT"])
    assert [one.agency for one in asked] == [
        "Sở Dân tộc và Tôn giáo",
        "Sở Khoa học và Công nghệ",
        "Ban Quản lý các Khu công nghiệp tỉnh",
        "Thống kê tỉnh",
    ]
    assert {one.comments[0].outcome for one in asked} == set(CommentOutcome)
    assert not standing_of_consultation(asked, TODAY).is_open
    assert five["PT"].organisation is not None
    assert five["PT"].organisation.name.startswith("Sở Nội vụ")


def test_pt6_departments_and_local_authorities_stand_in_one_matrix(
    session: Session, five: dict[str, Programme]
) -> None:
    found = tasks(session, ALL, TaskFilter(programme_id=five["PT"].id), TODAY).rows
    parts = {(one.organisation.name, one.part.value) for task in found for one in task.agencies}
    assert ("UBND phường Việt Trì", "co_operate") in parts
    assert ("Thống kê tỉnh Phú Thọ", "informed") in parts
    assert all(task.lead for task in found)
