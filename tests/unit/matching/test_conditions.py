"""Hard conditions in three values, the state they give, and what each relaxation would bring in."""

from datetime import date

import pytest

from registry.matching.engine.conditions import condition_key
from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailableCondition,
    Condition,
    DegreeCondition,
    EvidenceCondition,
    Field,
    FieldCondition,
    LanguageCondition,
    LanguageHeld,
    PersonFacts,
    ScopeCondition,
    SkillClaimed,
    SkillWanted,
)
from registry.matching.engine.outcome import Standing, Verdict
from registry.matching.engine.score import prepare, rank_people
from tests.factories.matching import SIMILAR, TODAY, claim, matched, need, person, studied, wanted

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN

ESSENTIAL: list[tuple[str, SkillWanted, list[SkillClaimed], Verdict]] = [
    ("the skill at its level", wanted(rank=3), [claim(rank=3)], MET),
    ("a narrower skill at the level", wanted(rank=3), [claim("DJANGO", 3)], MET),
    ("narrower by two hops", wanted(rank=3), [claim("REST", 4)], MET),
    ("the very skill, lower", wanted(rank=3), [claim(rank=2)], NOT_MET),
    ("«không có»", wanted(rank=3), [claim(rank=0)], NOT_MET),
    ("the very skill lower, but a narrower one reaches", wanted(rank=3), [claim(rank=2), claim("DJANGO", 3)], MET),
    ("a narrower skill, lower", wanted(rank=3), [claim("DJANGO", 2)], UNKNOWN),
    ("a broader skill", wanted(rank=3), [claim("CODING", 5)], UNKNOWN),
    ("a related skill", wanted(rank=3), [claim("JAVA", 5)], UNKNOWN),
    ("never mentioned", wanted(rank=3), [], UNKNOWN),
    ("level not stated", wanted(rank=3), [claim(rank=None)], UNKNOWN),
    # rank 1 at least would do, yet the rank is not known
    ("level not stated where the lowest would do", wanted(rank=1), [claim(rank=None)], UNKNOWN),
    ("the very skill lower, a narrower one not stated", wanted(rank=3), [claim(rank=1), claim("DJANGO", None)], NOT_MET),
    ("a claim to confirm", wanted(rank=3), [claim(rank=5, unconfirmed=True)], UNKNOWN),
    ("a claim to confirm does not exclude either", wanted(rank=3), [claim(rank=1, unconfirmed=True)], UNKNOWN),
    ("its own minimum below the wanted level", wanted(rank=4, minimum=2), [claim(rank=2)], MET),
    ("below its own minimum", wanted(rank=4, minimum=2), [claim(rank=1)], NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "claims", "expected"), [c[1:] for c in ESSENTIAL], ids=[c[0] for c in ESSENTIAL]
)
def test_an_essential_skill(asked: SkillWanted, claims: list[SkillClaimed], expected: Verdict) -> None:
    essential = SkillWanted(asked.skill, asked.rank, asked.weight, True, asked.minimum)
    match = matched(need(essential), person(*claims))
    assert match.skills[0].essential is expected
    assert [one.verdict for one in match.conditions] == [expected]


def test_a_desirable_skill_excludes_nobody() -> None:
    match = matched(need(wanted()), person(claim(rank=0)))
    assert (match.conditions, match.state) == ((), MET)


IN_DATA = FieldCondition((Field("7480109", "748"),))
GERMAN = LanguageCondition("de", 4)
BY_NEW_YEAR = AvailableCondition(date(2027, 1, 1))

