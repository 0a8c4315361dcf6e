"""Writing a backup: one snapshot of all tables and the files of the data directory, a piece of it in memory at a time.

Writers go on meanwhile. On SQLite the write-ahead log keeps what they change until the backup ends; on PostgreSQL the
rows they replaced stay.
"""

import io
import json
import os
import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.backup.queries.folder import kept_files, relative_path
from registry.backup.queries.opening import hash_of, key_fingerprints
from registry.backup.queries.tables import columns_of, ordered_tables, revision_of, table_lines
from registry.backup.rules.manifest import (
    ABOUT,
    ABOUT_TEXT,
    FORMAT,
    MANIFEST,
    SEAL,
    SEAL_PURPOSE,
    Manifest,
    StoredFile,
    StoredTable,
    written,
)
from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.sealed import SALT_BYTES, SealingWriter
from registry.db import Database, new_public_id
from registry.db.keys import Keyring

# Members carry one date, so that two backups of one moment are the same bytes; when it was taken is in the manifest.
_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Taking:
    """What the caller knows: the schema that the code has, its version, and the keys that must not be in the file."""

    metadata: MetaData
    revision: str | None
    product: str
    secrets: Sequence[str]
    backup: str


def announce_backup(session: Session, *, at: datetime) -> str:
    """Record that a backup is about to be taken, so that it stands in the backup too; its name, for the manifest."""
    backup = new_public_id()
    record(session, None, "backup.begun", "backup", backup, at=at)
    return backup


def take_backup(
    database: Database, folder: Path, path: Path, taking: Taking, *, key: str, at: datetime, overwrite: bool
) -> Manifest:
    """Write the backup of this moment to `path`, encrypted when there is a `key`.

    The file has another name until it is whole and on the disk, and is its owner's alone. Raises BackupRefused
    (EXISTS, NO_FOLDER, NOT_UPGRADED, UNFIT_FILE_NAME) and NotCovered; nothing is left then.
    """
    for table in ordered_tables(taking.metadata):
        columns_of(table)
    with (
        _written_aside(path, overwrite=overwrite) as stream,
        _sealed(stream, key) as target,
        ZipFile(target, "w") as archive,
    ):
        return _fill(archive, database, folder, taking, at)


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise BackupRefused (EXISTS, NO_FOLDER) unless a backup can get this name."""
    if path.is_dir() or not path.parent.is_dir():
        raise BackupRefused(Why.NO_FOLDER)
    if path.exists() and not overwrite:
        raise BackupRefused(Why.EXISTS)


@contextmanager
def _written_aside(path: Path, *, overwrite: bool) -> Generator[IO[bytes]]:
    check_target(path, overwrite=overwrite)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _name_at_last(aside, path, overwrite=overwrite)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def _name_at_last(aside: Path, path: Path, *, overwrite: bool) -> None:
    check_target(path, overwrite=overwrite)
    aside.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _sealed(stream: IO[bytes], key: str) -> Generator[IO[bytes]]:
    if not key:
        yield stream
        return
    sealing = SealingWriter(stream, key, os.urandom(SALT_BYTES))
    buffered = io.BufferedWriter(sealing)
    yield buffered
    buffered.close()


def _fill(archive: ZipFile, database: Database, folder: Path, taking: Taking, at: datetime) -> Manifest:
    _add(archive, ABOUT, ABOUT_TEXT.encode())
    with database.read_engine.connect() as connection:
        if revision_of(connection) != taking.revision or taking.revision is None:
            raise BackupRefused(Why.NOT_UPGRADED)
        tables = [_add_table(archive, connection, table) for table in ordered_tables(taking.metadata)]
    manifest = Manifest(
        format=FORMAT,
        backup=taking.backup,
        product=taking.product,
        revision=taking.revision,
        database=database.read_engine.dialect.name,
        taken_at=at.isoformat(),
        keys=key_fingerprints(database.keyring),
        tables=tuple(tables),
        files=tuple(_add_files(archive, folder, taking.secrets)),
    )
    content = written(manifest)
    _add(archive, MANIFEST, content)
    _add(archive, SEAL, seal_of(content, database.keyring))
    return manifest


def seal_of(manifest: bytes, keyring: Keyring) -> bytes:
    """The bytes of seal.json for these of manifest.json."""
    digest = sha256(manifest).hexdigest()
    proof = {"manifest_sha256": digest, "hmac_sha256": keyring.digest(digest, SEAL_PURPOSE)}
    return json.dumps(proof, indent=1).encode() + b"\n"


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _MEMBER_DATE)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    with archive.open(_member(name), "w") as member:
        member.write(content)


def _add_table(archive: ZipFile, connection: Connection, table: Table) -> StoredTable:
    digest, rows, length = sha256(), 0, 0
    told = StoredTable(table.name, columns_of(table), 0, 0, "")
    with archive.open(_member(told.member), "w", force_zip64=True) as member:
        for line in table_lines(connection, table):
            member.write(line)
            digest.update(line)
            rows += 1
            length += len(line)
    return replace(told, rows=rows, bytes=length, sha256=digest.hexdigest())


def _add_files(archive: ZipFile, folder: Path, keys: Sequence[str]) -> Generator[StoredFile]:
    for path in kept_files(folder, keys):
        stored = StoredFile(relative_path(folder, path), 0, "")
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            continue  # taken away since its folder was read, as the product may do
        with stream, archive.open(_member(stored.member), "w", force_zip64=True) as member:
            length, digest = hash_of(stream, member.write)
        yield replace(stored, bytes=length, sha256=digest)
