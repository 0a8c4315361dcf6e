"""Level scales, likeness of concepts, cycles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.skills.rules import (
    ANCHORS,
    LevelScale,
    Relation,
    RelationKind,
    cycle_of,
    highest_level,
    level_of,
    rank_of,
    similarities,
)

BROADER, RELATED = RelationKind.BROADER, RelationKind.RELATED


@pytest.mark.parametrize("scale", list(LevelScale))
def test_ranks_rise_with_levels_from_zero_to_at_most_six(scale: LevelScale) -> None:
    ranks = [rank_of(scale, level) for level in range(highest_level(scale) + 1)]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0
    assert ranks[-1] <= 6
    assert len(ANCHORS[scale]) == len(ranks)


@pytest.mark.parametrize("scale", list(LevelScale))
def test_the_level_of_a_rank_is_the_lowest_that_reaches_it(scale: LevelScale) -> None:
    for rank in range(7):
        level = level_of(scale, rank)
        assert rank_of(scale, level) >= rank or level == highest_level(scale)
        assert level == 0 or rank_of(scale, level - 1) < rank


@pytest.mark.parametrize(
    ("scale", "level"), [(LevelScale.GENERAL, 6), (LevelScale.TRADE, 8), (LevelScale.LANGUAGE, -1)]
)
def test_a_level_the_scale_lacks_is_refused(scale: LevelScale, level: int) -> None:
    with pytest.raises(ValueError, match="no level"):
        rank_of(scale, level)


def test_likeness_follows_the_hops() -> None:
    # 4 (luật sư) → 3 → 2 → 1, each narrower than the next; 5 is related to 2.
    found = similarities(
        [
            Relation(4, BROADER, 3),
            Relation(3, BROADER, 2),
            Relation(2, BROADER, 1),
            Relation(2, RELATED, 5),
            Relation(5, RELATED, 2),
        ]
    )
    assert found[1] == {2: 90, 3: 80}
    assert found[2] == {3: 90, 4: 80, 1: 60, 5: 50}
    assert found[4] == {3: 60}
    assert found[5] == {2: 50}


def test_the_highest_of_several_paths_counts() -> None:
    found = similarities(
        [Relation(3, BROADER, 2), Relation(2, BROADER, 1), Relation(3, BROADER, 1), Relation(1, RELATED, 3)]
    )
    assert found[1][3] == 90


def test_merged_concepts_stand_for_each_other() -> None:
    found = similarities([Relation(2, BROADER, 1)], {9: 8, 8: 2})
    assert found[1] == {2: 90, 8: 90, 9: 90}
    assert found[2][9] == found[9][2] == 100
    assert found[9][1] == 60


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from([BROADER, RELATED]), st.integers(1, 6)), max_size=12
    )
)
def test_likeness_is_one_of_the_four_values_and_never_of_a_concept_to_itself(
    links: list[tuple[int, RelationKind, int]],
) -> None:
    found = similarities(Relation(*link) for link in links)
    for required, claimed in found.items():
        assert required not in claimed
        assert set(claimed.values()) <= {90, 80, 60, 50}


def test_a_cycle_of_broader_links_is_named() -> None:
    assert cycle_of({"A": ["B"], "B": ["C"], "C": []}) == ()
    assert cycle_of({"X": ["A"], "A": ["B"], "B": ["C"], "C": ["A"]}) == ("A", "B", "C", "A")
    assert cycle_of({"A": ["B", "C"], "B": ["D"], "C": ["D"], "D": []}) == ()
