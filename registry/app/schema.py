"""The tables of all rooms, for migrations, and the way to bring a database to the current revision."""

import importlib
import pkgutil

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import registry
from registry.db import Base, Database
from registry.paths import MIGRATIONS


def _import_models() -> None:
    """Import `models` of every room that has one: a table nobody imported would look like one to drop."""
    for room in pkgutil.iter_modules(registry.__path__, "registry."):
        if room.ispkg:
            names = {
                module.name for module in pkgutil.iter_modules(importlib.import_module(room.name).__path__)
            }
            if "models" in names:
                importlib.import_module(f"{room.name}.models")


_import_models()
METADATA = Base.metadata


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations of this installation, on this connection if given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade_schema(database: Database, revision: str = "head") -> None:
    """Migrate the database to a revision (default: the newest)."""
    with database.write_engine.connect() as connection:
        command.upgrade(alembic_config(connection), revision)
        connection.commit()


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.read_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision this code was written for."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()
