"""The skill part, worked by hand. One skill alone has 10,000 hundredths, so points read as ten-thousandths."""

from datetime import date

import pytest

from registry.matching.engine.facts import SkillClaimed, SkillWanted
from registry.matching.engine.outcome import How
from tests.factories.matching import SIMILAR, claim, matched, need, person, points, wanted

CASES: list[tuple[str, SkillWanted, list[SkillClaimed], tuple[int, int]]] = [
    # the last pair is what is certain and what is possible
    ("the same skill at the wanted level", wanted(rank=3), [claim(rank=3)], (10000, 10000)),
    ("above the wanted level earns no more", wanted(rank=3), [claim(rank=5)], (10000, 10000)),
    # f = 60·2//3 = 40; 10000·100·40//6000 = 6666.67
    ("two of three levels, floored", wanted(rank=3), [claim(rank=2)], (6666, 6666)),
    ("narrower by one hop", wanted(rank=3), [claim("DJANGO", 3)], (9000, 9000)),
    ("narrower by two hops", wanted(rank=3), [claim("REST", 3)], (8000, 8000)),
    ("broader", wanted(rank=3), [claim("CODING", 3)], (6000, 6000)),
    ("related", wanted(rank=3), [claim("JAVA", 3)], (5000, 5000)),
    # 10000·50·20//6000 = 1666.67
    ("related and one of three levels", wanted(rank=3), [claim("JAVA", 1)], (1666, 1666)),
    ("a concept that is not similar", wanted(rank=3), [claim("COBOL", 5)], (0, 0)),
    # at least rank 1: 60//4 = 15; 10000·100·15//6000 = 2500
    ("level not stated, four wanted", wanted(rank=4), [claim(rank=None)], (2500, 10000)),
    ("level not stated, one wanted", wanted(rank=1), [claim(rank=None)], (10000, 10000)),
    # 60//3 = 20; 10000·90·20//6000 = 3000
    ("level not stated on a narrower skill", wanted(rank=3), [claim("DJANGO", None)], (3000, 9000)),
    ("level 0 says «không có»", wanted(rank=3), [claim(rank=0)], (0, 0)),
    (
        "a claim to confirm counts in the potential only",
        wanted(rank=3),
        [claim(unconfirmed=True)],
        (0, 10000),
    ),
    ("a skill never mentioned adds nothing", wanted(rank=3), [], (0, 0)),
    # Python 1 of 3 = 3333, Django 3 of 3 = 9000
    ("the best claim, not the sum", wanted(rank=3), [claim(rank=1), claim("DJANGO", 3)], (9000, 9000)),
    # certain: Python 2 of 4 = 5000; potential: the unconfirmed Django at 4 of 4
    (
        "certain from one claim, potential from another",
        wanted(rank=4),
        [claim(rank=2), claim("DJANGO", 4, unconfirmed=True)],
        (5000, 9000),
    ),
    (
        "a confirmed claim is not displaced by one to confirm",
        wanted(rank=4),
        [claim(rank=2), claim(rank=4, evidence="verified", unconfirmed=True)],
        (5000, 10000),
    ),
    # verified at 2 stands, though self-declared at 4 is newer
    (
        "the current claim is the one with the strongest evidence",
        wanted(rank=4),
        [
            claim(rank=2, evidence="verified", on=date(2020, 1, 1)),
            claim(rank=4, evidence="self_declared", on=date(2026, 1, 1)),
        ],
        (5000, 5000),
    ),
    (
        "of equal evidence the newest is current",
        wanted(rank=4),
        [claim(rank=4, on=date(2020, 1, 1)), claim(rank=2, on=date(2026, 1, 1)), claim(rank=4, on=None)],
        (5000, 5000),
    ),
    (
        "of equal evidence and date the lowest id is current",
        wanted(rank=4),
        [claim(rank=4, id=8), claim(rank=1, id=7)],
        (2500, 2500),
    ),
    (
        "a refused or lapsed evidence stands behind a plain claim",
        wanted(rank=4),
        [claim(rank=4, evidence="rejected"), claim(rank=3, evidence="expired"), claim(rank=2)],
        (5000, 5000),
    ),
]