OTHERS: list[tuple[str, Condition, PersonFacts, Verdict]] = [
    ("degree reached", DegreeCondition(5), person(education=(studied(3), studied(5))), MET),
    ("degree lower", DegreeCondition(5), person(education=(studied(3), studied(4))), NOT_MET),
    ("no education stated", DegreeCondition(5), person(), UNKNOWN),
    ("one rank not stated", DegreeCondition(5), person(education=(studied(4), studied(None))), UNKNOWN),
    ("field listed", IN_DATA, person(education=(studied(4, "7480109", "748"),)), MET),
    ("same group is not the field", IN_DATA, person(education=(studied(4, "7480201", "748"),)), NOT_MET),
    ("whole group listed", FieldCondition((Field(None, "748"),)), person(education=(studied(4, "7480201", "748"),)), MET),
    ("field not stated", IN_DATA, person(education=(studied(4),)), UNKNOWN),
    ("field known by its group only", IN_DATA, person(education=(studied(4, None, "748"),)), UNKNOWN),
    ("known by another group only", IN_DATA, person(education=(studied(4, None, "772"),)), NOT_MET),
    ("language reached", GERMAN, person(languages=(LanguageHeld("en", 2), LanguageHeld("de", 5))), MET),
    ("language lower", GERMAN, person(languages=(LanguageHeld("de", 3),)), NOT_MET),
    ("language level not stated", GERMAN, person(languages=(LanguageHeld("de"),)), UNKNOWN),
    ("another language says nothing", GERMAN, person(languages=(LanguageHeld("en", 6),)), UNKNOWN),
    ("free in time", BY_NEW_YEAR, person(availability=AvailabilityStated(TODAY, True, date(2027, 1, 1))), MET),
    ("free a day late", BY_NEW_YEAR, person(availability=AvailabilityStated(TODAY, True, date(2027, 1, 2))), NOT_MET),
    ("«không sẵn sàng»", BY_NEW_YEAR, person(availability=AvailabilityStated(TODAY, False)), NOT_MET),
    ("no day stated", BY_NEW_YEAR, person(availability=AvailabilityStated(TODAY)), UNKNOWN),
    ("nothing stated", BY_NEW_YEAR, person(), UNKNOWN),
    ("said too long ago", BY_NEW_YEAR, person(availability=AvailabilityStated(date(2025, 11, 24), False)), UNKNOWN),
    ("kept in the unit", ScopeCondition("VN/12/"), person(unit_path="VN/12/03388/"), MET),
    ("kept elsewhere", ScopeCondition("VN/12/"), person(unit_path="VN/01/"), NOT_MET),
    ("kept nowhere yet", ScopeCondition("VN/12/"), person(), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "facts", "expected"), [c[1:] for c in OTHERS], ids=[c[0] for c in OTHERS]
)
def test_another_condition(condition: Condition, facts: PersonFacts, expected: Verdict) -> None:
    match = matched(need(conditions=(condition,)), facts)
    assert [one.verdict for one in match.conditions] == [expected]


VERIFIED = EvidenceCondition("verified")
ATTACHED = EvidenceCondition("attached")

EVIDENCE: list[tuple[str, list[SkillWanted], EvidenceCondition, list[SkillClaimed], Verdict]] = [
    ("strong enough", [wanted(essential=True)], ATTACHED, [claim(evidence="attached")], MET),
    ("stronger", [wanted(essential=True)], ATTACHED, [claim(evidence="verified")], MET),
    ("too weak", [wanted(essential=True)], VERIFIED, [claim(evidence="attached")], NOT_MET),
    ("lapsed", [wanted(essential=True)], ATTACHED, [claim(evidence="expired")], NOT_MET),
    ("a narrower claim with evidence", [wanted(essential=True)], VERIFIED, [claim(), claim("DJANGO", 3, "verified")], MET),
    ("the skill itself is not known", [wanted(essential=True)], VERIFIED, [], UNKNOWN),
    ("desirable skills are not looked at", [wanted(essential=True), wanted("SQL")], VERIFIED, [claim(evidence="verified"), claim("SQL")], MET),
    ("one of two essentials too weak", [wanted(essential=True), wanted("SQL", essential=True)], VERIFIED, [claim(evidence="verified"), claim("SQL")], NOT_MET),
    ("without an essential skill there is nothing to look at", [wanted()], VERIFIED, [claim()], MET),
]  # fmt: skip


@pytest.mark.parametrize(
    ("skills", "condition", "claims", "expected"), [c[1:] for c in EVIDENCE], ids=[c[0] for c in EVIDENCE]
)
def test_an_evidence_condition(
    skills: list[SkillWanted], condition: EvidenceCondition, claims: list[SkillClaimed], expected: Verdict
) -> None:
    match = matched(need(*skills, conditions=(condition,)), person(*claims))
    assert match.conditions[-1].verdict is expected


