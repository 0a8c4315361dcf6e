"""Engines and sessions. One engine reads, one writes; on SQLite they differ in how a transaction begins."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

from registry.db.keys import Keyring

# A waiting writer gives up after this long; every write is short, so a longer wait means a fault.
BUSY_TIMEOUT_MS = 15_000
STATEMENT_TIMEOUT_MS = 30_000
LOCK_TIMEOUT_MS = 10_000
IDLE_SECONDS = 1.0
"""A connection that nobody used for so long may have been ended meanwhile."""


_TOLD = "told in this transaction"
_MEMORY = "memory"
_GIVEN_BACK = "given back"

Memory = dict[str, Any]

Answer = TypeVar("Answer")


class _Told:
    """The answers a reading transaction was given; another transaction begins without any."""

    def __init__(self) -> None:
        self.transaction: object = None
        self.answers: dict[str, Any] = {}


def asked_once(session: Session, question: str, ask: Callable[[], Answer]) -> Answer:
    """What `ask` reads, asked of the database once in a transaction that only reads and sees one moment.

    A session that may write asks every time: what it wrote itself counts.
    """
    told: _Told | None = session.info.get(_TOLD)
    if told is None:
        return ask()
    if told.transaction is None or told.transaction is not session.get_transaction():
        told.answers = {}
    if question not in told.answers:
        told.answers[question] = ask()
        told.transaction = session.get_transaction()
    answer: Answer = told.answers[question]
    return answer


def may_write(session: Session) -> bool:
    """Whether the session is one for writing: what it reads may be what it wrote itself."""
    return _TOLD not in session.info


def read_rows(session: Session, statement: Executable, /, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a statement that was made once and is sent by every page: columns only, past the unit of work.

    A statement costs more to make and to read as objects than the database needs to answer it. It only selects: what
    writes goes through the session, which notes whom it touches.
    """
    assert getattr(statement, "is_select", False)  # noqa: S101 - a programming error
    session.flush()
    return session.connection().execute(statement, values)


def memory_of(session: Session) -> Memory | None:
    """What this process keeps of the session's database; None for a session that is not of a `Database`."""
    return session.info.get(_MEMORY)


@dataclass(frozen=True)
class Database:
    """The two engines of an installation and the sessions over them.

    `folder` holds files made from the tables (the index); sessions carry it in `info`. Without one there are none.
    `memory` is what this process keeps of this database, each entry by whoever keeps it, who also says until when.
    """

    read_engine: Engine
    write_engine: Engine
    keyring: Keyring
    folder: Path | None = None
    memory: Memory = field(default_factory=dict[str, Any], compare=False, repr=False)

    def read_session(self) -> Session:
        """A session that may look but not touch: the database itself refuses a write.

        All it reads until it ends belongs to one moment.
        """
        session = self._session(self.read_engine)
        session.info[_TOLD] = _Told()
        return session

    def write_session(self) -> Session:
        """A session whose transaction holds the writer's place from its first statement (SQLite)."""
        return self._session(self.write_engine)

    def _session(self, engine: Engine) -> Session:
        info = {"keyring": self.keyring, "folder": self.folder, _MEMORY: self.memory}
        return Session(engine, expire_on_commit=False, info=info)

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A write session for commands and jobs, rolled back and closed whatever happens."""
        session = self.write_session()
        try:
            yield session
        finally:
            session.rollback()
            session.close()

    def dispose(self) -> None:
        """Close all connections, as before a fork or at the end of a program."""
        self.read_engine.dispose()
        self.write_engine.dispose()


def open_database(url: str, keyring: Keyring, folder: Path | None = None) -> Database:
    """Open the engines for a SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`)."""
    if make_url(url).get_backend_name() == "sqlite":
        return Database(_sqlite_engine(url, "BEGIN"), _sqlite_engine(url, "BEGIN IMMEDIATE"), keyring, folder)
    options: dict[str, Any] = {"hide_parameters": True, "connect_args": {"options": _postgres_options()}}
    # An answer is put together from several reads: they must not fall on both sides of somebody's save.
    reader = create_engine(
        url, isolation_level="REPEATABLE READ", execution_options={"postgresql_readonly": True}, **options
    )
    dialect: Any = reader.dialect
    # What only read ends either way; but with a rollback the driver forgets the statements it has prepared.
    dialect.do_rollback = dialect.do_commit
    writer = create_engine(url, **options)
    for engine in (reader, writer):
        _ask_after_idling(engine)
    return Database(reader, writer, keyring, folder)


def _ask_after_idling(engine: Engine) -> None:
    """Whoever takes a connection that was idle first asks whether it still lives; one just used is trusted.

    To ask at every page (`pool_pre_ping`) is one answer more of the database for each of its transactions.
    """

    def given_back(_raw: Any, record: Any) -> None:
        record.info[_GIVEN_BACK] = time.monotonic()

    def taken(raw: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_GIVEN_BACK)
        if since is None or time.monotonic() - since < IDLE_SECONDS:
            return
        dialect: Any = engine.dialect
        try:
            dialect.do_ping(raw)
        except dialect.dbapi.Error as fault:
            raise InvalidatePoolError from fault

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


def _postgres_options() -> str:
    # Compiling a statement takes a second where the statement itself takes milliseconds.
    limits = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
    return f"{limits} -c timezone=UTC -c jit=off"


def _sqlite_engine(url: str, begin: str) -> Engine:
    """A SQLite engine whose transactions start with `begin`.

    The busy timeout does not cover a transaction that reads first and writes later: SQLite then answers
    "database is locked" at once. So a writer takes its place with BEGIN IMMEDIATE before it reads.
    """
    engine = create_engine(url, hide_parameters=True)
    read_only = begin == "BEGIN"

    def on_connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must not begin transactions of its own
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a redirect after a save promises that it is kept
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # who is erased must not lie about in freed pages
        cursor.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine
