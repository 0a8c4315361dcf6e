"""Which concepts are of which area of the workforce: families whole, the others by roots and all below."""

from registry.skills.readers import read_vocabulary
from registry.skills.rules import SkillFamily
from registry.skills.rules.areas import FAMILIES, ROOTS, WorkforceArea, concepts_below


def test_what_is_narrower_or_merged_is_below_and_a_circle_ends() -> None:
    codes = {1: "A", 2: "B", 3: "C", 4: "D", 5: "A-old"}
    narrower = [(2, 1), (3, 2), (1, 3), (5, 1)]
    assert concepts_below(frozenset({"A"}), codes, narrower) == {1, 2, 3, 5}
    assert concepts_below(frozenset({"D"}), codes, narrower) == {4}
    assert concepts_below(frozenset({"gone"}), codes, narrower) == set()


def test_every_area_has_a_rule_and_its_roots_are_shipped() -> None:
    shipped = {row.code for row in read_vocabulary().skills}
    assert FAMILIES.keys() | ROOTS.keys() == set(WorkforceArea)
    for roots in ROOTS.values():
        assert roots <= shipped
    assert set(FAMILIES.values()) <= set(SkillFamily)
