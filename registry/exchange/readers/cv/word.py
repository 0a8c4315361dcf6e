"""The lines of a Word document in reading order: headers, paragraphs, rows of tables, boxes. Nothing in it is run."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError

from registry.exchange.readers.cv.found import MAX_CHARACTERS, MAX_LINES, CvRefused, Line
from registry.text import nfc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 60


def word_lines(content: bytes) -> list[Line]:
    """The lines of a .docx file, those of its headers first. Raises CvRefused."""
    try:
        document: Any = docx.Document(io.BytesIO(content))
        lines = [*_header_lines(document), *_lines_of(document.element.body, 0)]
    except (OpcError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, AttributeError) as error:
        raise CvRefused("broken") from error
    except (TypeError, IndexError, OSError, RecursionError, NotImplementedError, EOFError) as error:
        raise CvRefused("broken") from error
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise CvRefused("too_heavy")
    if not any(char.isalpha() for line in lines for char in line.text):
        raise CvRefused("scan")
    return lines


def _header_lines(document: Any) -> Iterator[Line]:
    """The header of the first section: names and addresses often stand there."""
    for section in list(document.sections)[:1]:
        for part in (section.first_page_header, section.header):
            if not part.is_linked_to_previous:
                yield from _lines_of(part._element, 0)


def _lines_of(element: Any, depth: int) -> Iterator[Line]:
    if depth > _DEEPEST:
        raise CvRefused("too_heavy")
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph_lines(child, depth)
        elif child.tag == f"{_W}tr":
            yield from _row_lines(child, depth)
        elif child.tag != _FALLBACK and isinstance(child.tag, str):
            yield from _lines_of(child, depth + 1)


def _row_lines(row: Any, depth: int) -> Iterator[Line]:
    """A row whose cells have one line each is one line with tabs; else the cells one after the other."""
    cells = [list(_lines_of(cell, depth + 1)) for cell in row if cell.tag == f"{_W}tc"]
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
        yield Line("\t".join(cell[0].text for cell in filled), size=filled[0][0].size)
        return
    for cell in filled:
        yield from cell


def _paragraph_lines(paragraph: Any, depth: int) -> Iterator[Line]:
    """The lines of a paragraph, then those of boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, pieces, boxes, depth)
    size = _size_of(paragraph)
    for text in nfc("".join(pieces)).split("\n"):
        if text.strip():
            yield Line(text.strip(), size=size)
    for box in boxes:
        yield from _lines_of(box, depth + 1)


def _collect(element: Any, pieces: list[str], boxes: list[Any], depth: int) -> None:
    if depth > _DEEPEST:
        raise CvRefused("too_heavy")
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append("\t")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in {_FALLBACK, f"{_W}pPr", f"{_W}rPr"} and isinstance(child.tag, str):
            _collect(child, pieces, boxes, depth + 1)


def _size_of(paragraph: Any) -> float:
    """The largest size named in a paragraph, in half points; 0 when none is, more for headings and titles."""
    sizes = [float(one.get(f"{_W}val") or 0) for one in paragraph.iter(f"{_W}sz")]
    style = next((str(one.get(f"{_W}val") or "") for one in paragraph.iter(f"{_W}pStyle")), "")
    return max([0.0, *sizes, *([60.0] if style.lower() == "title" else [])])
