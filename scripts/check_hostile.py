"""Hostile inputs to every form and route, the same seeded sequence on both databases; then a browser looks at what stayed.

    python scripts/check_hostile.py --requests 20000 --seed 1 [--database both|sqlite|postgresql] [--no-crawl]

Runs add up: take another seed for each part. Fails for an answer of 5xx, one that took over 2 s three times in a row,
one that leads away from the site, a different verdict of the two databases, or a script that ran.
"""

import argparse
import os
import sys
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import structlog
from playwright.sync_api import Dialog, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.app.factory import create_app
from registry.db import Database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY, RequestDatabase, settings_in
from tests.factories.authz.world import World, build_world
from tests.factories.databases import postgres_database, sqlite_database
from tests.factories.hostile import PAYLOADS, RAN, SLOW, Attacker, Sent
from tests.postgres import PostgresServer

_LOOKERS = ("offA", "cadN", "sysN", "audN", "self")
_MOST_PAGES = 40
_HANDLERS = (
    "document.querySelectorAll('main [onerror], main [onload], main [onfocus], main [ontoggle], main [onmouseover],"
    ' main iframe, main object, main script, main a[href^="javascript:" i], main a[href^="data:" i]\').length'
)


class _Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what is told is told at the end."""


@dataclass
class Run:
    """What one database answered."""

    verdicts: list[str] = field(default_factory=list[str])
    statuses: Counter[int] = field(default_factory=Counter[int])
    bad: list[Sent] = field(default_factory=list[Sent])
    slowest: float = 0.0
    seconds: float = 0.0


def main() -> int:
    """0 when nothing was found and every control fired."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--no-crawl", action="store_true")
    arguments = parser.parse_args()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(Path(os.devnull).open("w")))  # noqa: SIM115
    with tempfile.TemporaryDirectory() as named:
        return _run(Path(named), arguments)


def _run(folder: Path, arguments: argparse.Namespace) -> int:
    runs: dict[str, Run] = {}
    looked: dict[str, Any] | None = None
    if arguments.database != "postgresql":
        (folder / "own").mkdir()
        database = sqlite_database(folder, folder / "own", Keyring([FIELD_KEY]))
        runs["sqlite"], world = _attack(folder, database, arguments)
        if not arguments.no_crawl:
            looked = _look(folder, database, world)
    if arguments.database != "sqlite":
        server = PostgresServer("-c max_locks_per_transaction=4000")  # each question has a savepoint
        try:
            database = postgres_database(folder, server.url, Keyring([FIELD_KEY]))
            runs["postgresql"], _world = _attack(folder, database, arguments)
        finally:
            server.stop()
    return _tell(runs, looked, arguments)


def _attack(folder: Path, database: Database, arguments: argparse.Namespace) -> tuple[Run, World]:
    run, started = Run(), monotonic()
    app = create_app(settings_in(folder), database)
    with closing(database.write_session()) as session:
        world = build_world(app, session)
    with database.write_engine.connect() as connection:
        outer = connection.begin()
        app.extensions["registry.database"] = RequestDatabase(connection, database)
        for one in Attacker(app, connection, world, arguments.seed).run(arguments.requests):
            run.verdicts.append(one.verdict)
            run.statuses[one.status] += 1
            run.slowest = max(run.slowest, one.seconds)
            if one.status >= 500 or one.seconds > SLOW or one.fault:
                run.bad.append(one)
        outer.commit()
    run.seconds = monotonic() - started
    return run, world


def _look(folder: Path, database: Database, world: World) -> dict[str, Any]:
    """Serve what was stored and open its pages in a browser as several people."""
    app = create_app(settings_in(folder), database)
    server = make_server("127.0.0.1", 0, app, request_handler=_Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = {"pages": 0, "scripts_run": 0, "handlers": 0, "control": False, "where": list[str]()}
    chromium = next(
        path for name in ("chromium", "chromium-browser", "google-chrome") if (path := which(name))
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        url = f"http://localhost:{server.server_port}"
        for name in _LOOKERS:
            cookie_name, _equals, value = world.actors[name].fresh.partition("=")
            context = browser.new_context()
            context.add_cookies([{"name": cookie_name, "value": value, "url": url}])
            _crawl(context.new_page(), url, found)
            context.close()
        page = browser.new_page()
        page.set_content(f"<main><img src=x onerror=window.{RAN}=1></main>")
        page.wait_for_function(f"window.{RAN} === 1")
        found["control"] = bool(page.evaluate(_HANDLERS))
        browser.close()
    server.shutdown()
    return found


def _crawl(page: Page, url: str, found: dict[str, Any]) -> None:
    def note(dialog: Dialog) -> None:
        found["scripts_run"] += 1
        dialog.dismiss()

    page.on("dialog", note)
    waiting, seen = (
        deque(["/", "/ung-vien", "/nhu-cau", "/don-vi", "/danh-sach", "/bo-tim", "/ky-nang"]),
        set[str](),
    )
    visited = 0
    while waiting and visited < _MOST_PAGES:
        path = waiting.popleft()
        answer = page.goto(url + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visited += 1
        found["pages"] += 1
        ran, handlers = page.evaluate(f"window.{RAN} === 1"), page.evaluate(_HANDLERS)
        if ran or handlers:
            found["scripts_run"] += bool(ran)
            found["handlers"] += handlers
            found["where"].append(path)
        links: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        for link in links:
            parts = urlsplit(link)
            short = parts.path
            if (
                link.startswith(url)
                and short not in seen
                and not short.startswith(("/static", "/nhap-excel/mau"))
            ):
                seen.add(short)
                waiting.append(short)


def _tell(runs: dict[str, Run], looked: dict[str, Any] | None, arguments: argparse.Namespace) -> int:
    is_good = True
    print(f"seed={arguments.seed} payloads={len(PAYLOADS)}")
    for name, run in runs.items():
        errors = sum(count for status, count in run.statuses.items() if status >= 500)
        slow = sum(one.seconds > SLOW for one in run.bad)
        away = sum(bool(one.fault) for one in run.bad)
        for one in run.bad[:40]:
            print(f"  {name}: {one.what} → {one.status}, {one.seconds:.1f} s {one.fault}")
        print(f"{name}_inputs={len(run.verdicts)} seconds={run.seconds:.0f}")
        print(
            f"{name}_statuses="
            + " ".join(f"{status}:{count}" for status, count in sorted(run.statuses.items()))
        )
        print(f"{name}_http_5xx={errors} over_2s={slow} slowest={run.slowest:.1f} s led_away={away}")
        is_good &= not errors and not slow and not away
    is_good &= _compared(list(runs.values()))
    if looked is None:
        print("crawl: not run")
    else:
        print(f"pages_looked_at={looked['pages']} as {len(_LOOKERS)} people, at most {_MOST_PAGES} each")
        print(
            f"scripts_run={looked['scripts_run']} injected_handlers={looked['handlers']} {looked['where'][:10]}"
        )
        print(f"control={'fired' if looked['control'] else 'MISSED'}")
        is_good &= looked["control"] and not looked["scripts_run"] and not looked["handlers"]
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


def _compared(runs: Sequence[Run]) -> bool:
    if len(runs) < 2:
        print("db_disagree: not run (one database)")
        return True
    pairs = list(zip(runs[0].verdicts, runs[1].verdicts, strict=False))
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    for pair in apart[:20]:
        print("  differs:", " | ".join(pair))
    print(f"db_disagree={len(apart)} of {len(pairs)}")
    return not apart and len(runs[0].verdicts) == len(runs[1].verdicts)


if __name__ == "__main__":
    sys.exit(main())
