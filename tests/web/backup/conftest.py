"""Installations of a test's own to back up and restore: small, since nothing but a few rows is in them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.app.schema import upgrade_schema
from registry.cli.main import main
from registry.consents.operations import load_purposes
from registry.db import Database, open_database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY
from tests.factories.databases import alone_in
from tests.factories.letters import queued
from tests.factories.rights import with_account

BACKUP_KEY = "b" * 40
NAME = "Vàng Thị Sáo"


@dataclass(frozen=True)
class Place:
    """An installation: its data directory and its database, and the commands run in it."""

    folder: Path
    url: str
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str] | None = None

    @property
    def file(self) -> Path:
        """The database on SQLite."""
        return self.folder / "registry.sqlite3"

    def run(self, *arguments: str | Path, keys: str = FIELD_KEY, backup_key: str = "") -> tuple[int, str]:
        """Exit code and words of a command."""
        told = {
            "REGISTRY_DATA_DIR": str(self.folder),
            "REGISTRY_DATABASE_URL": self.url,
            "REGISTRY_SECRET_KEY": "s" * 40,
            "REGISTRY_FIELD_KEYS": keys,
            "REGISTRY_BACKUP_KEY": backup_key,
        }
        for name, value in told.items():
            self.patch.setenv(name, value)
        self._said()
        return main([str(one) for one in arguments]), self._said()

    def _said(self) -> str:
        return "" if self.capture is None else "".join(self.capture.readouterr())

    def opened(self) -> Database:
        """Its database; dispose of it."""
        return open_database(self.url, Keyring([FIELD_KEY]), self.folder)


Places = Callable[..., Place]


@pytest.fixture(scope="session")
def bare(shared_folder: Path) -> Path:
    """A migrated SQLite file with nothing in it, to be copied: migrating costs a second."""
    path = shared_folder / "bare" / "registry.sqlite3"
    with alone_in(shared_folder):
        if not path.exists():
            path.parent.mkdir()
            database = open_database(f"sqlite:///{path}", Keyring([FIELD_KEY]))
            upgrade_schema(database)
            database.dispose()
    return path


@pytest.fixture
def places(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Places:
    """Makes installations by name: on SQLite, migrated and empty, or where they are told to be."""

    def place(name: str, url: str = "") -> Place:
        folder = tmp_path / name
        folder.mkdir()
        if not url:
            shutil.copy(bare, folder / bare.name)
        return Place(folder, url or f"sqlite:///{folder / bare.name}", monkeypatch, capsys)

    return place


@pytest.fixture(scope="session")
def prepared(bare: Path, shared_folder: Path) -> Path:
    """A folder with the data directory of `source` and a backup of it, made once."""
    folder = shared_folder / "prepared"
    with alone_in(shared_folder), pytest.MonkeyPatch.context() as patch:
        if not folder.exists():
            made = Place(folder / "source", f"sqlite:///{folder / 'source' / bare.name}", patch)
            made.folder.mkdir(parents=True)
            shutil.copy(bare, made.file)
            _prepare(made)
            assert made.run("backup", folder / "so.backup") == (0, "")
    return folder


def _prepare(made: Place) -> None:
    database = made.opened()
    with database.writing() as session:
        load_purposes(session)
        with_account(session, NAME)
        queued(session, "nguoi.nhan@vidu.vn")
    database.dispose()
    kept = made.folder / "tep" / "Giấy tờ" / "số 1.bin"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(bytes(range(256)) * 300)
    for left_out in ("exports", "mail", "index"):
        (made.folder / left_out).mkdir()
        (made.folder / left_out / "x").write_bytes(b"x")


@pytest.fixture
def source(prepared: Path, places: Places) -> Place:
    """An installation with a person who has an account, a letter that waits, and a file."""
    made = places("source")
    shutil.copytree(prepared / "source", made.folder, dirs_exist_ok=True)
    return made


@pytest.fixture
def backup(prepared: Path, tmp_path: Path) -> Path:
    """A backup of `source`."""
    return Path(shutil.copy(prepared / "so.backup", tmp_path))
