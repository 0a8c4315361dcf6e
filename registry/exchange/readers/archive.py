"""What an .xlsx file must be before anything parses it: a plain, small, honest zip of Excel's parts.

Uses the standard library only, since it runs in the child process before everything else. A file is
judged by what it really unpacks to: declared sizes are checked first because that is cheap, then every
part is unpacked once in small pieces.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

RefusalCode = Literal[
    "empty",
    "not_xlsx",
    "old_or_locked",
    "macros",
    "outside_links",
    "unsafe",
    "broken",
    "too_big",
    "too_heavy",
    "too_many_rows",
    "busy",
]

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 1_000

# A tiny part of repeated bytes packs very well and harms nobody: ratios count from this size on.
_RATIO_MATTERS_FROM = 1024 * 1024
_PIECE = 256 * 1024
_MAX_DIRECTORY_BYTES = 512 * 1024
_END_MARK = b"PK\x05\x06"
_END_BYTES = 22
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_FORBIDDEN_XML = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = max(len(mark) for mark in _FORBIDDEN_XML) - 1


class WorkbookRefused(Exception):
    """The file may not or cannot be read; `code` says why, the sentence for people is made elsewhere."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code)
        self.code: RefusalCode = code


@dataclass(frozen=True)
class _Part:
    """One entry of the archive by the size it declares."""

    name: str
    packed: int
    unpacked: int


def check_outside(content: bytes, file_name: str = "") -> None:
    """The checks that need no unpacking: size, name, first bytes. Raises WorkbookRefused."""
    if not content:
        raise WorkbookRefused("empty")
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookRefused("too_big")
    suffix = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if suffix in {"xlsm", "xltm", "xlsb", "xlam"}:
        raise WorkbookRefused("macros")
    if content.startswith(_OLE_MAGIC):
        raise WorkbookRefused("old_or_locked")
    if suffix not in {"xlsx", ""} or not content.startswith(_ZIP_MAGIC):
        raise WorkbookRefused("not_xlsx")


def check_inside(content: bytes) -> None:
    """The checks that open the zip. Raises WorkbookRefused; run it under limits."""
    check_zip(content, _check_parts)


def check_zip(content: bytes, check_parts: Callable[[set[str]], None] = lambda _names: None) -> set[str]:
    """The same for the zip of any office file; its names in lower case. `check_parts` sees them before any is unpacked."""
    _check_end_record(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            names = {entry.filename.lower() for entry in entries}
            check_parts(names)
            for entry in entries:
                _unpack_once(archive, entry)
            return names
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise WorkbookRefused("broken") from error


def _check_end_record(content: bytes) -> None:
    """Look at the zip's closing record before its list of entries is read: the list itself may be the bomb.

    The record must close the file and count from its first byte: anything before or behind the archive
    makes the file two things at once.
    """
    start = content.rfind(_END_MARK, max(0, len(content) - _END_BYTES - 65_535))
    if start < 0 or start + _END_BYTES > len(content):
        raise WorkbookRefused("broken")
    record = struct.unpack("<4s4H2LH", content[start : start + _END_BYTES])
    entries, directory_bytes, directory_start, comment_bytes = record[4], record[5], record[6], record[7]
    if entries > MAX_ENTRIES or directory_bytes > _MAX_DIRECTORY_BYTES:
        raise WorkbookRefused("too_heavy")
    if directory_start + directory_bytes != start or start + _END_BYTES + comment_bytes != len(content):
        raise WorkbookRefused("unsafe")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise WorkbookRefused("too_heavy")
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise WorkbookRefused("unsafe")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise WorkbookRefused("old_or_locked")
        if _leaves_the_folder(entry.filename) or (entry.external_attr >> 16) & 0o170000 == _SYMLINK:
            raise WorkbookRefused("unsafe")
    _check_sizes([_Part(entry.filename, entry.compress_size, entry.file_size) for entry in entries])


def _leaves_the_folder(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/")


def _check_sizes(parts: list[_Part]) -> None:
    whole = _Part("", sum(part.packed for part in parts), sum(part.unpacked for part in parts))
    if whole.unpacked > MAX_UNPACKED_BYTES:
        raise WorkbookRefused("too_heavy")
    for part in (whole, *parts):
        if part.unpacked >= _RATIO_MATTERS_FROM and part.unpacked > MAX_RATIO * max(1, part.packed):
            raise WorkbookRefused("too_heavy")


def _check_parts(names: set[str]) -> None:
    """Only Excel's own parts, without programs and without links to other workbooks."""
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise WorkbookRefused("macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookRefused("outside_links")
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        raise WorkbookRefused("unsafe")
    if "[content_types].xml" not in names:
        raise WorkbookRefused("not_xlsx")
    if "xl/workbook.bin" in names:
        raise WorkbookRefused("macros")
    if "xl/workbook.xml" not in names:
        raise WorkbookRefused("not_xlsx")


def _unpack_once(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces: more bytes than declared, a nested zip or a document type are refused."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    seen, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            if seen == 0 and _is_refused_start(piece, is_xml=is_xml):
                raise WorkbookRefused("unsafe")
            seen += len(piece)
            if seen > entry.file_size:
                raise WorkbookRefused("too_heavy")
            window = tail + piece
            if is_xml and any(mark in window for mark in _FORBIDDEN_XML):
                raise WorkbookRefused("unsafe")
            if entry.filename.lower() == "[content_types].xml" and b"macroEnabled" in window:
                raise WorkbookRefused("macros")
            tail = window[-_OVERLAP:]


def _is_refused_start(piece: bytes, *, is_xml: bool) -> bool:
    """A zip inside the zip, or XML in UTF-16, in which no byte search would see a document type."""
    if piece.startswith((_ZIP_MAGIC, _OLE_MAGIC)):
        return True
    return is_xml and (piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in piece[:64])
