"""Names that are no skills: places, people, organisations, slogans."""

from collections import Counter
from functools import cache

import pytest

from registry.skills.resolver import resolve
from registry.text import match_key
from scripts.outside_names import outside_names
from scripts.tune_resolver import Holding
from tests.factories.skills import shipped


@cache
def names() -> list[tuple[str, str]]:
    """All of them, with their kinds: made once, because that takes a second."""
    return list(outside_names(shipped().by_folded))


def test_they_are_always_the_same_and_no_labels() -> None:
    assert list(outside_names(shipped().by_folded)) == names()
    assert not {match_key(text) for _, text in names()} & set(shipped().by_folded)
    counts = Counter(kind for kind, _ in names())
    assert set(counts) == {"places", "people", "organisations", "slogans"}
    assert min(counts.values()) > 500


@pytest.mark.slow
def test_none_is_taken_for_a_skill() -> None:
    assert [text for _, text in names() if resolve(text, shipped()).is_accepted] == []


@pytest.mark.slow
def test_a_title_names_the_concepts_of_labels_with_all_its_words() -> None:
    holding = Holding(shipped())
    assert "EN07" in holding.concepts("welding engineer")
    assert holding.concepts("vending machine operator") == frozenset()
    assert holding.concepts("engineer") == frozenset()
