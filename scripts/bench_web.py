"""Times the product's pages over HTTP: `bench_web.py [--people N …] [--database D] [--processes N] [--storm] [--json]`.

A registry of its own with N generated people is served by `registry serve`, beside a bare Flask app under the same
server, flags and number of processes. Measured are pages a second (four clients at once) and the time of single answers (p50, p95), signed
in: the search page and the match page, with everything a page does, its audit included. With several numbers of people
the times are also divided by those of the smallest. `--storm`: a plain page's p99 while 50 clients search for anything,
divided by its p99 in calm; more than 10 ends with exit code 1.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from registry.web.processes import usual_count
from scripts.bench_client import Load, get, load
from scripts.bench_served import Served, hello_served, registry_served, storming
from scripts.bench_timing import end_in_order, print_table

CLIENTS = 4
MOST_SLOWER = 10
# Which process takes a connection is chance: so often pages are asked for before they count, to have each warm.
_RARELY_ALL_AT_ONE = 3
_STORM_CLIENTS = 50
_STORM_SECONDS = 60


@dataclass(frozen=True)
class Page:
    """One page over so many people: medians of the repeats. `of_hello` is its answers a second ÷ those of hello."""

    database: str
    people: int
    processes: int
    page: str
    a_second: float
    low: float
    high: float
    of_hello: float
    p50: float
    p95: float
    answers: int
    failed: int


@dataclass(frozen=True)
class Stormed:
    """A plain page in calm and in a storm: p99 in seconds, of how many answers, and what the storm was answered."""

    database: str
    people: int
    processes: int
    calm: float
    counted: int
    storm: float
    ratio: float
    answers: str


def main() -> int:
    """Measure, print a table or JSON; exit 1 when a storm slows other pages too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=[20_000])
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument(
        "--requests", type=int, default=60, help="of each page in each repeat, for 20 s at most"
    )
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--processes", type=int, default=usual_count(), help="of both servers; the default is the product's"
    )
    parser.add_argument("--storm", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    end_in_order()
    kinds = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    if arguments.storm:
        return _storms(kinds, arguments)
    pages = [
        page
        for kind in kinds
        for people in sorted(arguments.people)
        for page in _pages(kind, people, arguments)
    ]
    if arguments.json:
        print(json.dumps([asdict(one) for one in pages]))
    else:
        _print(pages)
    return 0


@contextmanager
def _served(kind: str, people: int, processes: int) -> Generator[Served]:
    with (
        tempfile.TemporaryDirectory(prefix="registry-web-") as folder,
        registry_served(kind, people, Path(folder), processes) as found,
    ):
        yield found


def _pages(kind: str, people: int, arguments: argparse.Namespace) -> list[Page]:
    requests, processes = arguments.requests, arguments.processes
    with _served(kind, people, processes) as served, hello_served(processes) as hello_port:
        asked = {
            "hello": (hello_port, get("/")),
            "search": (served.port, get("/ung-vien", served.cookie)),
            "search, words": (
                served.port,
                get("/ung-vien?q=k%E1%BB%B9%20s%C6%B0%20d%E1%BB%AF%20li%E1%BB%87u", served.cookie),
            ),
            "match": (served.port, get(f"/nhu-cau/{served.need}/xep-hang", served.cookie)),
        }
        for port, request in _RARELY_ALL_AT_ONE * list(asked.values()):
            load(port, request, 3 * CLIENTS, CLIENTS)
        alone: dict[str, list[Load]] = {name: [] for name in asked}
        together: dict[str, list[Load]] = {name: [] for name in asked}
        for _repeat in range(arguments.repeats):
            for name, (port, request) in asked.items():
                often = 10 if name == "hello" else 1
                alone[name].append(load(port, request, requests))
                together[name].append(load(port, request, requests * often, CLIENTS))
    hello = median(one.a_second for one in together["hello"])
    return [_page((kind, people, processes), name, alone[name], together[name], hello) for name in asked]


def _page(
    what: tuple[str, int, int], name: str, alone: list[Load], together: list[Load], hello: float
) -> Page:
    rates = [one.a_second for one in together]
    return Page(
        *what,
        page=name,
        a_second=median(rates),
        low=min(rates),
        high=max(rates),
        of_hello=median(rates) / hello,
        p50=median(one.percentile(50) for one in alone),
        p95=median(one.percentile(95) for one in alone),
        answers=sum(len(one.seconds) for one in (*alone, *together)),
        failed=sum(one.failed for one in (*alone, *together)),
    )


def _print(pages: Sequence[Page]) -> None:
    smallest = {(one.database, one.page): one for one in reversed(pages)}
    rows = [
        (
            one.database, f"{one.people:,}", one.processes, one.page, f"{one.a_second:.1f} ({one.low:.1f} – {one.high:.1f})",
            one.failed or "", f"{one.of_hello:.4f}", f"{one.p50 * 1e3:.1f}", f"{one.p95 * 1e3:.1f}",
            f"{one.p50 / smallest[one.database, one.page].p50:.2f}",
            f"{one.p95 / smallest[one.database, one.page].p95:.2f}",
        )
        for one in pages
    ]  # fmt: skip
    heads = (
        "database",
        "people",
        "processes",
        "page",
        "pages/s",
        "failed",
        "÷ hello",
        "p50 ms",
        "p95 ms",
        "p50 ÷ fewest",
        "p95 ÷ fewest",
    )
    print_table(heads, rows)


def _storms(kinds: Sequence[str], arguments: argparse.Namespace) -> int:
    found = [_stormed(kind, people, arguments) for kind in kinds for people in sorted(arguments.people)]
    if arguments.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        rows = [
            (one.database, f"{one.people:,}", one.processes, f"{one.calm * 1e3:.1f}", one.counted, f"{one.storm * 1e3:.1f}", f"{one.ratio:.1f}", one.answers)
            for one in found
        ]  # fmt: skip
        print_table(
            (
                "database",
                "people",
                "processes",
                "p99 calm ms",
                "answers",
                "p99 storm ms",
                "÷",
                "storm: status:answers",
            ),
            rows,
        )
    return 1 if any(one.ratio > MOST_SLOWER for one in found) else 0


def _stormed(kind: str, people: int, arguments: argparse.Namespace) -> Stormed:
    with _served(kind, people, arguments.processes) as served:
        request, count = get("/nhu-cau", served.cookie), arguments.requests * arguments.repeats
        for _again in range(_RARELY_ALL_AT_ONE):
            load(served.port, request, 3 * CLIENTS, CLIENTS)
        calm = load(served.port, request, count, most_seconds=_STORM_SECONDS).percentile(99)
        with storming(served, _STORM_CLIENTS) as answers:
            found = load(served.port, request, count, most_seconds=_STORM_SECONDS)
        storm = found.percentile(99)
        return Stormed(
            kind, people, arguments.processes, calm, len(found.seconds), storm, storm / calm, answers[0]
        )


if __name__ == "__main__":
    sys.exit(main())
