"""What holds for every need and every person, tried on generated ones."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    DEFAULT_SHARES,
    EVIDENCE_STRENGTH,
    AvailabilityStated,
    AvailabilityWanted,
    AvailableCondition,
    DegreeCondition,
    EducationHeld,
    EvidenceCondition,
    ExperienceHeld,
    ExperienceWanted,
    Field,
    FieldCondition,
    LanguageCondition,
    LanguageHeld,
    NeedSpec,
    PersonFacts,
    PlacesStated,
    PlaceWanted,
    QualificationWanted,
    ScopeCondition,
    SkillClaimed,
    SkillWanted,
)
from registry.matching.engine.frozen import as_plain, need_from_plain, person_from_plain
from registry.matching.engine.names import Names
from registry.matching.engine.outcome import Match, Ranking
from registry.matching.engine.reasons import Words, plain_text, skill_groups
from registry.matching.engine.rows import ranked_rows
from registry.matching.engine.score import prepare, rank_people, score
from tests.factories.matching import SIMILAR, TODAY

SKILLS = ["PYTHON", "DJANGO", "REST", "CODING", "JAVA", "SQL", "POSTGRES", "FHIR", "HL7", "COBOL"]
UNITS = ["VN/12/", "VN/12/03388/", "VN/01/", "VN/01/00004/"]
FORMS = st.frozensets(st.sampled_from(["permanent", "remote", "advice"]))
FIELDS = st.sampled_from(
    [Field("7480109", "748"), Field("7480201", "748"), Field("7720101", "772"), Field(None, "748")]
)
DAYS = st.dates(date(2010, 1, 1), date(2028, 12, 31))
MOMENTS = (
    DAYS.map(Moment.on)
    | st.integers(2005, 2028).map(Moment.in_year)
    | DAYS.map(lambda day: Moment.in_month(day.year, day.month))
)

WANTED = st.builds(SkillWanted, st.sampled_from(SKILLS), st.integers(1, 6), st.integers(1, 5), st.booleans(), st.none() | st.integers(1, 6))  # fmt: skip
CONDITIONS = st.one_of(
    st.builds(DegreeCondition, st.integers(1, 6)),
    st.builds(FieldCondition, st.tuples(FIELDS)),
    st.builds(LanguageCondition, st.sampled_from(["en", "de"]), st.integers(1, 6)),
    st.builds(AvailableCondition, DAYS),
    st.builds(ScopeCondition, st.sampled_from(UNITS)),
    st.builds(EvidenceCondition, st.sampled_from(["attached", "verified"])),
)
SHARES = st.permutations(DEFAULT_SHARES).map(tuple) | st.just((0, 0, 0, 0, 100))
NEEDS = st.builds(
    NeedSpec,
    st.just("need"),
    st.lists(WANTED, max_size=16).map(tuple),
    st.none() | st.builds(ExperienceWanted, st.integers(1, 15), st.none() | FIELDS),
    st.none() | st.builds(QualificationWanted, st.integers(1, 6), st.lists(FIELDS, max_size=2).map(tuple)),
    st.none() | st.builds(AvailabilityWanted, st.none() | DAYS, FORMS),
    st.none() | st.builds(PlaceWanted, st.none() | st.sampled_from(UNITS), st.booleans()),
    st.lists(CONDITIONS, max_size=4).map(tuple),
    SHARES,
)

RANKS = st.none() | st.integers(0, 6)
CLAIMS = st.lists(
    st.builds(
        SkillClaimed,
        st.integers(1, 10_000),
        st.sampled_from(SKILLS),
        RANKS,
        st.sampled_from(sorted(EVIDENCE_STRENGTH)),
        st.none() | DAYS,
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
).map(tuple)
PEOPLE = st.builds(
    PersonFacts,
    st.text("abcdefgh", min_size=4, max_size=6),
    CLAIMS,
    st.lists(st.builds(ExperienceHeld, st.none() | FIELDS, st.none() | MOMENTS, st.none() | MOMENTS, st.booleans()), max_size=4).map(tuple),
    st.lists(st.builds(EducationHeld, st.none() | st.integers(1, 6), st.none() | FIELDS), max_size=3).map(tuple),
    st.lists(st.builds(LanguageHeld, st.sampled_from(["en", "de"]), RANKS), max_size=2).map(tuple),
    st.none() | st.builds(AvailabilityStated, DAYS, st.booleans(), st.none() | DAYS, FORMS),
    st.none() | st.builds(PlacesStated, st.lists(st.sampled_from(UNITS), max_size=2).map(tuple), st.booleans(), st.booleans()),
    st.none() | st.sampled_from(UNITS),
)  # fmt: skip
CROWDS = st.lists(PEOPLE, max_size=6, unique_by=lambda one: one.public_id)
DATES = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def matched(need: NeedSpec, person: PersonFacts, as_of: date = TODAY) -> Match:
    return score(prepare(need, SIMILAR), person, as_of)


def ranking(need: NeedSpec, people: list[PersonFacts], as_of: date = TODAY) -> Ranking:
    return rank_people(prepare(need, SIMILAR), people, as_of)


def bytes_of(made: Ranking) -> str:
    rows = ranked_rows(made.rows, Words(Names()).condition_text)
    return json.dumps([rows, made.excluded, made.relaxations, made.considered, as_plain(made.supply)])


@given(NEEDS, PEOPLE, DATES)
def test_parts_add_up_and_lie_between_nought_and_their_maximum(
    need: NeedSpec, person: PersonFacts, as_of: date
) -> None:
    match = matched(need, person, as_of)
    assert match.certain == sum(part.points for part in match.parts)
    assert match.potential == sum(part.potential for part in match.parts)
    assert 0 <= match.certain <= match.potential <= 10_000
    for part in match.parts:
        assert 0 <= part.points <= part.potential <= part.maximum == part.share * 100
    asked = sum(part.maximum for part in match.parts)
    assert asked == (10_000 if prepare(need, SIMILAR).asks_for_something else 0)
    assert match.parts[0].points == sum(one.points for one in match.skills)
    assert match.parts[0].potential == sum(one.potential for one in match.skills)
    assert match.parts[0].maximum == sum(one.maximum for one in match.skills)


@given(NEEDS, PEOPLE)
def test_each_skill_recomputes_from_what_is_shown(need: NeedSpec, person: PersonFacts) -> None:
    for one in matched(need, person).skills:
        rank = 1 if one.rank is None else one.rank
        level = 60 * min(rank, one.wanted.rank) // one.wanted.rank
        assert one.points == one.maximum * one.similarity * level // 6000


@given(NEEDS, CROWDS, st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_does_not_change_a_byte(
    need: NeedSpec, people: list[PersonFacts], random: Any
) -> None:
    def shuffled(rows: Any) -> Any:
        rows = list(rows)
        random.shuffle(rows)
        return tuple(rows)

    mixed_people = [
        replace(
            one,
            skills=shuffled(one.skills),
            experience=shuffled(one.experience),
            education=shuffled(one.education),
            languages=shuffled(one.languages),
        )
        for one in shuffled(people)
    ]
    mixed_need = replace(need, skills=shuffled(need.skills), conditions=shuffled(need.conditions))
    assert bytes_of(ranking(need, people)) == bytes_of(ranking(mixed_need, mixed_people))


@given(NEEDS, PEOPLE, st.integers(0, 7))
def test_a_higher_level_never_costs_a_point(need: NeedSpec, person: PersonFacts, place: int) -> None:
    if place >= len(person.skills):
        return
    claim = person.skills[place]
    if claim.rank is None or claim.rank == 6:
        return
    raised = list(person.skills)
    raised[place] = replace(claim, rank=claim.rank + 1)
    before, after = matched(need, person), matched(need, replace(person, skills=tuple(raised)))
    assert after.certain >= before.certain
    assert after.potential >= before.potential


@given(NEEDS, PEOPLE)
def test_stating_a_level_stays_inside_the_interval(need: NeedSpec, person: PersonFacts) -> None:
    stated = tuple(replace(one, rank=3) if one.rank is None else one for one in person.skills)
    before, after = matched(need, person), matched(need, replace(person, skills=stated))
    assert before.certain <= after.certain
    assert after.potential <= before.potential


@given(NEEDS, PEOPLE, DATES, DATES)
def test_experience_never_shrinks_with_time(
    need: NeedSpec, person: PersonFacts, one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    before, after = matched(need, person, earlier).parts[1], matched(need, person, later).parts[1]
    assert before.points <= after.points


@given(NEEDS, CROWDS)
def test_everybody_is_counted_once_and_rows_stand_in_order(need: NeedSpec, people: list[PersonFacts]) -> None:
    made = ranking(need, people)
    assert made.considered == len(people)
    if prepare(need, SIMILAR).asks_for_something:
        assert made.considered == len(made.rows) + made.not_enough_data + made.excluded_people
    order = [(row.state.value != "met", -row.certain, row.person) for row in made.rows]
    assert order == sorted(order)
    assert set(made.relaxations) == set(made.excluded)
    assert all(0 <= made.relaxations[key] <= made.excluded[key] for key in made.excluded)
    assert sum(made.relaxations.values()) <= made.excluded_people


@given(NEEDS, CROWDS)
def test_relaxing_one_reason_brings_in_exactly_as_many_as_foretold(
    need: NeedSpec, people: list[PersonFacts]
) -> None:
    made = ranking(need, people)
    for key, foretold in made.relaxations.items():
        relaxed = rank_people(prepare(need, SIMILAR, {key}), people, TODAY)
        assert len(relaxed.rows) - len(made.rows) == foretold
        assert {row.person: row.certain for row in made.rows}.items() <= {
            row.person: row.certain for row in relaxed.rows
        }.items()


@given(NEEDS, PEOPLE)
def test_kept_inputs_score_the_same_when_read_back(need: NeedSpec, person: PersonFacts) -> None:
    read_need = need_from_plain(json.loads(json.dumps(as_plain(need))))
    read_person = person_from_plain(json.loads(json.dumps(as_plain(person))))
    assert (read_need, read_person) == (need, person)
    assert matched(read_need, read_person) == matched(need, person)


@given(NEEDS, PEOPLE)
@settings(max_examples=50)
def test_words_say_something_of_every_match(need: NeedSpec, person: PersonFacts) -> None:
    match, words = matched(need, person), Words(Names())
    assert plain_text(words.lead(match, 3)).count(". ") >= 1
    assert sum(len(group) for group in skill_groups(match.skills)) == len(match.skills)
    for step in words.questions(match):
        assert step.text
        assert step.at_most >= 0
    for step in words.lifts(match):
        assert step.at_most > 0
    for result in match.conditions:
        assert words.condition_text(result)
        assert words.excluded(result.condition)
