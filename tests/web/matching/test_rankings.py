"""Rankings from the database: the numbers, the order, the statements that are sent, and kept runs."""

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Scope, Viewer
from registry.audit.models import AuditEvent
from registry.matching.models import MatchRow, MatchRun
from registry.matching.operations import run_match
from registry.matching.queries import (
    match_document,
    needs_for_person,
    people_shown,
    ranked,
    rescored,
    run_of,
    runs_of,
    score_document,
)
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState
from registry.people.models import SkillClaim
from registry.skills.models import Skill
from registry.skills.operations.changes import new_version
from registry.skills.queries import similarity_of
from registry.skills.rules import SkillState
from tests.factories import needs as make_needs
from tests.factories.candidates import TODAY, candidate, crowd, studied, worked
from tests.factories.ranked_needs import Story, story

EVERYBODY = Viewer.installation()
GOLDEN = Path(__file__).parent / "ranking.json"
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    session.flush()
    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(bind, "before_cursor_execute", note)


def document(session: Session, told: Story) -> dict[str, Any]:
    return match_document(session, told.need, EVERYBODY, TODAY)


def test_the_ranking_by_hand(session: Session, told: Story) -> None:
    made = document(session, told)
    # shares 50, 20, 15, 10 and 5 all asked for; weights 3, 2, 1 of 5000: 2500, 1667, 833
    rows = {row["person"]: row for row in made["rows"]}
    best = rows[told.best.public_id]
    # machine learning is narrower than AI (90), 4 of 3: 2250; SQL 2 of 4: 833; GIS never mentioned
    assert [(one["requirement"], one["claim"], one["points"], one["max"]) for one in best["skills"]] == [
        ("IT15", "IT16", 2250, 2500),
        ("IT08", "IT08", 833, 1667),
        ("IT35", None, 0, 833),
    ]
    # 6 of 8 years; a master in the field; within three months; the province accepted
    assert [(part["name"], part["points"], part["max"]) for part in best["parts"]] == [
        ("skills", 3083, 5000),
        ("experience", 1500, 2000),
        ("qualification", 1500, 1500),
        ("availability", 500, 1000),
        ("place", 500, 500),
    ]
    assert (best["rank"], best["score"], best["potential"]) == (1, 7083, 7083)
    # the hidden one: AI 3 of 3 = 2500, the degree 1500; experience, availability and place not stated
    hidden = rows[told.hidden.public_id]
    assert (hidden["rank"], hidden["score"], hidden["potential"]) == (2, 4000, 7500)
    # the asked one: AI at least 1 of 3 = 833, SQL 1667, the degree 1500: more points, but something is unknown
    asked = rows[told.asked.public_id]
    assert (asked["rank"], asked["state"], asked["score"]) == (3, "unknown", 4000)
    assert asked["potential"] == 2500 + 1667 + 1500 + 2000 + 1000 + 500
    assert len(rows) == 3


def test_everybody_else_is_counted_with_a_reason(session: Session, told: Story) -> None:
    made = document(session, told)
    reasons = {"Kỹ năng bắt buộc «Trí tuệ nhân tạo» từ bậc 3": 1, "Trình độ từ Thạc sĩ trở lên": 1}
    assert made["excluded"] == reasons
    assert made["relaxations"] == reasons
    assert (made["considered"], made["excluded_people"], made["not_enough_data"]) == (6, 2, 1)
    assert [made["formula"], made["index"], made["as_of"], made["need"]] == [
        1,
        None,
        "2026-11-25",
        told.need.public_id,
    ]


def test_the_keys_of_a_row_are_those_of_the_contract(session: Session, told: Story) -> None:
    made = document(session, told)
    assert list(made) == [
        "need", "formula", "index", "as_of", "considered", "not_enough_data", "excluded", "excluded_people",
        "relaxations", "rows",
    ]  # fmt: skip
    row = made["rows"][0]
    assert list(row) == [
        "person", "rank", "state", "score", "potential", "parts", "skills", "conditions", "policies",
    ]  # fmt: skip
    assert list(row["parts"][0]) == ["name", "share", "points", "potential", "max"]
    assert list(row["skills"][0]) == [
        "requirement", "essential", "weight", "required_level", "claim", "similarity", "level", "points", "max",
        "how", "evidence",
    ]  # fmt: skip
    assert row["conditions"] == [
        {"text": "Kỹ năng bắt buộc «Trí tuệ nhân tạo» từ bậc 3", "state": "met"},
        {"text": "Trình độ từ Thạc sĩ trở lên", "state": "met"},
    ]
    assert row["policies"] == []


