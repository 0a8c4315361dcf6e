"""What becomes of a typed skill, given the resolver's answer and what was picked."""

from registry.needs.rules import KEEP, Understood, understand
from registry.skills.resolver import Candidate, Level, Resolution

ACCEPTED = Resolution("IT01", "exact", 100.0, 40.0)
QUESTION = Resolution(
    None,
    "several",
    needs_confirmation=True,
    candidates=(Candidate("IT02", "Java", 90.0), Candidate("IT03", "JavaScript", 88.0)),
)
FAR = Resolution(
    None,
    "unknown",
    candidates=(Candidate("IT09", "Mạng máy tính", 78.0), Candidate("EG04", "Hệ thống điện", 61.0)),
)
NOTHING = Resolution(None, "unknown")


def test_an_accepted_answer_needs_nobody() -> None:
    read = understand(ACCEPTED, "", is_current=False)
    assert (read.how, read.code, read.must_choose) == (Understood.ACCEPTED, "IT01", False)


def test_a_question_must_be_answered() -> None:
    read = understand(QUESTION, "", is_current=True)
    assert (read.how, read.code, read.candidates, read.must_choose) == (
        Understood.ASKED,
        None,
        ("IT02", "IT03"),
        True,
    )


def test_a_concept_that_needs_confirmation_is_a_question() -> None:
    unsure = Resolution(
        "IT02", "fuzzy", 84.0, 2.0, needs_confirmation=True, candidates=(Candidate("IT02", "Java", 84.0),)
    )
    assert understand(unsure, "", is_current=True).must_choose


def test_a_pick_answers_the_question() -> None:
    read = understand(QUESTION, "IT03", is_current=True)
    assert (read.how, read.code, read.must_choose) == (Understood.CHOSEN, "IT03", False)


def test_keeping_the_text_answers_the_question_too() -> None:
    read = understand(QUESTION, KEEP, is_current=True)
    assert (read.how, read.code, read.must_choose) == (Understood.KEPT, None, False)


def test_a_pick_for_another_text_is_void() -> None:
    assert understand(QUESTION, "IT03", is_current=False).must_choose


def test_an_unknown_text_is_kept_without_asking_and_only_near_concepts_are_offered() -> None:
    assert [understand(one, "", is_current=True).how for one in (NOTHING, FAR)] == [Understood.UNKNOWN] * 2
    assert understand(FAR, "", is_current=True).candidates == ("IT09",)


def test_the_level_found_in_the_text_is_handed_on() -> None:
    levelled = Resolution("LG01", "stripped", 100.0, 40.0, Level("N2", "language", 4))
    years = Resolution("IT01", "stripped", 100.0, 40.0, Level("5 năm", "years", None))
    assert [understand(one, "", is_current=True).rank for one in (levelled, years, ACCEPTED)] == [
        4,
        None,
        None,
    ]
