"""From a file to its rows: a sheet under a mapping, or a list of posts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from registry.exchange.operations.kinds import SourceRow
from registry.exchange.readers.posts import read_posts
from registry.exchange.readers.workbook import SILENT_SECONDS, Sheet, SheetRow, Workbook, stream_workbook
from registry.exchange.rules.batches import ImportKind
from registry.exchange.rules.cells import Cell
from registry.exchange.rules.columns import Column, Header, find_header
from registry.exchange.rules.need_columns import NEED_COLUMNS, NEEDS_SHEET
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET
from registry.exchange.rules.training_columns import TRAINING_COLUMNS, TRAINING_SHEET
from registry.exchange.writers.rows import INFO_SHEET
from registry.exchange.writers.template import EXAMPLES_SHEET, GUIDE_SHEET, LISTS_SHEET

COLUMNS: Mapping[ImportKind, tuple[Column, ...]] = {
    ImportKind.PEOPLE: PEOPLE_COLUMNS,
    ImportKind.NEEDS: NEED_COLUMNS,
    ImportKind.POSTS: (),
    ImportKind.TRAINING: TRAINING_COLUMNS,
}
DATA_SHEETS: Mapping[ImportKind, str] = {
    ImportKind.PEOPLE: PEOPLE_SHEET,
    ImportKind.NEEDS: NEEDS_SHEET,
    ImportKind.POSTS: "",
    ImportKind.TRAINING: TRAINING_SHEET,
}
Content = Callable[[], bytes]
"""Opens the content of a file."""

OWN_SHEETS = (EXAMPLES_SHEET, GUIDE_SHEET, LISTS_SHEET, INFO_SHEET)


@dataclass(frozen=True)
class Source:
    """The rows of a file, read anew whenever they are gone through, and the words for its columns.

    `columns` are {key: (index from 0, header text)}.
    """

    sheet: str
    rows: Iterable[SourceRow]
    columns: Mapping[str, tuple[int, str]]

    def column(self, key: str) -> tuple[int, str]:
        """Index and header of a column; a column the file does not have is named as the template names it."""
        return self.columns.get(key, (len(self.columns), key))


def header_of(workbook: Workbook, kind: ImportKind) -> Header | None:
    """The header that the workbook most probably has for this kind."""
    sheets = {sheet.name: [(row.number, row.cells) for row in sheet.rows] for sheet in workbook.sheets}
    return find_header(sheets, COLUMNS[kind], OWN_SHEETS)


def sheet_source(workbook: Workbook, kind: ImportKind, header: Header) -> Source:
    """The rows under a header, read by its mapping. Rows whose mapped cells are all empty are no rows."""
    sheet = workbook.sheet(header.sheet) or Sheet(header.sheet, ())
    return _source(tuple(_mapped_rows(sheet.rows, header)), kind, header)


def streamed_source(content: Content, kind: ImportKind, header: Header) -> Source:
    """The same of a file that is not held: its content is asked for whenever its rows are gone through.

    Going through them may raise WorkbookRefused.
    """
    return _source(_StreamedRows(content, header), kind, header)


@dataclass(frozen=True)
class _StreamedRows:
    """The rows of a sheet as a child process reads them, from the first whenever they are gone through."""

    content: Content
    header: Header

    def __iter__(self) -> Iterator[SourceRow]:
        with closing(stream_workbook(self.content(), most_silent=SILENT_SECONDS)) as told:
            yield from _mapped_rows(_rows_of(told, self.header.sheet), self.header)


def _rows_of(told: Iterable[str | SheetRow], wanted: str) -> Iterator[SheetRow]:
    """The rows of one sheet, and nothing of those behind it."""
    sheet = ""
    for one in told:
        if isinstance(one, SheetRow):
            if sheet == wanted:
                yield one
        elif sheet == wanted:
            return
        else:
            sheet = one


def _source(rows: Iterable[SourceRow], kind: ImportKind, header: Header) -> Source:
    known = {column.key: column.header for column in COLUMNS[kind]}
    columns = {key: (len(header.texts), title) for key, title in known.items()}
    columns |= {key: (index, header.texts[index]) for index, key in header.mapping.items()}
    return Source(header.sheet, rows, columns)


def _mapped_rows(rows: Iterable[SheetRow], header: Header) -> Iterator[SourceRow]:
    for row in rows:
        mapped = mapped_row(row.number, row.cells, row.numbers, header)
        if mapped is not None:
            yield mapped


def mapped_row(
    number: int, texts: Sequence[str], numbers: Collection[int], header: Header
) -> SourceRow | None:
    """A row by its mapping; None above the header and where all mapped cells are empty."""
    if number <= header.row:
        return None
    filled = len(texts)
    cells = {
        key: Cell(texts[index], index in numbers)
        for index, key in header.mapping.items()
        if index < filled and texts[index] and not texts[index].isspace()
    }
    return SourceRow(number, cells) if cells else None


def post_source(content: bytes) -> Source:
    """The posts of a JSON file, numbered from 1. Raises PostsRefused."""
    rows = tuple(SourceRow(number, {}, post) for number, post in enumerate(read_posts(content), start=1))
    return Source("", rows, {})