@pytest.mark.parametrize(("asked", "claims", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_points_of_one_skill(
    asked: SkillWanted, claims: list[SkillClaimed], expected: tuple[int, int]
) -> None:
    assert points(matched(need(asked), person(*claims))) == expected


def test_two_weights_are_floored_apart_and_their_sum_is_the_total() -> None:
    # weights 5 and 1 of 10000: 8333.33 and 1666.67 → 8333 and 1667
    # Python 2 of 3: 8333·100·40//6000 = 5555.33
    # SQL through PostgreSQL, 1 of 3: 1667·90·20//6000 = 500.1; through Python, 2 of 3: 1667·50·40//6000 = 555.67
    match = matched(
        need(wanted("PYTHON", 3, 5), wanted("SQL", 3, 1)), person(claim("PYTHON", 2), claim("POSTGRES", 1))
    )
    assert [one.maximum for one in match.skills] == [8333, 1667]
    assert [one.points for one in match.skills] == [5555, 555]
    assert match.certain == 6110


def test_one_claim_may_serve_two_skills() -> None:
    # Python is the skill itself and related to SQL
    match = matched(need(wanted("PYTHON", 3), wanted("SQL", 3)), person(claim("PYTHON", 3)))
    assert [one.points for one in match.skills] == [5000, 2500]


SHOWN = [
    # Python 1 of 2 = 100·30, Java 2 of 2 = 50·60: equal
    (
        "same concept",
        wanted(rank=2),
        [claim("JAVA", 2, "verified", id=1), claim(rank=1, id=2)],
        ("PYTHON", 1),
    ),
    (
        "then evidence",
        wanted("X", rank=2),
        [claim("A", 4, id=1), claim("B", 2, "attached", id=2)],
        ("B", 2),
    ),
    ("then level", wanted("X", rank=2), [claim("A", 2, id=1), claim("B", 4, id=2)], ("B", 4)),
    ("then id", wanted("X", rank=2), [claim("B", 2, id=2), claim("A", 2, id=1)], ("A", 2)),
    ("a denial of another skill says nothing", wanted(rank=2), [claim("JAVA", 0)], (None, None)),
    ("a denial of this skill is shown", wanted(rank=2), [claim("PYTHON", 0)], ("PYTHON", 0)),
]


@pytest.mark.parametrize(("asked", "claims", "expected"), [c[1:] for c in SHOWN], ids=[c[0] for c in SHOWN])
def test_which_of_equal_claims_is_shown(
    asked: SkillWanted,
    claims: list[SkillClaimed],
    expected: tuple[str | None, int | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(SIMILAR, "X", {"A": 90, "B": 90})
    shown = matched(need(asked), person(*claims)).skills[0]
    assert (shown.claim, shown.rank) == expected


def test_each_way_of_being_similar_is_named() -> None:
    named = {
        skill: matched(need(wanted()), person(claim(skill, 3))).skills[0].how
        for skill in ("PYTHON", "DJANGO", "REST", "CODING", "JAVA", "COBOL")
    }
    assert named == {
        "PYTHON": How.SAME,
        "DJANGO": How.NARROWER,
        "REST": How.NARROWER_TWICE,
        "CODING": How.BROADER,
        "JAVA": How.RELATED,
        "COBOL": How.NOT_STATED,
    }


def test_what_is_shown_of_a_claim_to_confirm_recomputes_to_nought() -> None:
    shown = matched(need(wanted()), person(claim(unconfirmed=True))).skills[0]
    assert (shown.how, shown.similarity, shown.points, shown.potential) == (How.TO_CONFIRM, 0, 0, 10000)
