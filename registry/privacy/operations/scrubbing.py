"""Clearing what a database's own files still hold of rows that are gone. Works on the database, in no transaction.

SQLite keeps deleted words in its full-text index until it is merged, old pages in its log until a checkpoint, and
rests of moved rows until a VACUUM. PostgreSQL keeps dead rows until a VACUUM; FULL writes the tables anew.
"""

from sqlalchemy import text

from registry.db import Database
from registry.privacy.queries.holdings import HOLDINGS

SMALL_BYTES = 256 * 1024 * 1024
"""A SQLite file up to this size is written anew after an erasure; a larger one when an administrator says so."""

_ALSO = (
    "person_text",
    "person_key",
    "pending_term",
    "pending_sighting",
    "import_file",
    "import_issue",
    "skill_placement",
    "duplicate_merge",
    "duplicate_pair",
)


def scrub(database: Database, *, is_whole: bool) -> None:
    """Clear the files. `is_whole` writes everything anew, which makes writers wait meanwhile."""
    if database.write_engine.dialect.name == "sqlite":
        _scrub_sqlite(database, is_whole=is_whole)
        return
    with database.write_engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in sorted({*_ALSO, *(holding.table.name for holding in HOLDINGS)}):
            connection.execute(text(f"VACUUM {'(FULL) ' if is_whole else ''}{table}"))


def _scrub_sqlite(database: Database, *, is_whole: bool) -> None:
    """On the driver's own connection: VACUUM refuses to run where a transaction was begun."""
    is_small = _size(database) <= SMALL_BYTES
    borrowed = database.write_engine.raw_connection()
    try:
        cursor = borrowed.cursor()
        cursor.execute("INSERT INTO person_text_words(person_text_words) VALUES ('optimize')")
        if is_whole or is_small:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        borrowed.close()


def _size(database: Database) -> int:
    with database.read_session() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        size = session.execute(text("PRAGMA page_size")).scalar_one()
    return int(pages) * int(size)
