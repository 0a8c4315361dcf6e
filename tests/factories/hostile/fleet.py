"""Parts of a long run, each with a database of its own, so that several processes share the work."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any, cast

import structlog
from flask import Flask, redirect
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection
from werkzeug import Response
from werkzeug.exceptions import NotFound

from registry.accounts.access import public
from registry.app.factory import create_app
from registry.db import Database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY, RequestDatabase, settings_in
from tests.factories.authz.world import World, build_world
from tests.factories.databases import postgres_copy, sqlite_database
from tests.factories.hostile.attacker import Attacker
from tests.factories.hostile.payloads import COMPUTED
from tests.factories.hostile.sending import SLOW, Request, Sender, Sent, server_process

DIFFERS = "PLANTED_DIFFERS"
"""The setting by which one planted view answers otherwise."""
_MOST_TOLD = 40
_CPU_FIELDS = slice(13, 15)


@dataclass(frozen=True)
class Part:
    """What one process is to do: so many requests of one seed, to a database of one kind.

    `server` is the address of the PostgreSQL server, empty for SQLite; `folder` holds the loaded model of SQLite.
    """

    kind: str
    number: int
    seed: int
    requests: int
    folder: Path
    server: str = ""

    @property
    def own_folder(self) -> Path:
        return self.folder / f"{self.kind}-{self.number}"


@dataclass
class Result:
    """What one part found. Seconds by the wall and of the processor, the database's server included."""

    kind: str
    number: int
    verdicts: list[str] = field(default_factory=list[str])
    statuses: Counter[int] = field(default_factory=Counter[int])
    rules: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    every_rule: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    bad: list[Sent] = field(default_factory=list[Sent])
    traces: list[str] = field(default_factory=list[str])
    controls: dict[str, bool] = field(default_factory=dict[str, bool])
    differing: str = ""
    stayed: int = 0
    slowest: float = 0.0
    wall: float = 0.0
    processor: float = 0.0
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    where: str = ""

    def note(self, one: Sent) -> None:
        """Count one answer."""
        self.verdicts.append(one.verdict)
        self.statuses[one.status] += 1
        self.rules.add(one.rule)
        self.stayed += one.stayed
        self.slowest = max(self.slowest, one.seconds)
        if one.is_bad and len(self.bad) < _MOST_TOLD:
            self.bad.append(one)


def run_part(part: Part) -> Result:
    """Build the installation, send everything, try the controls."""
    result = Result(part.kind, part.number)
    structlog.configure(processors=[_noting(result.traces)])
    part.own_folder.mkdir()
    keyring = Keyring([FIELD_KEY])
    if part.server:
        database = postgres_copy(part.server, keyring, f"hostile_{part.number}")
    else:
        database = sqlite_database(part.folder, part.own_folder, keyring)
    app = create_app(settings_in(part.own_folder), database)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(part.folder))  # compiled once for all parts
    plant(app)
    app.config[DIFFERS] = bool(part.server)
    with closing(database.write_session()) as session:
        world = build_world(app, session)
    _attack(app, database, world, part, result)
    result.cookies = {name: one.fresh for name, one in world.actors.items()}
    result.where = str(database.write_engine.url.database)
    database.dispose()
    return result


def _attack(app: Flask, database: Database, world: World, part: Part, result: Result) -> None:
    started, worked = time.monotonic(), time.process_time()
    with database.write_engine.connect() as connection:
        app.extensions["registry.database"] = RequestDatabase(connection, database)
        server = _server_seconds(connection)
        for one in Attacker(app, connection, world, part.seed).run(part.requests):
            result.note(one)
        result.wall = time.monotonic() - started
        result.processor = time.process_time() - worked + _server_seconds(connection) - server
        result.every_rule = routes_of(app)
        sender = Sender(app, connection)
        result.controls, result.differing = fired(sender, world.actors["offA"].fresh)


def _server_seconds(connection: Connection) -> float:
    """Seconds of processor which the process of PostgreSQL that serves this connection has used."""
    process = server_process(connection)
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text("ascii").split()
    return sum(int(ticks) for ticks in fields[_CPU_FIELDS]) / 100


def routes_of(app: Flask) -> set[tuple[str, str]]:
    """(rule, method) of everything the product answers, planted views left out."""
    return {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if not rule.rule.startswith("/_hong/")
    }


def plant(app: Flask) -> None:
    """Add views that do what the check has to see."""

    @public
    def broken() -> str:
        raise RuntimeError

    @public
    def slow() -> str:
        time.sleep(SLOW + 0.05)
        return ""

    @public
    def away() -> Response:
        return redirect("//evil.example/", 303)

    @public
    def computed() -> str:
        return COMPUTED

    @public
    def apart() -> str:
        config = cast("dict[str, object]", app.config)
        if config.get(DIFFERS):
            raise NotFound
        return ""

    for view in (broken, slow, away, computed, apart):
        app.add_url_rule(f"/_hong/{view.__name__}", f"planted_{view.__name__}", view)


def fired(sender: Sender, cookie: str) -> tuple[dict[str, bool], str]:
    """{what was planted: whether it was seen} and the verdict on the view that answers each database otherwise."""
    said = {
        name: sender.send(Request("control", f"/_hong/{name}", cookie))[1]
        for name in ("broken", "slow", "away", "computed", "apart")
    }
    seen = {
        "http_5xx": said["broken"].status >= 500,
        "over_2s": said["slow"].seconds > SLOW,
        "led_away": bool(said["away"].fault),
        "computed": bool(said["computed"].fault),
    }
    return seen, said["apart"].verdict


def apart(one: Result, other: Result) -> list[tuple[str, str]]:
    """The verdicts in which two databases differ; a missing one differs too."""
    longest = max(len(one.verdicts), len(other.verdicts))
    first, second = ([*given.verdicts, *[""] * (longest - len(given.verdicts))] for given in (one, other))
    return [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]


def _noting(traces: list[str]) -> Any:
    def note(_logger: object, _method: str, event: dict[str, object]) -> dict[str, object]:
        error = event.get("exc_info")
        is_planted = str(event.get("endpoint", "")).startswith("planted_")
        if isinstance(error, BaseException) and not is_planted and len(traces) < _MOST_TOLD:
            frames = [f"{Path(code.co_filename).name}:{line}" for code, line in _frames(error)]
            traces.append(f"{type(error).__name__} {' '.join(frames[-4:])}")
        raise structlog.DropEvent

    return note


def _frames(error: BaseException) -> Iterator[tuple[CodeType, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code, trace.tb_lineno
        trace = trace.tb_next
