"""Times matching on generated people: `bench_match.py --match [--people N] [--needs N] [--repeats N] [--json]`.

`--match`: one match, PostgreSQL with the same formula as SQL ÷ ours. `--skills`: the skill part alone, tantivy ÷ ours.
`--growth`: one match over N people and over ten times as many. `--build`: from arrays and from the tables to a snapshot
that answers, and its size. `--facets`: the counts of a search page, PostgreSQL ÷ ours, and ours ÷ one bare pass.
`--batch`: all open needs together ÷ one by one. Answers are compared before anything is timed; exit 1 when one differs.
Times are medians over all needs and repeats, with the shortest and longest.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from scripts import bench_answers, bench_batch, bench_build, bench_facets, bench_terms
from scripts.bench_timing import Spread, end_in_order, print_table

DEFAULT_PEOPLE = {
    "match": 1_000_000,
    "skills": 1_000_000,
    "growth": 1_000_000,
    "build": 1_000_000,
    "facets": 1_000_000,
    "batch": 5_000,
}
DEFAULT_NEEDS = {"match": 5, "skills": 5, "growth": 5, "build": 0, "facets": 0, "batch": 60}


def main() -> int:
    """Measure one thing, print a table or JSON; exit 1 when answers differ or something is missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    for name in DEFAULT_PEOPLE:
        what.add_argument(f"--{name}", dest="what", action="store_const", const=name)
    parser.add_argument("--people", type=int)
    parser.add_argument("--needs", type=int)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql", "both"], default="both", help="for --build"
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    end_in_order()
    arguments.people = arguments.people or DEFAULT_PEOPLE[arguments.what]
    arguments.needs = arguments.needs or DEFAULT_NEEDS[arguments.what]
    rows = _MEASURED[arguments.what](arguments)
    if rows is None:
        return 1
    if arguments.json:
        print(
            json.dumps(
                {
                    "measured": arguments.what,
                    "people": arguments.people,
                    "rows": [asdict(one) for one in rows],
                }
            )
        )
    else:
        print(f"{arguments.people:,} people, {arguments.repeats} repeats")
        _PRINTED[arguments.what](rows)
    return 0


def _build(arguments: argparse.Namespace) -> list[bench_build.Built] | None:
    kinds = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    found = [bench_build.measure_build(kind, arguments.people, arguments.repeats) for kind in kinds]
    rows = [one for one in found if one is not None]
    return rows if len(rows) == len(found) else None


def _facets(arguments: argparse.Namespace) -> list[bench_facets.FacetsCompared] | None:
    return bench_facets.measure(arguments.people, arguments.repeats)


def _call(measure: Callable[[int, int, int], Any]) -> Callable[[argparse.Namespace], Any]:
    return lambda arguments: measure(arguments.people, arguments.needs, arguments.repeats)


def _over(spreads: Sequence[Spread]) -> Spread:
    """Of several needs: the median of their medians, the shortest and the longest of all."""
    return Spread(
        median(one.median for one in spreads),
        min(one.low for one in spreads),
        max(one.high for one in spreads),
    )


def _print_ratios(rows: Sequence[Any], other: str, names: Sequence[tuple[str, str]]) -> None:
    """The other's time divided by ours: of each need, then the median, the lowest and the highest."""
    base = _over([getattr(one, other) for one in rows])
    table = [(other, base.milliseconds, "", "")]
    for name, words in names:
        ratios = [getattr(one, other).median / getattr(one, name).median for one in rows]
        spread = f"{min(ratios):.1f} – {max(ratios):.1f}"
        table.append(
            (words, _over([getattr(one, name) for one in rows]).milliseconds, f"{median(ratios):.1f}", spread)
        )
    print_table(("", "ms (min – max)", f"{other} ÷", "over needs"), table)


def _print_match(rows: Sequence[bench_answers.Compared]) -> None:
    _print_ratios(
        rows,
        "postgresql",
        [
            ("page_numba", "page function, numba"), ("page_numpy", "page function, numpy"),
            ("numba", "index + 1,000 changed, numba"), ("numpy", "index + 1,000 changed, numpy"),
            ("alone_numba", "index alone, numba"), ("alone_numpy", "index alone, numpy"),
        ],
    )  # fmt: skip
    told = ", ".join(f"{one.ranked:,}/{one.excluded:,}" for one in rows)
    print(f"ranked/excluded by need: {told}")


def _print_skills(rows: Sequence[bench_terms.SkillsCompared]) -> None:
    _print_ratios(rows, "tantivy", [("numba", "numba"), ("numpy", "numpy")])


def _print_growth(rows: Sequence[bench_build.Grown]) -> None:
    table = [
        (one.kernel, f"{one.people:,}", one.seconds.milliseconds, f"{one.more_people:,}", one.more_seconds.milliseconds,
         f"{one.ratio:.2f}")
        for one in rows
    ]  # fmt: skip
    print_table(("kernel", "people", "ms", "people", "ms", "÷"), table)


def _print_build(rows: Sequence[bench_build.Built]) -> None:
    table = [
        (one.database, one.arrays.milliseconds, f"{one.tables.median:.2f} ({one.tables.low:.2f} – {one.tables.high:.2f})",
         f"{one.megabytes:.1f}", f"{one.bytes_a_person:.0f}")
        for one in rows
    ]  # fmt: skip
    print_table(("database", "from arrays ms", "from tables to serving s", "MB", "bytes a person"), table)


def _print_facets(rows: Sequence[bench_facets.FacetsCompared]) -> None:
    table = [
        (one.search, one.postgresql.milliseconds, one.rolls.milliseconds, one.bare.milliseconds,
         f"{one.postgresql.median / one.rolls.median:.1f}", f"{one.rolls.median / one.bare.median:.1f}", f"{one.megabytes:.1f}")
        for one in rows
    ]  # fmt: skip
    heads = (
        "search",
        "PostgreSQL ms",
        "ours ms",
        "bare pass ms",
        "PostgreSQL ÷ ours",
        "ours ÷ bare",
        "roll MB",
    )
    print_table(heads, table)


def _print_batch(rows: Sequence[bench_batch.Timed]) -> None:
    table = [
        (one.path, one.needs, f"{one.loop_seconds:.2f} ±{one.loop_spread:.2f}",
         f"{one.batch_seconds:.2f} ±{one.batch_spread:.2f}", f"{one.needs_a_second:.1f}", f"{one.ratio:.2f}")
        for one in rows
    ]  # fmt: skip
    print_table(("path", "needs", "loop s", "batch s", "needs/s", "ratio"), table)


_MEASURED: dict[str, Callable[[argparse.Namespace], Any]] = {
    "match": _call(bench_answers.measure),
    "skills": _call(bench_terms.measure),
    "growth": _call(bench_build.measure_growth),
    "build": _build,
    "facets": _facets,
    "batch": _call(bench_batch.measure),
}
_PRINTED: dict[str, Callable[[Any], None]] = {
    "match": _print_match,
    "skills": _print_skills,
    "growth": _print_growth,
    "build": _print_build,
    "facets": _print_facets,
    "batch": _print_batch,
}

if __name__ == "__main__":
    sys.exit(main())
