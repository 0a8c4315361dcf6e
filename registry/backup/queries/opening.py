"""Opening a backup file and looking whether all of it is as it was written. Nothing is written anywhere."""

import io
import struct
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from json import loads
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from registry.backup.rules.manifest import (
    ABOUT,
    KEY_PURPOSE,
    MANIFEST,
    MOST_MANIFEST_BYTES,
    SEAL,
    SEAL_PURPOSE,
    Manifest,
    StoredFile,
    StoredTable,
    missing_keys,
    read_manifest,
)
from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.sealed import MAGIC, SealedReader
from registry.db.keys import Keyring

_ZIP_MAGIC = b"PK\x03\x04"
_PIECE = 1024 * 1024
# What reading a spoiled ZIP may end with: positions and lengths in it are whatever they are.
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
)


def key_fingerprints(keyring: Keyring) -> tuple[str, ...]:
    """Keyed hashes by which field keys are recognised; they tell nothing of the keys."""
    return tuple(keyring.digests("registry", KEY_PURPOSE))


@dataclass(frozen=True)
class OpenedBackup:
    """A backup whose manifest was read. Members are read again and again, a piece at a time."""

    manifest: Manifest
    is_encrypted: bool
    _archive: ZipFile

    @contextmanager
    def member(self, stored: StoredTable | StoredFile) -> Generator[IO[bytes]]:
        """The content of a member. Raises BackupRefused (DAMAGED) when it cannot be read."""
        with _told_as_damage(stored.member), self._archive.open(stored.member) as stream:
            yield stream

    def lines(self, table: StoredTable) -> Iterator[bytes]:
        """The rows of a table as lines."""
        with self.member(table) as stream:
            yield from io.BufferedReader(cast("Any", stream), _PIECE)

    def check(self) -> None:
        """Read all of it. Raises BackupRefused (DAMAGED) at the first member that is not as the manifest says."""
        expected = {ABOUT, MANIFEST, SEAL, *(stored.member for stored in self.manifest.members())}
        names = self._archive.namelist()
        if len(names) != len(expected) or set(names) != expected:
            raise BackupRefused(Why.DAMAGED, ", ".join(sorted(expected.symmetric_difference(names))[:3]))
        for stored in self.manifest.members():
            with self.member(stored) as stream:
                if hash_of(stream) != (stored.bytes, stored.sha256):
                    raise BackupRefused(Why.DAMAGED, stored.member)


@contextmanager
def _told_as_damage(what: str = "") -> Generator[None]:
    try:
        yield
    except _UNREADABLE as wrong:
        raise BackupRefused(Why.DAMAGED, what) from wrong


def hash_of(stream: IO[bytes], also: Callable[[bytes], object] | None = None) -> tuple[int, str]:
    """Length and SHA-256 of what a stream holds; every piece is also handed on."""
    digest, length = sha256(), 0
    while piece := stream.read(_PIECE):
        digest.update(piece)
        length += len(piece)
        if also is not None:
            also(piece)
    return length, digest.hexdigest()


@contextmanager
def opened_backup(path: Path, keyring: Keyring, key: str = "") -> Generator[OpenedBackup]:
    """Open a backup that this installation may restore; `key` opens an encrypted one. Raises BackupRefused.

    The manifest is proved by the field keys; what it names is proved by `check`.
    """
    with path.open("rb") as stream:
        begin = stream.read(len(MAGIC))
        stream.seek(0)
        is_encrypted = begin == MAGIC
        plain = _plain(stream, begin, key)
        with _told_as_damage():
            archive = ZipFile(plain)
        with archive:
            with _told_as_damage():
                manifest_bytes, seal = _small(archive, MANIFEST), _small(archive, SEAL)
            manifest = read_manifest(manifest_bytes)
            if missing := missing_keys(manifest.keys, key_fingerprints(keyring)):
                raise BackupRefused(Why.OTHER_FIELD_KEYS, str(missing))
            _prove(manifest_bytes, seal, keyring)
            yield OpenedBackup(manifest, is_encrypted, archive)


def _plain(stream: IO[bytes], begin: bytes, key: str) -> IO[bytes]:
    if begin == MAGIC:
        if not key:
            raise BackupRefused(Why.KEY_NEEDED)
        return io.BufferedReader(SealedReader(stream, key), _PIECE)
    if not begin.startswith(_ZIP_MAGIC):
        raise BackupRefused(Why.NOT_A_BACKUP)
    return stream


def _small(archive: ZipFile, name: str) -> bytes:
    if ABOUT not in archive.namelist():
        raise BackupRefused(Why.NOT_A_BACKUP)
    _check_manner(archive)
    if archive.getinfo(name).file_size > MOST_MANIFEST_BYTES:
        raise BackupRefused(Why.DAMAGED, name)
    return archive.read(name)


def _check_manner(archive: ZipFile) -> None:
    """A spoiled archive may ask for a manner of compressing that ends with errors of the disk's kind."""
    if any(one.compress_type not in (ZIP_DEFLATED, ZIP_STORED) for one in archive.infolist()):
        raise BackupRefused(Why.DAMAGED)


def _prove(manifest: bytes, seal: bytes, keyring: Keyring) -> None:
    try:
        told = str(loads(seal)["hmac_sha256"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise BackupRefused(Why.DAMAGED, SEAL) from wrong
    own = keyring.digests(sha256(manifest).hexdigest(), SEAL_PURPOSE)
    if not any(compare_digest(told.encode(), one.encode()) for one in own):
        raise BackupRefused(Why.DAMAGED, MANIFEST)
