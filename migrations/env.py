"""Alembic environment: runs the migrations on the connection it is handed, or on REGISTRY_DATABASE_URL."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from registry.app.schema import METADATA
from registry.config import load_settings
from registry.db.engine import open_database
from registry.db.keys import Keyring


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


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