def test_the_row_of_one_person_is_the_row_of_the_ranking(session: Session, told: Story) -> None:
    for row in document(session, told)["rows"]:
        assert score_document(session, told.need, row["person"], EVERYBODY, TODAY) == row


def test_the_row_of_somebody_who_is_not_ranked_says_why(session: Session, told: Story) -> None:
    excluded = score_document(session, told.need, told.low_degree.public_id, EVERYBODY, TODAY)
    assert excluded is not None
    assert (excluded["rank"], excluded["state"]) == (None, "not_met")
    assert [one["state"] for one in excluded["conditions"]] == ["met", "not_met"]
    empty = score_document(session, told.need, told.empty.public_id, EVERYBODY, TODAY)
    assert empty is not None
    assert (empty["rank"], empty["parts"][0]["points"]) == (None, 0)
    assert score_document(session, told.need, "0" * 26, EVERYBODY, TODAY) is None


def test_top_cuts_the_rows_and_nothing_else(session: Session, told: Story) -> None:
    whole = document(session, told)
    cut = match_document(session, told.need, EVERYBODY, TODAY, top=1)
    assert cut == {**whole, "rows": whole["rows"][:1]}


FIXED = {  # public ids of the story, so that a document can be compared byte by byte
    name: f"{name.replace('_', '')}".ljust(26, "0")
    for name in ("best", "hidden", "asked", "low_degree", "low_skill", "empty")
}


@pytest.mark.parametrize("backwards", [False, True])
def test_the_document_has_the_same_bytes_on_both_databases_and_in_any_order(
    session: Session, backwards: bool
) -> None:
    told = story(session, backwards=backwards)
    told.need.public_id = "need".ljust(26, "0")
    for name, public_id in FIXED.items():
        getattr(told, name).public_id = public_id
    session.flush()
    written = json.dumps(document(session, told), ensure_ascii=False, indent=1) + "\n"
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_the_number_of_statements_does_not_grow_with_the_people(session: Session, told: Story) -> None:
    similarity_of(session)  # read once by a process
    with statements(session) as few:
        ranked(session, told.need, EVERYBODY, TODAY)
    crowd(session, 30, ("IT15", 4), ("IT08", 3), education=(studied(5),), experience=(worked(2019, None),))
    with statements(session) as many:
        found = ranked(session, told.need, EVERYBODY, TODAY)
    assert len(found.rows) == 33
    assert len(few) == len(many) == 9


def test_no_protected_column_is_asked_for(session: Session, told: Story) -> None:
    new_version(session)  # as in a process that has read nothing
    with statements(session) as sent:
        ranked(session, told.need, EVERYBODY, TODAY)
        needs_for_person(session, told.best, EVERYBODY, TODAY)
    everything = " ".join(sent)
    columns = set(re.findall(r"\bperson\.(\w+)", everything))
    assert columns == {"id", "public_id", "unit_path", "state", "legal_basis", "closed_purposes"}
    tables = set(re.findall(r"(?:FROM|JOIN) (\w+)", everything))
    assert tables - {"json_each"} == {  # that one is a list that was sent along
        "accepted_place", "administrative_unit", "availability", "availability_form", "consent", "education",
        "experience", "need", "need_condition", "need_skill", "notice", "organisation", "person",
        "purpose", "skill", "skill_claim", "skill_relation", "vocabulary_state",
    }  # fmt: skip
    assert "school" not in everything


