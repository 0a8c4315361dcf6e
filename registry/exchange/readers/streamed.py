"""A workbook too large to hold: its cells in the order of the file, a row at a time. Standard library only.

What is kept is the shared texts, end to end in one piece of memory, and the row being read. The cells are the same as
those of the library that reads smaller files (`child`), which a test compares.
"""

import datetime
import re
import zipfile
from array import array
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

Value = str | bool | float | datetime.datetime | datetime.time | datetime.timedelta

MOST_CHARACTERS = 33_000
_PIECE = 128 * 1024
_WORKSHEET = "/worksheet"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DATED = re.compile("[dmyhs]", re.IGNORECASE)
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(50, 59), 45, 47])
_BUILT_IN_DURATIONS = frozenset([46])
_DAY_SECONDS = 86_400


class NotAWorkbook(Exception):
    """The parts are not what a workbook is made of."""


class _Texts:
    """The shared texts: thousands of small objects would cost four times what they say."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """Keep the next one."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends) - 1:
            raise NotAWorkbook
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode("utf-8", "surrogatepass")


class StreamedBook:
    """The sheets of a workbook by name, in order. Raises NotAWorkbook, here and while reading."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        targets = dict(self._targets())
        self._places: dict[str, str] = {}
        self._is_1904 = False
        for name, attributes in self._elements("xl/workbook.xml"):
            if name == "workbookPr":
                self._is_1904 = attributes.get("date1904") in {"1", "true"}
            target = targets.get(_reference(attributes)) if name == "sheet" else None
            if target is not None:
                self._places[attributes.get("name", "")] = target
        self._texts = self._shared_texts()
        self._styles = self._number_styles()

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets with cells."""
        return list(self._places)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Value]]]:
        """The rows of a sheet as (number from 1, values from column A); an empty cell is an empty text."""
        yield from _parsed(
            self._open(self._places[sheet]), _SheetReader(self._texts, self._styles, self._is_1904)
        )

    def _targets(self) -> Iterator[tuple[str, str]]:
        for name, attributes in self._elements("xl/_rels/workbook.xml.rels"):
            if name == "Relationship" and attributes.get("Type", "").endswith(_WORKSHEET):
                target = attributes.get("Target", "")
                yield attributes.get("Id", ""), target[1:] if target.startswith("/") else f"xl/{target}"

    def _open(self, name: str) -> Any:
        found = self._names.get(str(PurePosixPath(name)).lower())
        if found is None:
            raise NotAWorkbook
        return self._archive.open(found)

    def _elements(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        yield from _parsed(self._open(name), _Elements())

    def _shared_texts(self) -> _Texts:
        texts = _Texts()
        if "xl/sharedstrings.xml" in self._names:
            for text in _parsed(self._open("xl/sharedStrings.xml"), _TextReader()):
                texts.add(text)
        return texts

    def _number_styles(self) -> list[str]:
        """What the number of a cell is by the style of the cell: "" a number, "date" or "duration"."""
        if "xl/styles.xml" not in self._names:
            return []
        codes: dict[str, str] = {}
        styles: list[str] = []
        is_cells = False
        for name, attributes in self._elements("xl/styles.xml"):
            if name == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
                is_cells = name == "cellXfs"
            elif name == "xf" and is_cells:
                styles.append(_style(attributes.get("numFmtId", "0"), codes))
        return styles


def _reference(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _style(number: str, codes: dict[str, str]) -> str:
    code = codes.get(number)
    if code is None:
        built_in = int(number) if number.isdigit() else 0
        if built_in in _BUILT_IN_DURATIONS:
            return "duration"
        return "date" if built_in in _BUILT_IN_DATES else ""
    said = _ASIDE.sub("", code)
    if _DURATION.search(said):
        return "duration"
    return "date" if _DATED.search(said) and said.lower() != "general" else ""


def _parsed(stream: Any, reader: Any) -> Iterator[Any]:
    """What the reader makes of an XML part, as soon as it is there. A document type is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
            yield from reader.taken()
        parser.Parse(b"", True)
        yield from reader.taken()
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise NotAWorkbook from error


def _refuse(*_said: object) -> None:
    raise NotAWorkbook


def _own(name: str) -> str:
    """The name of an element without the prefix some programs write."""
    return name.rpartition(":")[2]


class _Made:
    """What a reader has made since it was asked."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def taken(self) -> list[Any]:
        """Hand it over."""
        made, self.made = self.made, []
        return made


class _Elements(_Made):
    """Every element with its attributes."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.made.append((_own(name), attributes))

    def end(self, name: str) -> None:
        """Nothing is made of it."""

    def text(self, text: str) -> None:
        """Nothing is made of it."""


class _TextReader(_Made):
    """The texts of `si` elements, without readings of characters (`rPh`)."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._is_text = False
        self._is_aside = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        own = _own(name)
        if own == "si":
            self._pieces = []
        elif own == "rPh":
            self._is_aside = True
        self._is_text = own == "t" and not self._is_aside

    def end(self, name: str) -> None:
        own = _own(name)
        if own == "si":
            self.made.append(unescaped("".join(self._pieces)))
        elif own == "rPh":
            self._is_aside = False
        self._is_text = False

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


def unescaped(text: str) -> str:
    """A text without Excel's way to write characters that XML cannot hold, cut to what no field accepts."""
    text = text[: MOST_CHARACTERS * 7]
    return (_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text)[
        :MOST_CHARACTERS
    ]


class _SheetReader(_Made):
    """The rows of a sheet."""

    def __init__(self, texts: _Texts, styles: list[str], is_1904: bool) -> None:
        super().__init__()
        self._texts, self._styles = texts, styles
        self._epoch = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001
        self._number, self._values, self._column = 0, list[Value](), -1
        self._kind, self._style, self._pieces = "n", "", list[str]()
        self._is_value = self._is_aside = False
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":
            self._is_value = True
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            given = attributes.get("r")
            self._number = int(given) if given else self._number + 1
            self._values, self._column = [], -1
        elif ":" in name:
            self.start(_own(name), attributes)
        elif name == "rPh":
            self._is_aside = True
        elif name == "t":
            self._is_value = self._kind == "inlineStr" and not self._is_aside

    def end(self, name: str) -> None:
        if name == "v":
            self._is_value = False
        elif name == "c":
            if self._pieces:
                self._end_cell()
        elif name == "row":
            self.made.append((self._number, self._values))
        elif ":" in name:
            self.end(_own(name))
        elif name in {"rPh", "t"}:
            self._is_aside = self._is_aside and name != "rPh"
            self._is_value = False

    def text(self, text: str) -> None:
        if self._is_value:
            self._pieces.append(text)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else self._column_of(place.rstrip("0123456789"))
        self._kind = attributes.get("t", "n")
        style = attributes.get("s")
        self._style = self._styles[int(style)] if style and int(style) < len(self._styles) else ""
        self._pieces = []

    def _column_of(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = -1
            for letter in letters.upper():
                found = (found + 1) * 26 + ord(letter) - 65
            self._columns[letters] = found
        return found

    def _end_cell(self) -> None:
        if not 0 <= self._column < _MOST_COLUMNS:
            return
        missing = self._column - len(self._values)
        if missing < 0:
            raise NotAWorkbook
        if missing:
            self._values.extend([""] * missing)
        read = _KINDS.get(self._kind, _SheetReader.number)
        self._values.append(read(self, "".join(self._pieces)))

    def shared(self, said: str) -> Value:
        return self._texts[int(said)]

    def plain(self, said: str) -> Value:
        return unescaped(said)

    def truth(self, said: str) -> Value:
        return said.strip() in {"1", "true"}

    def iso(self, said: str) -> Value:
        return datetime.datetime.fromisoformat(said).replace(tzinfo=None)

    def number(self, said: str) -> Value:
        value = float(said)
        if not self._style:
            return value
        seconds = round(value * _DAY_SECONDS)
        if self._style == "duration":
            return datetime.timedelta(seconds=seconds)
        when = self._epoch + datetime.timedelta(seconds=seconds)
        return when.time() if 0 <= value < 1 else when


_MOST_COLUMNS = 16_384
_KINDS: dict[str, Callable[[_SheetReader, str], Value]] = {
    "s": _SheetReader.shared,
    "str": _SheetReader.plain,
    "inlineStr": _SheetReader.plain,
    "e": _SheetReader.plain,
    "b": _SheetReader.truth,
    "d": _SheetReader.iso,
}
"""How the text of a cell is to be read, by its type; the others are numbers."""
