"""Compares searches of the roll with those of the database alone: `scripts/check_search.py --cases 10000`.

Every case is one generated search of one viewer after one more change: total, all pages forwards and back, pages
from people anywhere, facets and removals. Prints cases, differences and the seed; exit 1 when an answer differs.
With `--control` changes are forgotten on purpose, which must be found.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from scripts.check_worlds import Check, run_check
from tests.factories.searching import SEARCH_ACTS, ComparedSearches, begin_search_world, compare_searches


def in_words(compared: ComparedSearches) -> str:
    """The counts."""
    return (
        f"{compared.cases} cases, {compared.by_roll} by the roll "
        f"({compared.with_changes} with changes, {compared.with_people} with people, "
        f"{compared.leaving_out} leaving out people considered before)"
    )


CHECK = Check(
    begin=begin_search_world,
    acts=SEARCH_ACTS,
    compare=compare_searches,
    counts=ComparedSearches,
    words=in_words,
    steps_a_world=40,
)


if __name__ == "__main__":
    raise SystemExit(run_check(__doc__, CHECK))
