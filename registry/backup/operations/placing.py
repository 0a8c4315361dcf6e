"""Putting files of a backup back into the data directory: written aside, proved, then named."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from registry.backup.queries.opening import OpenedBackup, hash_of
from registry.backup.rules.manifest import StoredFile
from registry.backup.rules.refusals import BackupRefused, Why


def check_room(backup: OpenedBackup, folder: Path) -> None:
    """Raise BackupRefused (FILE_IN_THE_WAY) where another file lies at the place of one of the backup."""
    for stored in backup.manifest.files:
        path = folder / stored.path
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BackupRefused(Why.FILE_IN_THE_WAY, stored.path)
        if path.exists() and not _is_same(path, stored):
            raise BackupRefused(Why.FILE_IN_THE_WAY, stored.path)


def place_files(backup: OpenedBackup, folder: Path) -> list[Path]:
    """Write the files that are not there yet; which ones, so that `take_away` can undo it. Raises BackupRefused."""
    placed: list[Path] = []
    try:
        for stored in backup.manifest.files:
            path = folder / stored.path
            if not path.exists():
                _place(backup, stored, path)
                placed.append(path)
    except BaseException:
        take_away(placed)
        raise
    return placed


def take_away(placed: list[Path]) -> None:
    """Remove files that were just placed, since the database was not filled after all."""
    for path in placed:
        with suppress(OSError):
            path.unlink()


def _place(backup: OpenedBackup, stored: StoredFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target, backup.member(stored) as stream:
            told = hash_of(stream, target.write)
            target.flush()
            os.fsync(target.fileno())
        if told != (stored.bytes, stored.sha256):
            raise BackupRefused(Why.DAMAGED, stored.member)
        aside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def _is_same(path: Path, stored: StoredFile) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hash_of(stream) == (stored.bytes, stored.sha256)
