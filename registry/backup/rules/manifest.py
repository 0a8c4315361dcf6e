"""The manifest of a backup: what is in it, from when, by which version, under which keys."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.values import Kind

FORMAT = 1
ABOUT, MANIFEST, SEAL = "registry-backup.txt", "manifest.json", "seal.json"
ABOUT_TEXT = """\
Bản sao lưu của sổ đăng ký nhân tài / Backup of a talent registry

Khôi phục: registry restore <tệp này>        Restore: registry restore <this file>
tables/*.jsonl: mỗi dòng một hàng, cột và kiểu ghi trong manifest.json
files/: tệp trong thư mục dữ liệu; không có khóa nào ở đây (no keys in here)
"""
SEAL_PURPOSE, KEY_PURPOSE = "backup.manifest", "backup.key"
MOST_MANIFEST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class StoredColumn:
    """A column and what it holds."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class StoredTable:
    """A table, its columns in the order of the rows' values, and what its member must come to."""

    name: str
    columns: tuple[StoredColumn, ...]
    rows: int
    bytes: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class StoredFile:
    """A file by its path within the data directory."""

    path: str
    bytes: int
    sha256: str

    @property
    def member(self) -> str:
        return f"files/{self.path}"


@dataclass(frozen=True)
class Manifest:
    """Everything about a backup. `keys` are keyed hashes: they tell which field keys belong, not the keys."""

    format: int
    backup: str
    product: str
    revision: str
    database: str
    taken_at: str
    keys: tuple[str, ...]
    tables: tuple[StoredTable, ...]
    files: tuple[StoredFile, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def members(self) -> Iterator[StoredTable | StoredFile]:
        """All that is hashed."""
        yield from self.tables
        yield from self.files


def written(manifest: Manifest) -> bytes:
    """The bytes of manifest.json."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises BackupRefused for one that is newer or makes no sense."""
    try:
        raw: Any = json.loads(content)
        is_newer = raw["format"] > FORMAT
        if not is_newer:
            return _manifest(raw)
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise BackupRefused(Why.DAMAGED, MANIFEST) from wrong
    raise BackupRefused(Why.NEWER_FORMAT, str(raw.get("product", "?")))


def _manifest(raw: Any) -> Manifest:
    tables = tuple(map(_table, raw["tables"]))
    files = tuple(StoredFile(**one) for one in raw["files"])
    if not all(is_safe_path(one.path) for one in files):
        raise ValueError("a path that leads elsewhere")
    told: dict[str, Any] = {**raw, "keys": tuple(raw["keys"]), "tables": tables, "files": files}
    return Manifest(**told)


def _table(raw: Any) -> StoredTable:
    columns = tuple(StoredColumn(str(one["name"]), Kind(one["kind"])) for one in raw["columns"])
    told: dict[str, Any] = {**raw, "columns": columns}
    return StoredTable(**told)


def is_safe_path(path: str) -> bool:
    """Whether a path stays below the data directory, in a folder of it."""
    parts = path.split("/")
    is_plain = not any(part in {"", ".", ".."} or "\0" in part for part in parts)
    return len(parts) > 1 and is_plain and str(PurePosixPath(path)) == path


def missing_keys(stored: Sequence[str], own: Sequence[str]) -> int:
    """How many field keys of the backup an installation lacks."""
    return len(set(stored) - set(own))
