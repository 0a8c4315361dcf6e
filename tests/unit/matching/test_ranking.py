"""Order, totals and counts of a whole ranking; the match of the picture worked by hand."""

from datetime import date

from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailabilityWanted,
    DegreeCondition,
    ExperienceWanted,
    Field,
    NeedSpec,
    PersonFacts,
    PlacesStated,
    PlaceWanted,
    QualificationWanted,
    SkillWanted,
)
from registry.matching.engine.outcome import Interval
from registry.matching.engine.score import prepare, rank_people
from tests.factories.matching import (
    SIMILAR,
    TODAY,
    claim,
    matched,
    need,
    person,
    points,
    studied,
    wanted,
    worked,
)

HEALTH_DATA_ENGINEER = NeedSpec(
    "need1",
    skills=(
        SkillWanted("PYTHON", 4, 3, essential=True),
        SkillWanted("SQL", 4, 2, essential=True),
        SkillWanted("FHIR", 3, 2),
        SkillWanted("SECURITY", 3, 2),
        SkillWanted("CHARTS", 3, 1),
    ),
    experience=ExperienceWanted(8),
    qualification=QualificationWanted(5, (Field("7480109", "748"),)),
    availability=AvailabilityWanted(date(2027, 1, 15)),
    place=PlaceWanted("VN/12/03388/"),
)

KHUE = PersonFacts(
    "khue",
    skills=(
        claim("PYTHON", 5, "verified"),
        claim("POSTGRES", 4, "attached"),
        claim("HL7", 3),
        claim("SECURITY", 2),
    ),
    experience=(worked(date(2020, 1, 1), ongoing=True),),
    education=(studied(4, "7480109", "748"),),
    availability=AvailabilityStated(date(2026, 6, 1), True, date(2027, 3, 1)),
    places=PlacesStated(("VN/12/",)),
)


def test_the_whole_match_by_hand() -> None:
    match = matched(HEALTH_DATA_ENGINEER, KHUE)
    # weights 3, 2, 2, 2, 1 of 5000
    assert [(one.wanted.skill, one.maximum) for one in match.skills] == [
        ("PYTHON", 1500),
        ("SQL", 1000),
        ("FHIR", 1000),
        ("SECURITY", 1000),
        ("CHARTS", 500),
    ]
    # Python 5 of 4; PostgreSQL is narrower (90), 4 of 4; HL7 is related (50), 3 of 3; 2 of 3 = 666.67; never mentioned
    assert [one.points for one in match.skills] == [1500, 900, 500, 666, 0]
    assert [(part.name, part.points, part.maximum) for part in match.parts] == [
        ("skills", 3566, 5000),
        ("experience", 1500, 2000),  # six years of eight: v = 45, 2000·45//60
        ("qualification", 750, 1500),  # one rank below in the field: v = 30
        ("availability", 500, 1000),  # within three months: v = 30
        ("place", 500, 500),  # the province contains the commune
    ]
    assert points(match) == Interval(6816, 6816)


def test_potential_is_what_the_missing_facts_could_add() -> None:
    bare = PersonFacts("bare", skills=(claim("PYTHON", None), claim("SQL", 4, unconfirmed=True)))
    match = matched(HEALTH_DATA_ENGINEER, bare)
    # Python at least 1 of 4: 1500·100·15//6000 = 375; SQL through Python: 1000·50·15//6000 = 125
    assert [one.points for one in match.skills] == [375, 125, 0, 0, 0]
    # Python at most 1500, SQL once confirmed 1000; the other four parts in full
    assert points(match) == Interval(500, 1500 + 1000 + 2000 + 1500 + 1000 + 500)


def test_parts_that_are_not_asked_for_are_worth_nothing() -> None:
    match = matched(need(wanted()), KHUE)
    assert [(part.share, part.points, part.potential, part.maximum) for part in match.parts[1:]] == [
        (0, 0, 0, 0)
    ] * 4


def ranked(spec: NeedSpec, *people: PersonFacts) -> list[str]:
    return [row.person for row in rank_people(prepare(spec, SIMILAR), people, TODAY).rows]


