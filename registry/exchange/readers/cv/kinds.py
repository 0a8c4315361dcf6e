"""What kind of file it is: its name and its first bytes must say the same. Opens nothing but the list of a zip."""

from collections.abc import Callable
from typing import Any, cast

import puremagic

from registry.exchange.readers.archive import WorkbookRefused, check_zip
from registry.exchange.readers.cv.found import MAX_FILE_BYTES, CvRefusal, CvRefused

PDF, DOCX, JSON, XML = "pdf", "docx", "json", "xml"
KINDS = (PDF, DOCX, JSON, XML)
_OPENINGS = {JSON: (b"{", b"["), XML: (b"<",)}
_BOMS = (b"\xef\xbb\xbf",)
_HEAD = 4_096


def kind_of_name(file_name: str) -> str:
    """The kind a file is called. Raises CvRefused for names of other kinds."""
    suffix = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if suffix in {"docm", "dotm"}:
        raise CvRefused("macros")
    if suffix not in KINDS:
        raise CvRefused("unknown_kind")
    return suffix


def check_outside(content: bytes, file_name: str) -> str:
    """The checks that open nothing, for the process that receives a file: size, name, first byte. Its kind."""
    if not content:
        raise CvRefused("empty")
    if len(content) > MAX_FILE_BYTES:
        raise CvRefused("too_big")
    kind = kind_of_name(file_name)
    begins = {PDF: (b"%PDF-",), DOCX: (b"PK\x03\x04",), **_OPENINGS}[kind]
    if not _start(content).startswith(begins):
        raise CvRefused("locked" if content.startswith(b"\xd0\xcf\x11\xe0") else "kind_differs")
    return kind


def check_inside(content: bytes, kind: str) -> None:
    """The checks for the child: the bytes are of this kind by all that is known of kinds, and a zip is honest."""
    if kind in _OPENINGS:
        if b"\0" in content[:_HEAD]:
            raise CvRefused("kind_differs")
        return
    recognise = cast("Callable[[bytes], list[Any]]", getattr(puremagic, "magic_string"))  # noqa: B009 - untyped
    try:
        known: set[str] = {one.extension for one in recognise(content)}
    except (puremagic.PureError, ValueError) as error:
        raise CvRefused("kind_differs") from error
    if f".{kind}" not in known:
        raise CvRefused("kind_differs")
    if kind == DOCX:
        _check_word(content)


def _check_word(content: bytes) -> None:
    try:
        names = check_zip(content)
    except WorkbookRefused as refused:
        raise CvRefused(_OF_ZIP.get(refused.code, "broken")) from refused
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in names):
        raise CvRefused("macros")
    if "word/document.xml" not in names:
        raise CvRefused("kind_differs")


_OF_ZIP: dict[str, CvRefusal] = {
    "old_or_locked": "locked",
    "too_heavy": "too_heavy",
    "unsafe": "unsafe",
    "macros": "macros",
}


def _start(content: bytes) -> bytes:
    for mark in _BOMS:
        content = content[len(mark) :] if content.startswith(mark) else content
    return content[:_HEAD].lstrip()