def test_each_condition_has_a_name_of_its_own() -> None:
    conditions: list[Condition | SkillWanted] = [
        wanted(essential=True),
        DegreeCondition(5),
        FieldCondition((Field("B", "1"), Field(None, "9"), Field("A", "1"))),
        GERMAN,
        BY_NEW_YEAR,
        ScopeCondition("VN/12/"),
        VERIFIED,
    ]
    assert [condition_key(one) for one in conditions] == [
        "skill:PYTHON>=3",
        "degree>=5",
        "field:9,A,B",
        "language:de>=4",
        "available<=2027-01-01",
        "scope:VN/12/",
        "evidence>=verified",
    ]


def test_a_plan_names_its_conditions_with_the_essential_skills_first() -> None:
    plan = prepare(
        need(wanted("SQL"), wanted(essential=True), conditions=(GERMAN, DegreeCondition(5))), SIMILAR
    )
    assert [key for key, _condition in plan.named_conditions()] == [
        "skill:PYTHON>=3",
        "degree>=5",
        "language:de>=4",
    ]


def test_the_same_condition_twice_counts_once() -> None:
    match = matched(
        need(conditions=(DegreeCondition(5), DegreeCondition(5))), person(education=(studied(4),))
    )
    assert match.failed == ("degree>=5",)
    twice = matched(need(wanted(essential=True), wanted(weight=2, essential=True)), person(claim(rank=1)))
    assert twice.failed == ("skill:PYTHON>=3",)


def test_state_is_the_worst_of_the_conditions() -> None:
    spec = need(wanted(essential=True), conditions=(DegreeCondition(5),))
    assert matched(spec, person(claim(), education=(studied(5),))).state is MET
    assert matched(spec, person(claim(rank=None), education=(studied(5),))).state is UNKNOWN
    assert matched(spec, person(claim(rank=None), education=(studied(4),))).state is NOT_MET


def test_a_person_is_ranked_excluded_or_counted_as_without_enough_data() -> None:
    spec = need(wanted(essential=True))
    assert matched(spec, person(claim())).standing is Standing.RANKED
    assert matched(spec, person(claim(rank=1))).standing is Standing.EXCLUDED
    assert matched(spec, person()).standing is Standing.NOT_ENOUGH_DATA
    # a denial is an answer: excluded, not without data
    assert matched(spec, person(claim(rank=0))).standing is Standing.EXCLUDED


def test_excluded_by_reason_and_what_each_relaxation_brings_in() -> None:
    spec = need(wanted(essential=True), conditions=(DegreeCondition(5),))
    master, bachelor = (studied(5),), (studied(4),)
    people = [
        person(claim(), id="a", education=master),
        person(claim(), id="b", education=bachelor),  # only the degree
        person(claim(), id="c", education=bachelor),  # only the degree
        person(claim(rank=2), id="d", education=master),  # only the skill
        person(claim(rank=2), id="e", education=bachelor),  # both
        person(id="f", education=bachelor),  # only the degree, but nothing to rank by
        person(claim(rank=0), id="g", education=master),  # only the skill, but nothing to rank by
        person(id="h", education=master),
    ]
    ranking = rank_people(prepare(spec, SIMILAR), people, TODAY)
    assert [row.person for row in ranking.rows] == ["a"]
    assert ranking.excluded == {"degree>=5": 4, "skill:PYTHON>=3": 3}
    assert ranking.relaxations == {"degree>=5": 2, "skill:PYTHON>=3": 1}
    assert (ranking.considered, ranking.excluded_people, ranking.not_enough_data) == (8, 6, 1)


def test_relaxing_brings_in_exactly_as_many_as_foretold() -> None:
    people = [
        person(claim(), id="a", education=(studied(4),)),
        person(claim(rank=1), id="b", education=(studied(4),)),
        person(id="c", education=(studied(4),)),
        person(claim(), id="d", education=(studied(5),)),
    ]
    spec = need(wanted(essential=True), conditions=(DegreeCondition(5),))
    before = rank_people(prepare(spec, SIMILAR), people, TODAY)
    after = rank_people(prepare(spec, SIMILAR, {"degree>=5"}), people, TODAY)
    assert len(after.rows) - len(before.rows) == before.relaxations["degree>=5"] == 1
