"""The database: declarative base, column types, engines and the keys of encrypted fields. Knows no room."""

from registry.db.base import Base, Public, Stamped, Versioned, derive, new_public_id
from registry.db.engine import Database, asked_once, may_write, memory_of, open_database, read_rows
from registry.db.marks import Mark
from registry.db.types import code_text, enum_column, long_text, name_text, short_text, sort_text, utc_at

__all__ = [
    "Base",
    "Database",
    "Mark",
    "Public",
    "Stamped",
    "Versioned",
    "asked_once",
    "code_text",
    "derive",
    "enum_column",
    "long_text",
    "may_write",
    "memory_of",
    "name_text",
    "new_public_id",
    "open_database",
    "read_rows",
    "short_text",
    "sort_text",
    "utc_at",
]
