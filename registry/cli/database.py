"""`registry upgrade`: migrates the database and loads the reference data of this version."""

import argparse
from typing import Any

from registry.app.reference import load_reference_data
from registry.app.schema import current_revision, newest_revision, upgrade_schema
from registry.cli.context import open_from_environment, say
from registry.db import Database
from registry.jobs.spread import prepare


def add_parser(commands: Any) -> None:
    """Add `upgrade`."""
    parser = commands.add_parser("upgrade", help="nâng cấp cơ sở dữ liệu và nạp danh mục")
    parser.set_defaults(run=upgrade)


def upgrade(_arguments: argparse.Namespace) -> int:
    """Migrate, then bring places, skills and purposes up to date. Safe to run again."""
    database = open_from_environment()
    try:
        upgrade_installation(database)
    finally:
        database.dispose()
    say("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
    return 0


def upgrade_installation(database: Database) -> None:
    """Bring schema and reference data of this database up to the code that runs."""
    if current_revision(database) != newest_revision():
        upgrade_schema(database)
    with database.writing() as session:
        load_reference_data(session)
        session.commit()
    if database.write_engine.dialect.name == "postgresql":
        prepare(database)