def test_a_merged_concept_counts_as_what_it_became(session: Session, told: Story) -> None:
    before = document(session, told)["rows"]
    machine_learning = session.scalars(select(Skill).where(Skill.code == "IT16")).one()
    old = Skill(
        code="XX01", vi="Máy học", en="Machine learning (old)", family=machine_learning.family,
        sector=machine_learning.sector, scale=machine_learning.scale, state=SkillState.MERGED,
        merged_into_id=machine_learning.id,
    )  # fmt: skip
    session.add(old)
    session.flush()
    for claim in session.scalars(select(SkillClaim).where(SkillClaim.skill_id == machine_learning.id)):
        claim.skill_id = old.id
    session.flush()
    assert document(session, told)["rows"] == before


def test_two_requirements_whose_concepts_were_merged_are_one(session: Session) -> None:
    concept = session.scalars(select(Skill).where(Skill.code == "IT15")).one()
    old = Skill(
        code="XX02", vi="AI cũ", en="AI (old)", family=concept.family, sector=concept.sector, scale=concept.scale,
        state=SkillState.MERGED, merged_into_id=concept.id,
    )  # fmt: skip
    session.add(old)
    session.flush()
    need = make_needs.need(
        session,
        skills=[
            make_needs.skill(session, "IT15", 2, weight=1),
            make_needs.skill(session, "XX02", 4, weight=3, is_essential=True, minimum=3),
        ],
    )
    wanted = ranked(session, need, EVERYBODY, TODAY).plan.wanted
    assert [(one.skill, one.rank, one.weight, one.must_reach) for one in wanted] == [("IT15", 4, 3, 3)]


def test_every_kind_of_condition_reaches_the_formula(session: Session) -> None:
    need = make_needs.need(
        session,
        conditions=[
            ConditionTerms(ConditionKind.DEGREE, rank=5),
            ConditionTerms(ConditionKind.FIELD, field_codes=("748", "746")),
            ConditionTerms(ConditionKind.LANGUAGE, language="en", rank=4),
            ConditionTerms(ConditionKind.AVAILABLE, by_on=date(2027, 1, 15)),
            ConditionTerms(ConditionKind.SCOPE, unit_path="VN/12/"),
            ConditionTerms(ConditionKind.EVIDENCE, evidence="verified"),
        ],
        skills=[make_needs.skill(session, "LA01", 4, is_essential=True)],
    )
    candidate(session, "Lò Văn Chiến", ("LA01", 4))
    row = match_document(session, need, EVERYBODY, TODAY)
    assert list(row["excluded"]) == ["Kỹ năng bắt buộc đã được xác minh"]
    texts = [key for key, _condition in ranked(session, need, EVERYBODY, TODAY).plan.named_conditions()]
    assert texts == [
        "skill:LA01>=4", "available<=2027-01-15", "degree>=5", "evidence>=verified", "field:746,748",
        "language:en>=4", "scope:VN/12/",
    ]  # fmt: skip


def test_a_need_whose_skills_are_all_waiting_asks_for_the_rest_only(session: Session) -> None:
    need = make_needs.need(session, unit_path="VN/12/")
    candidate(session, "Lò Văn Chiến", ("IT15", 3))
    made = match_document(session, need, EVERYBODY, TODAY)
    assert [row["score"] for row in made["rows"]] == [0]
    assert made["rows"][0]["potential"] == 10_000


def test_an_officer_ranks_only_the_people_in_scope(session: Session, told: Story) -> None:
    candidate(session, "Ở Hà Nội", ("IT15", 5), education=(studied(6),), unit_path="VN/01/")
    officer = Viewer(1, EVERYBODY.permissions, (Scope("VN/12/"),))
    assert ranked(session, told.need, officer, TODAY).tally.considered == 6
    assert ranked(session, told.need, EVERYBODY, TODAY).tally.considered == 7


def test_people_are_shown_only_while_they_may_be(session: Session, told: Story) -> None:
    officer = Viewer(1, EVERYBODY.permissions, (Scope("VN/12/"),))
    ids = [told.best.public_id, told.hidden.public_id]
    assert sorted(people_shown(session, officer, ids, TODAY)) == sorted(ids)
    elsewhere = Viewer(1, EVERYBODY.permissions, (Scope("VN/01/"),))
    assert people_shown(session, elsewhere, ids, TODAY) == {}