def test_higher_certain_totals_come_first_whatever_the_potential() -> None:
    spec = need(wanted(rank=4))
    assert ranked(
        spec,
        person(claim(rank=None), id="maybe"),
        person(claim(rank=2), id="two"),
        person(claim(rank=3), id="three"),
    ) == ["three", "two", "maybe"]


def test_equal_totals_are_ordered_by_public_id() -> None:
    spec = need(wanted())
    assert ranked(spec, person(claim(), id="b"), person(claim(), id="c"), person(claim(), id="a")) == [
        "a",
        "b",
        "c",
    ]


def test_an_unknown_condition_comes_after_all_who_meet_all() -> None:
    spec = need(wanted(), conditions=(DegreeCondition(5),))
    assert ranked(
        spec,
        person(claim(rank=3), id="unknown"),
        person(claim(rank=1), id="met", education=(studied(5),)),
    ) == ["met", "unknown"]


def test_people_without_a_certain_skill_point_are_counted_not_ranked() -> None:
    spec = need(wanted(), place=PlaceWanted("VN/12/"))
    anywhere = PlacesStated(anywhere=True)
    ranking = rank_people(
        prepare(spec, SIMILAR),
        [
            person(claim(), id="a"),
            person(id="b", places=anywhere),
            person(claim(unconfirmed=True), id="c", places=anywhere),
            person(claim("COBOL"), id="d", places=anywhere),
        ],
        TODAY,
    )
    assert [row.person for row in ranking.rows] == ["a"]
    assert (ranking.considered, ranking.not_enough_data, ranking.excluded_people) == (4, 3, 0)


def test_a_need_without_skills_ranks_everybody() -> None:
    spec = need(place=PlaceWanted("VN/12/"))
    assert ranked(spec, person(id="a"), person(id="b", places=PlacesStated(anywhere=True))) == ["b", "a"]


def test_skills_with_a_share_of_nought_cannot_keep_anybody_out() -> None:
    spec = need(wanted(), place=PlaceWanted("VN/12/"), shares=(0, 0, 0, 0, 100))
    assert ranked(spec, person(id="a"), person(claim(), id="b", places=PlacesStated(anywhere=True))) == [
        "b",
        "a",
    ]


def test_a_need_that_asks_for_nothing_has_no_ranking() -> None:
    people = [person(claim(), id="a"), person(id="b", education=(studied(3),))]
    ranking = rank_people(prepare(need(conditions=(DegreeCondition(5),)), SIMILAR), people, TODAY)
    assert (ranking.considered, ranking.rows) == (2, ())
    assert ranking.excluded == {"degree>=5": 1}
    assert ranking.relaxations == {"degree>=5": 0}


def test_supply_counts_who_reaches_each_skill_and_who_would_one_rank_lower() -> None:
    spec = need(wanted("PYTHON", 3), wanted("SQL", 1))
    ranking = rank_people(
        prepare(spec, SIMILAR),
        [
            person(claim(rank=3), id="a"),
            person(claim("DJANGO", 4), claim("SQL", 1), id="b"),
            person(claim(rank=2), id="c"),
            person(claim(rank=2), claim("SQL", 1, unconfirmed=True), id="d"),
            person(claim(rank=1), id="e"),
            person(id="f"),  # not ranked, not counted
        ],
        TODAY,
    )
    assert [(one.wanted.skill, one.reach, one.more_one_rank_lower) for one in ranking.supply] == [
        ("PYTHON", 2, 2),
        ("SQL", 1, 0),
    ]


def test_the_date_is_an_input() -> None:
    facts = person(claim(), availability=AvailabilityStated(date(2026, 1, 1), True, date(2026, 6, 1)))
    spec = need(wanted(), availability=AvailabilityWanted(date(2026, 12, 1)))
    assert points(matched(spec, facts, date(2026, 11, 25))).certain == 10000
    assert points(matched(spec, facts, date(2027, 1, 2))).certain == 8300  # 50 and 10 of 60: 83 and 17
