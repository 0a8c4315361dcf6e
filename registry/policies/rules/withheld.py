"""Facts that whoever looks may not read. Pure.

A state, an amount or a modifier that such a fact has a part in would tell it («tăng 10 %» tells a sex, «đạt» an age):
so the engine is not told either. Its conditions come out unknown for everybody, known or not, and pages say why.
"""

from collections.abc import Collection, Mapping
from typing import Any

UNNAMED = frozenset(
    {
        *("born", "gender", "nationality", "origin_unit", "current_employer_unit"),
        *("academic_title", "award", "initiative"),
    }
)
"""What the page of somebody who is not named does not show either: who they are, their titles, their honours."""
NOTHING: frozenset[str] = frozenset()
_CONDITION_OF = {"born": "age_on"}

Row = dict[str, Any]


def without(
    facts: Mapping[str, Any], evidence: Mapping[str, Any], withheld: Collection[str]
) -> tuple[Row, Row]:
    """The rows of a person without these facts and the papers behind them."""
    return (
        {key: value for key, value in facts.items() if key not in withheld},
        {key: value for key, value in evidence.items() if key.partition(":")[0] not in withheld},
    )


def conditions_on(withheld: Collection[str]) -> frozenset[str]:
    """The facts that conditions name for these."""
    return frozenset(_CONDITION_OF.get(key, key) for key in withheld)
