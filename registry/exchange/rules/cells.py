"""Reading the cells of one row: clean text, one finding a cell, words of closed lists. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from registry.exchange.rules.findings import Finding
from registry.people.rules import PartialDate
from registry.people.rules.problems import N_, Problem
from registry.people.rules.readings import parse_date
from registry.text import TextRefused, clean, fold

Value = TypeVar("Value")

NAME_LIMIT = 200
LINE_LIMIT = 500
TEXT_LIMIT = 4_000
LIST_LIMIT = 4_000
MOST_ENTRIES = 40

_TIME_OF_DAY = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$")
# A comma inside brackets belongs to what stands there: «Python (3, trọng số 2)».
_COMMA_OUTSIDE = re.compile(r",(?![^()\[\]]{0,60}[)\]])")
_WHOLE = re.compile("[0-9]{1,6}")

REFUSALS: dict[str, str] = {
    "too_long": N_("Rút gọn còn không quá %(limit)d ký tự"),
    "control": N_("Bỏ ký tự điều khiển (ký tự ẩn) trong ô này"),
    "bidi": N_("Bỏ ký tự đổi chiều chữ (ký tự ẩn) trong ô này"),
    "encoding": N_("Chữ không đọc được. Nhập lại bằng bảng mã Unicode"),
}


class Cell(NamedTuple):
    """A cell: its text, and whether Excel keeps it as a number."""

    text: str
    is_number: bool = False


EMPTY = Cell("")

Memory = dict[tuple[str, str], Any]
"""What a text in a column means, in one file read by one set of lookups."""

ITS_OWN = frozenset({"external_id", "full_name", "identity", "passport", "email", "phone"})
"""Columns whose cells hardly ever repeat."""

_MOST_REMEMBERED = 50_000
_NOTHING: Any = object()


class RowReader:
    """The cells of one row by column key, and what was found while reading them; one finding a cell.

    `memory` is what the rows before said with the same words in the same column: most cells of a file repeat each other.
    """

    def __init__(self, cells: Mapping[str, Cell], memory: Memory | None = None) -> None:
        self._cells = cells
        self._memory: Memory = {} if memory is None else memory
        self.findings: list[Finding] = []

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    def cell(self, key: str) -> Cell:
        """The cell of a column, empty when the file has no such column."""
        return self._cells.get(key, EMPTY)

    def refuse(self, key: str, problem: Problem) -> None:
        """The cell keeps its row out, for this reason."""
        self._say(key, problem, is_error=True)

    def doubt(self, key: str, problem: Problem) -> None:
        """The cell should be looked at."""
        self._say(key, problem, is_error=False)

    def _say(self, key: str, problem: Problem, *, is_error: bool) -> None:
        earlier = next((one for one in self.findings if one.key == key), None)
        if earlier is not None:
            if earlier.is_error or not is_error:
                return
            self.findings.remove(earlier)
        self.findings.append(Finding(key, self.cell(key).text, problem, is_error))

    def text(self, key: str, *, limit: int = NAME_LIMIT, multiline: bool = False) -> str:
        """The clean text of a cell; "" when it is empty or was refused."""
        cell = self._cells.get(key)
        if cell is None or not cell.text:
            return ""
        try:
            return clean(cell.text, limit=limit, multiline=multiline)
        except TextRefused as refused:
            self.refuse(key, Problem(refused.reason, REFUSALS[refused.reason], {"limit": limit}))
            return ""

    def is_refused(self, key: str) -> bool:
        """Whether an error was found in this cell."""
        return any(one.key == key and one.is_error for one in self.findings)

    def read(
        self, key: str, parse: Callable[[str], Value | Problem | None], *, limit: int = NAME_LIMIT
    ) -> Value | None:
        """The value `parse` makes of the clean text; None when the cell is empty or refused."""
        cell = self._cells.get(key)
        if cell is None:
            return None
        remembered = self._memory.get((key, cell.text), _NOTHING)
        if remembered is not _NOTHING:
            return remembered
        text = self.text(key, limit=limit)
        if not text:
            return None
        found = parse(text)
        if isinstance(found, Problem):
            self.refuse(key, found)
            return None
        self._remember(key, cell.text, found)
        return found

    def _remember(self, key: str, typed: str, value: object) -> None:
        """Only what was understood: what is to be mended is said of each row anew."""
        if key not in ITS_OWN and len(self._memory) < _MOST_REMEMBERED:
            self._memory[key, typed] = value

    def dated(
        self, key: str, parse: Callable[[str], PartialDate | Problem | None] = parse_date
    ) -> PartialDate | None:
        """A date as far as it is known; a time of day that Excel adds to it does not count."""
        return self.read(key, lambda text: parse(_TIME_OF_DAY.sub("", text)))

    def day(self, key: str) -> date | None:
        """A date known to the day."""
        found = self.dated(key)
        if found is not None and found.day is None:
            self.refuse(key, Problem("day_missing", N_("Ghi đủ ngày, tháng, năm, ví dụ 15/08/2026")))
            return None
        return None if found is None else found.earliest

    def whole(self, key: str, lowest: int, highest: int) -> int | None:
        """A whole number within bounds."""
        text = self.text(key)
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or not lowest <= int(text) <= highest:
            bounds = {"lowest": lowest, "highest": highest}
            self.refuse(
                key, Problem("not_in_range", N_("Nhập số nguyên từ %(lowest)d đến %(highest)d"), bounds)
            )
            return None
        return int(text)

    def choice(self, key: str, words: "Words[Value]") -> Value | None:
        """One of a closed list."""
        return self.read(key, words.parse)

    def choices(self, key: str, words: "Words[Value]") -> list[Value]:
        """Several of a closed list, separated by semicolons; each once, in their order."""
        typed = self.cell(key).text
        if not typed:
            return []
        remembered = self._memory.get((key, typed))
        if remembered is not None:
            return list(remembered)
        only = words.parse(self.text(key, limit=LIST_LIMIT))
        # A word of the list may hold a comma.
        found = list(dict.fromkeys(self.entries(key, words.parse))) if isinstance(only, Problem) else [only]
        if not self.is_refused(key):
            self._remember(key, typed, tuple(found))
        return found

    def entries(
        self,
        key: str,
        parse: Callable[[str], Value | Problem | None],
        *,
        split: Callable[[str], list[str]] | None = None,
    ) -> list[Value]:
        """The values of a cell that holds a list; the first entry that cannot be read is the finding."""
        text = self.text(key, limit=LIST_LIMIT, multiline=True)
        entries = (split or split_list)(text)
        if len(entries) > MOST_ENTRIES:
            self.refuse(
                key, Problem("too_many", N_("Ghi không quá %(most)d mục trong một ô"), {"most": MOST_ENTRIES})
            )
            return []
        found: list[Value] = []
        for entry in entries:
            value = self._entry(key, entry, parse)
            if value is not None:
                found.append(value)
        return found

    def _entry(self, key: str, entry: str, parse: Callable[[str], Value | Problem | None]) -> Value | None:
        value = (
            Problem("too_long", REFUSALS["too_long"], {"limit": NAME_LIMIT})
            if len(entry) > NAME_LIMIT
            else parse(entry)
        )
        if isinstance(value, Problem):
            self.refuse(key, value)
            return None
        return value


class Words(Generic[Value]):
    """A closed list by the Vietnamese words for it; compared folded. `also` are words that are not offered."""

    def __init__(self, words: Mapping[str, Value], also: Mapping[str, Value] | None = None) -> None:
        self._words = dict(words)
        self._by_word = {**(also or {}), **words}
        self._by_key = {fold(word): value for word, value in self._by_word.items()}

    @property
    def listed(self) -> tuple[str, ...]:
        """The words to choose from."""
        return tuple(self._words)

    @property
    def first(self) -> Value:
        """The value that is meant when nothing is written, for lists that have one."""
        return next(iter(self._words.values()))

    def get(self, text: str) -> Value | None:
        """The value of a word, None for another text."""
        exactly = self._by_word.get(text)  # as the template writes it: nothing is to be folded
        return self._by_key.get(fold(text)) if exactly is None else exactly

    def parse(self, text: str) -> Value | Problem:
        """The value of a word, or what the words are."""
        found = self.get(text)
        if found is None:
            return Problem(
                "not_in_list", N_("Chọn trong danh mục: %(words)s"), {"words": "; ".join(self._words)}
            )
        return found


def split_list(text: str) -> list[str]:
    """The entries of a cell: separated by semicolons or line breaks; by commas when there are neither."""
    parts = text.replace("\n", ";").split(";") if ";" in text or "\n" in text else _COMMA_OUTSIDE.split(text)
    return [part for part in (part.strip() for part in parts) if part]