def test_needs_of_a_person_are_the_same_matches(session: Session, told: Story) -> None:
    other = make_needs.need(
        session, "Chuyên viên GIS", state=NeedState.OPEN, skills=[make_needs.skill(session, "IT35", 3)]
    )
    draft = make_needs.need(session, "Bản nháp", skills=[make_needs.skill(session, "IT08", 3)])
    found = needs_for_person(session, told.best, EVERYBODY, TODAY)
    assert found.is_matchable
    assert [one.need.public_id for one in found.rows] == [told.need.public_id]
    assert other not in [one.need for one in found.rows]
    assert draft not in [one.need for one in found.rows]
    assert found.rows[0].match == ranked(session, told.need, EVERYBODY, TODAY).rows[0]
    shut = needs_for_person(session, told.low_degree, EVERYBODY, TODAY)
    assert [one.need for one in shut.excluded] == [told.need]
    assert shut.rows == ()


def test_a_person_who_may_not_be_matched_has_no_needs(session: Session) -> None:
    person = candidate(session, "Chỉ lưu", ("IT15", 3), consents=("registry",))
    assert not needs_for_person(session, person, EVERYBODY, TODAY).is_matchable


def test_needs_of_a_person_take_a_fixed_number_of_statements(session: Session, told: Story) -> None:
    with statements(session) as few:
        needs_for_person(session, told.best, EVERYBODY, TODAY)
    for number in range(5):
        make_needs.need(
            session, f"Nhu cầu {number}", state=NeedState.OPEN, skills=[make_needs.skill(session, "IT15", 3)]
        )
    with statements(session) as many:
        assert len(needs_for_person(session, told.best, EVERYBODY, TODAY).rows) == 6
    assert len(many) <= len(few)


def test_a_kept_run_holds_what_decided_it_and_scores_the_same_again(session: Session, told: Story) -> None:
    run = run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None)
    assert (run.formula_version, run.considered, run.ranked, run.index_version) == (1, 6, 3, None)
    assert run.vocabulary_version != ""
    assert run.scopes == [["", ""]]
    found = run_of(session, told.need, run.public_id)
    assert found is run
    rows = rescored(run)
    assert [one.agrees for one in rows] == [True, True, True]
    kept = json.dumps([[row.content, row.inputs] for row in run.rows], ensure_ascii=False)
    for person in (told.best, told.hidden, told.asked):
        assert person.full_name not in kept
        assert person.public_id in kept
    assert runs_of(session, told.need) == [run]
    assert session.scalar(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "match.kept")
    ) == 1  # fmt: skip


def test_a_kept_run_does_not_change_when_the_people_do(session: Session, told: Story) -> None:
    run = run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None)
    before = [(row.rank, row.person, row.certain) for row in run.rows]
    session.query(SkillClaim).update({"level": 1})
    session.flush()
    session.expire_all()
    again = run_of(session, told.need, run.public_id)
    assert again is not None
    assert [(row.rank, row.person, row.certain) for row in again.rows] == before
    assert all(one.agrees for one in rescored(again))


def test_keeping_the_same_inputs_twice_keeps_one_run(session: Session, told: Story) -> None:
    first = run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None)
    assert run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None) is first
    session.query(SkillClaim).update({"level": 5})
    session.flush()
    session.expire_all()
    assert run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None) is not first
    assert session.scalar(select(func.count()).select_from(MatchRun)) == 2


def test_a_tampered_or_blanked_row_is_told(session: Session, told: Story) -> None:
    run = run_match(session, told.need, EVERYBODY, as_of=TODAY, at=AT, by=None)
    first, second, third = run.rows
    assert first.content is not None
    first.content = {**first.content, "score": 9999}
    second.inputs = second.content = second.person = None
    assert [one.agrees for one in rescored(run)] == [False, None, True]
    run.formula_version = 99
    assert {one.agrees for one in rescored(run)} == {None}
    assert session.scalar(select(func.count()).select_from(MatchRow)) == 3
    assert third.rank == 3
