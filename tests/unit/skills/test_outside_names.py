"""Names that are no skills: places, people, organisations, slogans."""

from collections import Counter

import pytest

from registry.skills.resolver import resolve
from registry.text import match_key
from scripts.outside_names import outside_names
from scripts.tune_resolver import Holding
from tests.factories.skills import shipped

VOCABULARY = shipped()
NAMES = list(outside_names(VOCABULARY.by_folded))


def test_they_are_always_the_same_and_no_labels() -> None:
    assert list(outside_names(VOCABULARY.by_folded)) == NAMES
    assert not {match_key(text) for _, text in NAMES} & set(VOCABULARY.by_folded)
    counts = Counter(kind for kind, _ in NAMES)
    assert set(counts) == {"places", "people", "organisations", "slogans"}
    assert min(counts.values()) > 500


@pytest.mark.slow
def test_none_is_taken_for_a_skill() -> None:
    assert [text for _, text in NAMES if resolve(text, VOCABULARY).is_accepted] == []


def test_a_title_names_the_concepts_of_labels_with_all_its_words() -> None:
    holding = Holding(VOCABULARY)
    assert "EN07" in holding.concepts("welding engineer")
    assert holding.concepts("vending machine operator") == frozenset()
    assert holding.concepts("engineer") == frozenset()
