"""Alembic environment: runs the migrations on the connection it is handed, or on REGISTRY_DATABASE_URL."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from registry.app.schema import METADATA, is_modelled
from registry.config import load_settings
from registry.db.engine import open_database
from registry.db.keys import Keyring


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_object=is_modelled,
        transaction_per_migration=True,
        render_item=_plain_type,
    )
    with _tables_rebuilt_safely(connection), context.begin_transaction():
        context.run_migrations()


@contextmanager
def _tables_rebuilt_safely(connection: Connection) -> Generator[None]:
    """SQLite changes a table by dropping the old one: with foreign keys on, rows that point to it would go too.

    The switch has no effect inside a transaction, so it is thrown on the driver's connection before one
    begins. What the migrations leave is checked before anybody uses it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        broken = driver.execute("PRAGMA foreign_key_check").fetchmany(5)
        if not connection.in_transaction():
            driver.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"migrations left rows that point to nothing: {broken}")


def _plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations name SQLAlchemy's own types only, so that they run whatever becomes of ours."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


handed: Connection | None = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    settings = load_settings()
    opened = open_database(settings.database_url, Keyring(settings.field_keys))
    with opened.write_engine.connect() as own:
        _run(own)
        own.commit()
    opened.dispose()
