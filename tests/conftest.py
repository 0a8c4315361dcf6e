"""Fixtures everybody shares: both databases built through the migrations, a session whose work is undone
after each test, the app over it, and a guard against the network. Rooms keep their own factories."""

import gc
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session
from xdist.scheduler import LoadFileScheduling  # pyright: ignore[reportMissingTypeStubs]

from registry.app.factory import create_app
from registry.config import Settings
from registry.db import Database
from registry.db.keys import Keyring
from tests.factories.databases import WORKER, alone_in, postgres_database, sqlite_database
from tests.lists import LONGEST, by_file
from tests.postgres import PostgresServer

FIELD_KEY = "k" * 40

# A worker holds the vocabulary, the statements and the apps until it ends: looking through all of them for cycles
# again and again, as Python does by itself, took a tenth of the run.
gc.set_threshold(20_000, 20, 20)


# What is made once for many files: the served installation with its browser, the small vocabulary. The journeys are
# the longest of all and stand in two groups, so that two workers end at about the same time.
_TOGETHER = (
    ("tests/journeys/test_forms", "walks"),
    ("tests/journeys/test_pages", "walks"),
    ("tests/journeys/", "stories"),
    ("tests/web/skills/curating/", "curating"),
)


class _Together(LoadFileScheduling):
    """Gives whole files to the workers, and groups of files where they share what takes long to make."""

    def _split_scope(self, nodeid: str) -> str:
        path: str = super()._split_scope(nodeid)
        return next((group for begin, group in _TOGETHER if path.startswith(begin)), path)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Nothing is left out on PostgreSQL."""
    parser.addoption("--both-databases", action="store_true", help="run tests/web/one_database.txt on both")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests are slow ones too."""
    longest, here = by_file(LONGEST), Path(__file__).parent
    for item in items:
        named = longest.get(item.path.relative_to(here).as_posix(), ())
        if isinstance(item, pytest.Function) and item.originalname in named:
            item.add_marker("slow")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """How tests are given to several workers: in the order in which they are found, journeys first."""
    config.option.loadscopereorder = (
        False  # it would begin with the files that hold the most tests, not the longest
    )
    return _Together(config, log)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see."""
    own = tmp_path_factory.getbasetemp()
    return own if WORKER == "alone" else own.parent


@pytest.fixture(scope="session")
def postgres_url(shared_folder: Path) -> Iterator[str]:
    """A real PostgreSQL server for the whole run; a machine that cannot have one fails loudly."""
    with alone_in(shared_folder):
        server = PostgresServer.joined(shared_folder)
    yield server.url
    with alone_in(shared_folder):
        server.leave(shared_folder)


@pytest.fixture(scope="session")
def databases() -> Iterator[dict[str, Database]]:
    """The databases made so far, by kind: files ask for one and the other in turn, each is made once."""
    made: dict[str, Database] = {}
    yield made
    for one in made.values():
        one.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(
    databases: dict[str, Database],
    shared_folder: Path,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Database:
    """A migrated database with the reference data, once a run and kind."""
    kind, keyring = str(request.param), Keyring([FIELD_KEY])
    if kind not in databases:
        if kind == "sqlite":
            folder = tmp_path_factory.mktemp("database")
            databases[kind] = sqlite_database(shared_folder, folder, keyring)
        else:
            server = str(request.getfixturevalue("postgres_url"))
            databases[kind] = postgres_database(shared_folder, server, keyring)
    return databases[kind]


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """One connection with an outer transaction that is rolled back: code under test may commit freely."""
    with database.write_engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


def session_on(connection: Connection, database: Database) -> Session:
    """A session inside what is rolled back."""
    return Session(
        connection,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
        info={"keyring": database.keyring},
    )


@pytest.fixture
def session(connection: Connection, database: Database) -> Iterator[Session]:
    """The test's own session."""
    opened = session_on(connection, database)
    yield opened
    opened.close()


