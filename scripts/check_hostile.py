"""Hostile inputs to every form and route, the same seeded sequence on both databases; then a browser looks at what stayed.

    python scripts/check_hostile.py --requests 100000 --seed 1 [--processes 2] [--database both|sqlite|postgresql] [--no-crawl]

The requests are shared out among parts of at most so many, each with a database of its own; their order does not depend
on how many processes work. Fails for an answer of 5xx, one that took over 2 s three times in a row, one that leads away
from the site or computes a template, a different verdict of the two databases, a route that was not asked, a script
that ran, or a control that did not fire.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY
from tests.factories.databases import load_postgres, sqlite_database
from tests.factories.hostile.fleet import Part, Result, apart, run_part
from tests.factories.hostile.looking import Looked, look
from tests.factories.hostile.payloads import PAYLOADS
from tests.factories.hostile.sending import SLOW
from tests.postgres import PostgresServer

FLOOR_PAGES = 150
_BUDGET_MINUTES = 30


def main() -> int:
    """0 when nothing was found, every route was asked and every control fired."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--part", type=int, default=5_000, help="requests to one installation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--no-crawl", action="store_true")
    arguments = parser.parse_args()
    kinds = ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,)
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        runs = _run(folder, kinds, arguments)
        looked = None
        if not arguments.no_crawl and "sqlite" in runs:
            last = max(runs["sqlite"], key=lambda one: one.stayed)
            looked = look(last.where, last.cookies)
    return _tell(runs, looked, arguments)


def _run(folder: Path, kinds: Sequence[str], arguments: argparse.Namespace) -> dict[str, list[Result]]:
    (folder / "own").mkdir()
    sqlite_database(folder, folder / "own", Keyring([FIELD_KEY])).dispose()
    server = PostgresServer() if "postgresql" in kinds else None
    try:
        if server is not None:
            load_postgres(folder, server.url, Keyring([FIELD_KEY]))
        urls = {"sqlite": "", "postgresql": server.url if server else ""}
        return _shared_out(_parts(folder, kinds, urls, arguments), arguments.processes)
    finally:
        if server is not None:
            server.stop()


def _parts(
    folder: Path, kinds: Sequence[str], urls: dict[str, str], arguments: argparse.Namespace
) -> list[Part]:
    left, parts, number = arguments.requests, list[Part](), 0
    while left > 0:
        count = min(left, arguments.part)
        seed = arguments.seed * 1_000 + number
        parts += [Part(kind, number, seed, count, folder, urls[kind]) for kind in kinds]
        left, number = left - count, number + 1
    return parts


def _shared_out(parts: Sequence[Part], processes: int) -> dict[str, list[Result]]:
    runs: dict[str, list[Result]] = {}
    started = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        futures: list[Future[Result]] = [pool.submit(run_part, part) for part in parts]
        for future in as_completed(futures):
            one = future.result()
            runs.setdefault(one.kind, []).append(one)
            bad = " ".join(
                f"[{sent.what} {sent.status} {sent.seconds:.1f} s {sent.fault}]" for sent in one.bad[:5]
            )
            print(
                f"  {one.kind} {one.number}: {len(one.verdicts)} in {one.wall:.0f} s ({one.processor:.0f} s of processor), "
                f"{time.monotonic() - started:.0f} s so far {bad} {' | '.join(one.traces[:5])}",
                flush=True,
            )
    return {kind: sorted(found, key=lambda one: one.number) for kind, found in sorted(runs.items())}


def _tell(runs: dict[str, list[Result]], looked: Looked | None, arguments: argparse.Namespace) -> int:
    print(f"seed={arguments.seed} payloads={len(PAYLOADS)} processes={arguments.processes}")
    goods = [_told(kind, results, arguments.processes) for kind, results in runs.items()]
    goods += [_compared(list(runs.values())), _told_of_pages(looked)]
    is_good = all(goods)
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


def _told(kind: str, results: Sequence[Result], processes: int) -> bool:
    statuses, bad = Counter[int](), [sent for one in results for sent in one.bad]
    for one in results:
        statuses.update(one.statuses)
    asked = sum(len(one.verdicts) for one in results)
    errors = sum(count for status, count in statuses.items() if status >= 500)
    slow = sum(sent.seconds > SLOW for sent in bad)
    odd = sum(bool(sent.fault) for sent in bad)
    wall, processor = sum(one.wall for one in results), sum(one.processor for one in results)
    every = results[0].every_rule
    missing = sorted(every - set().union(*(one.rules for one in results)))
    controls = {name: all(one.controls[name] for one in results) for name in results[0].controls}
    for sent in bad[:40]:
        print(f"  {kind}: {sent.what} → {sent.status}, {sent.seconds:.1f} s {sent.fault}")
    for trace in sorted({trace for one in results for trace in one.traces})[:20]:
        print(f"  {kind}: {trace}")
    print(f"{kind}_inputs={asked} stayed={sum(one.stayed for one in results)} skipped=0")
    print(
        f"{kind}_seconds={wall:.0f} processor_seconds={processor:.0f} per_request={processor / asked * 1000:.1f} ms "
        f"(of {_BUDGET_MINUTES * 60 * processes} in {_BUDGET_MINUTES} min)"
    )
    print(
        f"{kind}_classes="
        + " ".join(f"{c}xx:{sum(n for s, n in statuses.items() if s // 100 == c)}" for c in range(2, 6))
    )
    print(f"{kind}_statuses=" + " ".join(f"{status}:{count}" for status, count in sorted(statuses.items())))
    print(f"{kind}_routes_asked={len(every) - len(missing)} of {len(every)} {missing[:10] or ''}")
    print(
        f"{kind}_http_5xx={errors} over_2s={slow} slowest={max(one.slowest for one in results):.2f} s led_away_or_computed={odd}"
    )
    print(
        f"{kind}_controls "
        + " ".join(f"{name}={'fired' if is_seen else 'MISSED'}" for name, is_seen in controls.items())
    )
    return not (errors or slow or odd or missing) and all(controls.values())


def _compared(runs: Sequence[Sequence[Result]]) -> bool:
    if len(runs) < 2:
        print("db_disagree: not run (one database)")
        return True
    pairs = [pair for one, other in zip(*runs, strict=True) for pair in apart(one, other)]
    for pair in pairs[:20]:
        print("  differs:", " | ".join(pair))
    compared = sum(len(one.verdicts) for one in runs[0])
    fires = runs[0][0].differing != runs[1][0].differing
    print(f"db_disagree={len(pairs)} of {compared} control={'fired' if fires else 'MISSED'}")
    return not pairs and fires


def _told_of_pages(looked: Looked | None) -> bool:
    if looked is None:
        print("crawl: not run")
        return True
    for where in looked.where[:20]:
        print(f"  {where}")
    print(
        f"pages_looked_at={looked.pages} of at least {FLOOR_PAGES}, with payloads on {looked.payloads_shown}"
    )
    print("pages_by_person " + " ".join(f"{name}={count}" for name, count in looked.by_person.items()))
    print(
        f"scripts_run={looked.scripts_run} injected={looked.injected} policy_reports={looked.reports} computed={looked.computed}"
    )
    fires = " ".join(f"{name}={'fired' if seen else 'MISSED'}" for name, seen in looked.controls.items())
    print(f"crawl_controls {fires}")
    return not looked.found and looked.pages >= FLOOR_PAGES and all(looked.controls.values())


if __name__ == "__main__":
    sys.exit(main())
