"""A condition turned to another fact: what still fits stays, the rest is named."""

from typing import Any

import pytest

from registry.policies.rules.fact_changes import Dropped, carried
from registry.policies.rules.facts import fact_of

NOTHING: set[Dropped] = set()


@pytest.mark.parametrize(
    ("row", "to", "kept", "dropped"),
    [
        (
            {"fact": "age_on", "op": "<=", "value": 40, "as_of": "apply", "clause": "Điều 3", "text": "Trẻ"},
            "remaining_working_years",
            {"op": "<=", "as_of": "apply", "clause": "Điều 3"},
            {Dropped.VALUE, Dropped.WORDS},
        ),
        (
            {"fact": "degree_rank", "op": ">=", "value": "THS", "evidence": "degree"},
            "age_on",
            {"op": ">=", "evidence": "degree"},
            {Dropped.VALUE},
        ),
        ({"fact": "worked_here_before", "op": "=", "value": True}, "recognised_talent", {"op": "=", "value": True}, NOTHING),
        (
            {"fact": "origin_unit", "op": "in", "value": ["22@2025-06-30"]},
            "nationality",
            {},
            {Dropped.OPERATOR, Dropped.VALUE},
        ),
        (
            {"fact": "training", "of": "kind", "op": "=", "value": "TS"},
            "professional_degree",
            {},
            {Dropped.OPERATOR, Dropped.VALUE},
        ),
        (
            {"fact": "years_experience", "of": "any", "op": ">=", "value": 5},
            "worked_here_before",
            {},
            {Dropped.ARGUMENT, Dropped.OPERATOR, Dropped.VALUE},
        ),
    ],
)  # fmt: skip
def test_what_fits_stays(row: dict[str, Any], to: str, kept: dict[str, Any], dropped: set[Dropped]) -> None:
    old, new = fact_of(row["fact"], row.get("of")), fact_of(to, None)
    assert old is not None
    assert new is not None
    made = carried(row, old, new)
    assert (made.row, set(made.dropped)) == ({"fact": to} | kept, dropped)