class RequestDatabase(Database):
    """Hands every request the same connection the test looks at."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(database.read_engine, database.write_engine, database.keyring)
        object.__setattr__(self, "_shared", session_on(connection, database))

    def read_session(self) -> Session:
        shared: Session = self.__dict__["_shared"]
        return shared

    def write_session(self) -> Session:
        shared = self.read_session()
        if shared.in_transaction():
            shared.commit()  # a session of its own begins: what this one read or wrote before is over
        return shared


class Client(FlaskClient):
    """Makes what the test wrote visible to the request, and what the request wrote visible to the test."""

    session: Session

    def open(self, *args: Any, **kwargs: Any) -> Any:
        self.session.commit()
        try:
            return super().open(*args, **kwargs)
        finally:
            self.session.expire_all()


def settings_in(folder: Path) -> Settings:
    """Settings of a test installation: loopback, no rate limits unless a test asks."""
    return Settings(
        database_url="sqlite://",
        data_dir=folder,
        secret_key="s" * 40,
        field_keys=(FIELD_KEY,),
        public_url="http://localhost",
        rate_limits=False,
        testing=True,
        password_memory_kib=8,
        password_passes=1,
        password_lanes=1,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a test, with a folder of its own."""
    return settings_in(tmp_path)


Build = Callable[[Flask], None]
"""What a test adds to an app of its own: a view, a setting."""
Served = Callable[..., Flask]
"""Settings and, perhaps, what is added to the app → the app of these."""
Apps = dict[tuple[Settings, Build | None], Flask]
"""Apps by their settings but for the folder, and by what was added."""


@pytest.fixture(scope="session")
def apps() -> Apps:
    """Those made so far: building one compiles every rule and every template."""
    return {}


@pytest.fixture(scope="session")
def compiled(shared_folder: Path) -> FileSystemBytecodeCache:
    """Templates as they were compiled once, for all apps of all workers."""
    folder = shared_folder / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@contextmanager
def serving_over(
    connection: Connection,
    database: Database,
    apps: Apps,
    compiled: FileSystemBytecodeCache,
) -> Generator[Served]:
    """Gives apps over the connection while the block runs.

    Tests share them one after the other: what a test puts into the extensions or settings of one is put back. What
    adds to an app (`also`) is a function of a module, so that tests of the same addition share one too.
    """
    held: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def serve(settings: Settings, also: Build | None = None) -> Flask:
        alike = (replace(settings, data_dir=Path()), also)
        if alike not in apps:
            apps[alike] = create_app(settings, RequestDatabase(connection, database))
            apps[alike].jinja_env.bytecode_cache = compiled
            if also is not None:
                also(apps[alike])
        made = apps[alike]
        config = cast("dict[str, Any]", made.config)
        held.extend((one, dict(one)) for one in (made.extensions, config))
        made.extensions["registry.database"] = RequestDatabase(connection, database)
        config["REGISTRY_SETTINGS"] = settings
        return made

    yield serve
    for one, as_it_was in reversed(held):
        one.clear()
        one.update(as_it_was)


@pytest.fixture
def served(
    connection: Connection,
    database: Database,
    apps: Apps,
    compiled: FileSystemBytecodeCache,
) -> Iterator[Served]:
    """Gives apps over the test's connection."""
    with serving_over(connection, database, apps, compiled) as serve:
        yield serve


@pytest.fixture
def app(settings: Settings, served: Served) -> Flask:
    """The app of a test. CSRF is on: clients send the token like a browser."""
    return served(settings)


def browser(app: Flask, session: Session) -> Client:
    """A browser without an account, at this app."""
    app.test_client_class = Client
    made = app.test_client()
    assert isinstance(made, Client)
    made.session = session
    return made


@pytest.fixture
def client(app: Flask, session: Session) -> Client:
    """A browser without an account."""
    return browser(app, session)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """Tests reach nothing but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def scratch_engine_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A place for a database of a test's own."""
    return f"sqlite:///{tmp_path_factory.mktemp('scratch') / 'own.sqlite3'}"


__all__ = ["Client", "create_engine"]
