"""What every command needs: the settings, the database, printing JSON, and refusing in words."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from registry.config import load_settings
from registry.db import Database, open_database
from registry.db.keys import Keyring


class CommandRefused(Exception):
    """The command cannot be done; the message says why and how to mend it (exit 1)."""


def open_from_environment() -> Database:
    """The database of this installation."""
    settings = load_settings()
    return open_database(settings.database_url, Keyring(settings.field_keys), settings.data_dir)


@contextmanager
def reading() -> Generator[Session]:
    """A read session for a command."""
    database = open_from_environment()
    session = database.read_session()
    try:
        yield session
    finally:
        session.close()
        database.dispose()


@contextmanager
def writing() -> Generator[Session]:
    """A write session for a command; the command commits."""
    database = open_from_environment()
    try:
        with database.writing() as session:
            yield session
    finally:
        database.dispose()


def print_json(value: Any) -> None:
    """One JSON document on stdout, the same bytes for the same value."""
    json.dump(value, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")


def say(words: str) -> None:
    """Words for the person at the terminal; never mixed into JSON."""
    print(words, file=sys.stderr)
