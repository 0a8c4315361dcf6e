"""The lines of a PDF in reading order, with page and size of letters. Nothing in it is run; scripts are refused."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from registry.exchange.readers.cv.found import MAX_CHARACTERS, MAX_LINES, MAX_PAGES, CvRefused, Line
from registry.text import nfc

# Widths of letters are not looked up: so wide is a letter at most, on the average, and so wide a gap of columns, in
# parts of the size of letters.
_LETTER, _WIDE_GAP = 0.6, 1.5
# A page of a scan has next to no letters; a page of a CV has hundreds.
_FEWEST_LETTERS = 40
_SCRIPTS = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch", b"/RichMedia")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text as it was set: how far to the right it begins, and how tall its letters are."""

    text: str
    across: float
    size: float


def pdf_lines(content: bytes) -> list[Line]:
    """The lines of all pages. Raises CvRefused for locked, scanned, overlong files and files with scripts."""
    if any(mark in content for mark in _SCRIPTS):
        raise CvRefused("unsafe")
    try:
        reader = _opened(content)
        lines = list(_lines(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise CvRefused("broken") from error
    except (RecursionError, NotImplementedError, LookupError, ArithmeticError) as error:
        raise CvRefused("broken") from error
    if sum(len(line.text) for line in lines) < _FEWEST_LETTERS:
        raise CvRefused("scan")
    return lines


def _opened(content: bytes) -> PdfReader:
    """The file, with its count of pages looked at before its tree of pages is walked."""
    # Reading from bytes only; strict would refuse what many programs write.
    reader = PdfReader(io.BytesIO(content), strict=False)
    # Many programs lock a file against printing only: it opens without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise CvRefused("locked")
    root = _dictionary(reader.trailer["/Root"])
    pages = _dictionary(root["/Pages"])
    count: Any = pages.get("/Count", 0)
    if not isinstance(count, int) or count > MAX_PAGES:
        raise CvRefused("too_many_pages")
    if _has_script(root):
        raise CvRefused("unsafe")
    return reader


def _has_script(root: DictionaryObject) -> bool:
    """Whether the file would do something when it is opened; this one is never opened so, others would be."""
    opening: Any = root.get("/OpenAction")
    opening = None if opening is None else opening.get_object()
    named: Any = root.get("/Names")
    named = {} if named is None else named.get_object()
    is_script = isinstance(opening, DictionaryObject) and opening.get("/S") in {"/JavaScript", "/Launch"}
    return is_script or "/JavaScript" in named or "/AA" in root


def _lines(reader: PdfReader) -> Iterator[Line]:
    characters = count = 0
    for number, page in enumerate(reader.pages, start=1):
        if number > MAX_PAGES:
            raise CvRefused("too_many_pages")
        for line in _page_lines(page, number):
            characters, count = characters + len(line.text), count + 1
            if characters > MAX_CHARACTERS or count > MAX_LINES:
                raise CvRefused("too_heavy")
            yield line


def _page_lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page, each as large as its largest letters; a wide gap between two pieces is a tab."""
    pieces: list[_Piece] = []

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text:
            tall = abs(float(size or 0) * float(tm[3] or tm[1] or 1) * float(cm[3] or cm[1] or 1))
            across = float(tm[4]) * float(cm[0] or 1) + float(cm[4])
            pieces.append(_Piece(nfc(text), across, tall))

    page.extract_text(visitor_text=visit)
    written, size, end = "", 0.0, 0.0
    for piece in pieces:
        for at, part in enumerate(piece.text.split("\n")):
            if at:
                yield from _line(written, number, size)
                written, size = "", 0.0
            if part.strip():
                is_apart = bool(written.strip()) and piece.across - end > _WIDE_GAP * piece.size
                written = f"{written.rstrip()}\t{part.strip()}" if is_apart else written + part
                size, end = max(size, piece.size), piece.across + _LETTER * piece.size * len(part)
            else:
                written += part
    yield from _line(written, number, size)


def _line(written: str, number: int, size: float) -> Iterator[Line]:
    if written.strip():
        yield Line(written.strip(), number, size)


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object()
    if not isinstance(found, DictionaryObject):
        raise CvRefused("broken")
    return found
