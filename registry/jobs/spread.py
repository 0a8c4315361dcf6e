"""Waking workers on many machines: Procrastinate in the PostgreSQL database. It carries no work, only the call to look.

Its tables stand in a schema of their own. Nothing in them is a truth: no backup has them, and where they are of another
version than the library they are made anew. A call whose worker was killed is lost; the job rows it spoke of are due
again when their lease ends, and the look of every minute, which one worker of all is called to, finds them.

The library is one of the extra for PostgreSQL: without it installations on SQLite lack nothing.
"""

import asyncio
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

import structlog
from sqlalchemy import make_url

from registry.config import Misconfigured
from registry.db import Database

log = structlog.get_logger("registry.jobs")

SCHEMA = "procrastinate"
_TASK, _LOCK = "look_for_jobs", "look"
# How long a stopping worker lets the current step go on; the job itself is leased and taken up again.
_STOPPING_SECONDS = 10
_PAUSE_SECONDS = 5.0
# How long somebody's page waits for a server that does not answer; the library's own half a minute is too long for that.
_WAKING_SECONDS = 3.0
_ORPHANS = "DELETE FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NULL"
_MISSING = "Việc nền trên PostgreSQL cần thư viện procrastinate. Cài: pip install 'talent-registry[postgres]', rồi chạy lại."


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec("procrastinate") is not None


def _library() -> Any:
    """Looked for when it is needed: installations on SQLite have none."""
    import_module("procrastinate.schema")
    return import_module("procrastinate")


def prepare(database: Database) -> bool:
    """Make the engine's tables, or make them anew for another version of the library. True when it did."""
    if not is_installed():
        return False
    version = metadata.version("procrastinate")
    with database.write_engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock(hashtext('{SCHEMA}'))")
        found = connection.exec_driver_sql(
            f"SELECT obj_description(to_regnamespace('{SCHEMA}'), 'pg_namespace')"
        ).scalar()
        if found == version:
            return False
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
        cursor: Any = connection.connection.cursor()
        cursor.execute(
            _library().schema.SchemaManager.get_schema()
        )  # many statements at once, which only the driver itself takes
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{version}'")
        cursor.close()
    return True


def wake(database_url: str) -> None:
    """Ask a worker to look now; one call waits at most. Raises whatever a server that is away does."""
    if not is_installed():
        return
    library = _library()
    app = library.App(connector=library.SyncPsycopgConnector())
    pool = import_module("psycopg_pool").ConnectionPool(
        min_size=1, max_size=1, open=False, **_place(database_url)
    )
    try:
        pool.open(wait=True, timeout=_WAKING_SECONDS)
        with app.open(pool), suppress(library.exceptions.AlreadyEnqueued):
            app.configure_task(_TASK, queueing_lock=_LOCK).defer()
    finally:
        pool.close()


def run(database_url: str, sweep: Callable[[], object]) -> None:
    """Sweep whenever woken, until stopped by a signal. A busy worker hears no calls: they wake one that is not."""
    if not is_installed():
        raise Misconfigured(_MISSING)
    asyncio.run(_run(_app(database_url, sweep), sweep))


def _place(database_url: str) -> dict[str, Any]:
    """Where the engine's tables are, as its connectors want to be told."""
    url = make_url(database_url).set(drivername="postgresql")
    return {
        "conninfo": url.render_as_string(hide_password=False),
        "kwargs": {"options": f"-c search_path={SCHEMA} -c timezone=UTC"},
    }


def _app(database_url: str, sweep: Callable[[], object]) -> Any:
    library = _library()
    app = library.App(connector=library.PsycopgConnector(min_size=1, max_size=4, **_place(database_url)))
    failed = library.jobs.Status.FAILED

    async def look_for_jobs(**_called: Any) -> None:
        await _beside(sweep)

    async def look_every_minute(timestamp: int) -> None:  # noqa: ARG001 - the engine says when it was due
        for left in await app.job_manager.get_stalled_jobs():
            await app.job_manager.finish_job(left, failed, delete_job=True)
        await app.connector.execute_query_async(_ORPHANS)
        await _beside(sweep)

    app.task(name=_TASK, queueing_lock=_LOCK)(look_for_jobs)
    every_minute = app.task(name="look_every_minute", queueing_lock="minute")(look_every_minute)
    app.periodic(cron="* * * * *")(every_minute)
    return app


async def _beside(sweep: Callable[[], object]) -> None:
    """Run the sweep in a thread that nobody waits for when the process ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle() -> None:
        if not done.done():
            done.set_result(None)

    def work() -> None:
        try:
            sweep()
        except Exception as fault:
            # The database may be away for a moment; the next call looks again.
            log.error("look_failed", fault=type(fault).__name__)
        with suppress(RuntimeError):  # the loop ended meanwhile
            loop.call_soon_threadsafe(settle)

    threading.Thread(target=work, daemon=True, name="look for jobs").start()
    await done


async def _run(app: Any, sweep: Callable[[], object]) -> None:
    stopping, running = asyncio.Event(), list[asyncio.Task[None]]()

    def stop() -> None:
        stopping.set()
        for task in running:
            task.cancel()

    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop)
    while not stopping.is_set():
        running[:] = [asyncio.create_task(_listen(app))]
        try:
            await running[0]
        except asyncio.CancelledError:
            break
        except Exception as fault:
            # The server went away, or its tables are not made yet: jobs are looked for all the same.
            log.warning("waking_lost", fault=type(fault).__name__)
            await _beside(sweep)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _PAUSE_SECONDS)


async def _listen(app: Any) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=1,
            install_signal_handlers=False,
            delete_jobs="always",
            shutdown_graceful_timeout=_STOPPING_SECONDS,
        )
