"""All of an installation is in its backup and comes back as it was, on either database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import inspect

from registry.app.reference import LOADED_TABLES
from registry.app.schema import METADATA
from registry.audit.queries import verify
from registry.backup.queries.opening import opened_backup
from registry.backup.queries.tables import tables_with_rows
from registry.backup.rules.manifest import Manifest
from registry.db import Database, open_database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY
from tests.factories.databases import WORKER, at_server, created_database
from tests.factories.filled import all_rows, fill_every_table
from tests.web.backup.conftest import BACKUP_KEY, NAME, Place, Places


def manifest_of(path: Path, key: str = "") -> Manifest:
    with opened_backup(path, Keyring([FIELD_KEY]), key) as opened:
        return opened.manifest


@pytest.mark.slow
def test_every_table_crosses_to_the_other_database_and_back(
    places: Places, postgres_url: str, tmp_path: Path
) -> None:
    """Every table has rows, so that a new one is proved as soon as there is a model of it."""
    source, name = places("source"), f"restored_{WORKER}"
    fill_every_table(source.file)
    assert source.run("backup", tmp_path / "1.backup")[0] == 0
    before = all_rows(source.file)
    stored = manifest_of(tmp_path / "1.backup")
    assert {table.name for table in stored.tables if table.rows} == set(METADATA.tables)
    assert set(before) - {"alembic_version", "person_text_words"} == set(METADATA.tables)
    other = places("other", created_database(postgres_url, Keyring([FIELD_KEY]), name))
    try:
        code, told = other.run("restore", tmp_path / "1.backup")
        assert code == 0, told
        _look_at_postgres(other)
        assert other.run("backup", tmp_path / "2.backup")[0] == 0
    finally:
        at_server(postgres_url, Keyring([FIELD_KEY]), f"DROP DATABASE {name} WITH (FORCE)")
    back = places("back")
    _loaded(back.file)
    assert back.run("restore", tmp_path / "2.backup")[0] == 0
    after = all_rows(back.file)
    told_of = {"audit_event", "audit_stream"}  # the second backup stands in the log as well
    assert {name: after[name] for name in before if name not in told_of} == {
        name: rows for name, rows in before.items() if name not in told_of
    }
    for name in told_of:
        assert set(before[name]) <= set(after[name])


def _look_at_postgres(place: Place) -> None:
    """The models have what the database has; a new row gets an id of its own; what waits for nothing is checked at once."""
    database = place.opened()
    with database.write_engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        found = connection.exec_driver_sql("SELECT nextval(pg_get_serial_sequence('person', 'id'))").scalar()
        deferred = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_constraint WHERE condeferrable"
        ).scalar()
    database.dispose()
    assert names == {*METADATA.tables, "alembic_version"}
    assert (found, deferred) == (3, 0)


def _loaded(file: Path) -> None:
    """What upgrading leaves in a database that nobody uses: other rows under the ids of those that come."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO audit_stream (id, name) VALUES (1, 'khac')")
        connection.commit()


def test_what_an_upgrade_fills_is_known(database: Database) -> None:
    with database.read_engine.connect() as connection:
        assert tables_with_rows(connection, METADATA) == LOADED_TABLES


@pytest.mark.parametrize("key", ["", BACKUP_KEY])
def test_people_files_and_the_log_come_back(places: Places, source: Place, tmp_path: Path, key: str) -> None:
    file, target = tmp_path / "so.backup", places("target")
    code, told = source.run("backup", file, backup_key=key)
    assert code == 0
    assert ("Tệp không mã hóa" in told) is (not key)
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    assert (NAME.encode() in content, b"PK" in content[:4]) == (False, not key)
    code, told = target.run("restore", file, backup_key=key)
    assert code == 0, told
    assert "1 tệp" in told
    assert "nguyên vẹn" in told
    assert all_rows(target.file) == all_rows(source.file)
    files = [path for path in target.folder.rglob("*") if path.is_file() and path.parent != target.folder]
    assert [path.relative_to(target.folder).as_posix() for path in files] == ["tep/Giấy tờ/số 1.bin"]
    assert files[0].read_bytes() == bytes(range(256)) * 300
    database = open_database(target.url, Keyring([FIELD_KEY]))
    session = database.read_session()
    assert verify(session).broken is None
    session.close()
    database.dispose()


def test_two_backups_differ_only_in_what_happened_between(source: Place, tmp_path: Path) -> None:
    for name in ("1", "2"):
        assert source.run("backup", tmp_path / name, "--json")[0] == 0
    first, second = manifest_of(tmp_path / "1"), manifest_of(tmp_path / "2")
    differing = {one.name for one, other in zip(first.tables, second.tables, strict=True) if one != other}
    assert differing == {"audit_event"}
    assert first.files == second.files


def test_no_key_is_in_a_backup(source: Place, tmp_path: Path) -> None:
    secret = source.folder / "tep" / "chép nhầm"
    secret.write_text(f"x\n{FIELD_KEY}\n")
    assert source.run("backup", source.folder / "tep" / "1.backup")[0] == 0
    assert source.run("backup", tmp_path / "2.backup")[0] == 0
    with ZipFile(tmp_path / "2.backup") as archive:
        assert [name for name in archive.namelist() if name.startswith("files/")] == [
            "files/tep/Giấy tờ/số 1.bin"
        ]
        assert not any(FIELD_KEY.encode() in archive.read(name) for name in archive.namelist())
