"""The empty workbook people fill in: the data sheet with one header row, examples, a guide, drop-downs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange.writers.book import put_text, written

EXAMPLES_SHEET = "Ví dụ"
GUIDE_SHEET = "Hướng dẫn"
LISTS_SHEET = "Danh mục"

_ROWS_WITH_LISTS = 20_000
# Excel shows a prompt of at most 255 characters with a title of at most 32 beside the chosen cell.
_PROMPT_LIMIT, _PROMPT_TITLE_LIMIT = 255, 32
_INK, _REQUIRED, _OPTIONAL = "#FFFFFF", "#12536D", "#3F88A5"


@dataclass(frozen=True)
class TemplateColumn:
    """A column of the template: its header, how to fill it, what may be chosen."""

    header: str
    hint: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    only_choices: bool = True
    width: int = 22


@dataclass(frozen=True)
class Template:
    """A whole template. Each example is a row, texts in the order of the columns."""

    data_sheet: str
    columns: tuple[TemplateColumn, ...]
    examples: tuple[tuple[str, ...], ...]
    guide: tuple[str, ...]


def template_workbook(template: Template) -> bytes:
    """The .xlsx file of a template. Cells of the data sheet are text, so that Excel changes no number or date."""

    def fill(book: Any) -> None:
        styles = _Styles(book)
        data = book.add_worksheet(template.data_sheet)
        _table(data, template, (), styles)
        _table(book.add_worksheet(EXAMPLES_SHEET), template, template.examples, styles)
        _guide(book.add_worksheet(GUIDE_SHEET), template, styles)
        lists = book.add_worksheet(LISTS_SHEET)
        for index, column in enumerate(template.columns):
            _offer(data, lists, index, column, styles)
        data.activate()

    return written(fill)


class _Styles:
    """The few cell formats of a template."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "font_color": _INK, "text_wrap": True, "valign": "top", "num_format": "@"}
        self.required: Any = book.add_format({**head, "bg_color": _REQUIRED})
        self.optional: Any = book.add_format({**head, "bg_color": _OPTIONAL})
        self.text: Any = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped: Any = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.bold: Any = book.add_format({"bold": True, "valign": "top"})

    def head(self, column: TemplateColumn) -> Any:
        return self.required if column.is_required else self.optional


def _table(sheet: Any, template: Template, rows: Sequence[Sequence[str]], styles: _Styles) -> None:
    for index, column in enumerate(template.columns):
        sheet.set_column(index, index, column.width, styles.text)
        put_text(sheet, 0, index, column.header, styles.head(column))
        for number, row in enumerate(rows, start=1):
            if row[index]:
                put_text(sheet, number, index, row[index], styles.text)
    sheet.freeze_panes(1, 0)


def _guide(sheet: Any, template: Template, styles: _Styles) -> None:
    sheet.set_column(0, 0, 28, styles.text)
    sheet.set_column(1, 1, 12, styles.text)
    sheet.set_column(2, 2, 90, styles.wrapped)
    for number, line in enumerate(template.guide):
        put_text(sheet, number, 0, line, styles.bold if number == 0 else styles.text)
    top = len(template.guide) + 1
    for index, title in enumerate(("Cột", "Bắt buộc", "Cách điền")):
        put_text(sheet, top, index, title, styles.bold)
    for number, column in enumerate(template.columns, start=top + 1):
        put_text(sheet, number, 0, column.header, styles.text)
        put_text(sheet, number, 1, "có" if column.is_required else "", styles.text)
        put_text(sheet, number, 2, column.hint, styles.wrapped)


def _offer(data: Any, lists: Any, index: int, column: TemplateColumn, styles: _Styles) -> None:
    """The prompt of a column, and its drop-down when it has choices (kept on the sheet of lists)."""
    offered: dict[str, Any] = {
        "input_title": column.header[:_PROMPT_TITLE_LIMIT],
        "input_message": column.hint[:_PROMPT_LIMIT],
        "validate": "any",
    }
    lists.set_column(index, index, column.width, styles.text)
    put_text(lists, 0, index, column.header, styles.bold)
    for number, choice in enumerate(column.choices, start=1):
        put_text(lists, number, index, choice, styles.text)
    if column.choices:
        name = _column_name(index)
        offered["validate"] = "list"
        offered["source"] = f"='{LISTS_SHEET}'!${name}$2:${name}${len(column.choices) + 1}"
        # Several choices in one cell and other words than the listed ones are checked at import, in words.
        offered["error_type"] = "stop" if column.only_choices else "information"
        offered["show_error"] = column.only_choices
        offered["error_title"] = column.header[:_PROMPT_TITLE_LIMIT]
        offered["error_message"] = "Chọn một mục trong danh sách."
    data.data_validation(1, index, _ROWS_WITH_LISTS, index, offered)


def _column_name(index: int) -> str:
    """A, B, … Z, AA, … for a column counted from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
