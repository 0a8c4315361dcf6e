"""Sends random texts through CSV and XLSX and back: counts differences and live formulas. Controls show both are noticed.

    python scripts/check_round_trip.py [--texts 500000] [--seed 1]

Written by the writers of exports. CSV is read by Python's reader and the rule that imports use, XLSX as imports read it.
Ends with 1 when a text differs, a formula lives, or a control is not noticed.
"""

import argparse
import csv
import io
import json
import random
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from registry.exchange.readers import child
from registry.exchange.writers.rows import Listed, write_xlsx
from registry.text.csv_rows import csv_lines
from registry.text.formulas import unguarded, writable

COLUMNS = 10
BATCH = 20_000  # rows × columns of one file stay below what imports open
_SIGNS = "=+-@＝＋－＠'\"\t\r\n,;|<>&_ x0A\x00\x01\x0b\x1f\x7f\x85\u00a0\u2028\u3000\ufeff"
_WORDS = (
    "+84912345678", "001188456789", "1.23E+11", "01/03/2027", "2027-03-01", "=HYPERLINK(\"http://vidu.vn\")",
    "=cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "''=1", "'+1", "＝1+1", " \t=1", "Nguyễn Thị Hòa",
    "Nguye\u0302\u0303n Thi\u0323 Ho\u0300a", "Đặng Ứng", "😀👩🏽‍🔬", "<r><t>x</t></r>", "_x000D_", "_x005F_", "TRUE", "#N/A",
    "0012", "1e5", "a\r\nb", "a\x00b", "{=1}", "''", "'",
)  # fmt: skip
_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def random_text(dice: random.Random) -> str:
    """A nasty word, signs, letters of any plane, or a mixture."""
    kind = dice.random()
    if kind < 0.25:
        return dice.choice(_WORDS)
    if kind < 0.6:
        return "".join(dice.choices(_SIGNS, k=dice.randint(1, 8)))
    if kind < 0.8:
        return dice.choice(_SIGNS) + dice.choice(_WORDS) + dice.choice(["", " ", "\n"])
    return "".join(chr(_any_code(dice)) for _ in range(dice.randint(1, 6)))


def _any_code(dice: random.Random) -> int:
    code = dice.choice(
        (dice.randint(0, 0x2FF), dice.randint(0x1E00, 0xFFFF), dice.randint(0x10000, 0x10FFFF))
    )
    return 0x41 if 0xD800 <= code <= 0xDFFF else code


def through_csv(texts: Sequence[str], *, is_guarded: bool = True) -> tuple[list[str], int]:
    """The texts as they come back, and how many cells a spreadsheet would take for formulas."""
    if is_guarded:
        content = "".join(csv_lines(["cột"], ([text] for text in texts)))
    else:
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([["cột"], *([text] for text in texts)])
        content = "\ufeff" + stream.getvalue()
    cells = [row[0] for row in csv.reader(io.StringIO(content.encode().decode("utf-8-sig"), newline=""))][1:]
    return [unguarded(cell) for cell in cells], sum(cell.lstrip().startswith(_LIVE) for cell in cells)


def through_xlsx(texts: Sequence[str], folder: Path) -> tuple[list[str], int]:
    """The same through a workbook; live are the formulas in its XML."""
    rows = [texts[start : start + COLUMNS] for start in range(0, len(texts), COLUMNS)]
    stream = io.BytesIO()
    write_xlsx(stream, Listed("Trang", tuple("ABCDEFGHIJ")), rows, folder)
    return _cells(stream.getvalue(), len(texts)), formulas_in(stream.getvalue())


def _cells(content: bytes, count: int) -> list[str]:
    lines = [json.loads(line) for line in child.workbook_lines(content)]
    by_row = {line[0]: line[1] for line in lines[1:]}
    found: list[str] = []
    for row in range(2, count // COLUMNS + 2):
        cells = by_row.get(row, [])
        found += [*cells, *[""] * (COLUMNS - len(cells))]
    return found[:count]


def formulas_in(content: bytes) -> int:
    """How many formulas the sheets of a workbook hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return sum(parts.read(name).count(b"<f>") + parts.read(name).count(b"<f ") for name in sheets)


def differences(texts: Sequence[str], back: Sequence[str]) -> int:
    """How many texts came back as others; what is no character is expected as U+FFFD."""
    changed = sum(writable(one) != two for one, two in zip(texts, back, strict=False))
    return changed + abs(len(texts) - len(back))


def controls() -> bool:
    """Whether an unguarded CSV, a workbook with a formula and a changed text are noticed."""
    _back, live = through_csv(["=1+1"], is_guarded=False)
    quoted, _live = through_csv(["'=1"], is_guarded=False)
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})  # its types are only half written
    book.add_worksheet().write(0, 0, "=1+1")
    book.close()
    formulas, lost = formulas_in(stream.getvalue()), differences(["'=1"], quoted)
    print(
        f"controls noticed: live cell in unguarded CSV {live}, quote lost {lost}, formula in XML {formulas}"
    )
    return live == lost == formulas == 1


def main() -> int:
    """Count, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice, started = random.Random(asked.seed), time.perf_counter()  # noqa: S311 - repeatable, nothing secret
    found = {"CSV": [0, 0], "XLSX": [0, 0]}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, asked.texts, BATCH):
            count = min(BATCH, asked.texts - start) // COLUMNS * COLUMNS
            texts = [random_text(dice) for _ in range(count)]
            for name, (back, live) in (
                ("CSV", through_csv(texts)),
                ("XLSX", through_xlsx(texts, Path(folder))),
            ):
                found[name][0] += differences(texts, back)
                found[name][1] += live
    for name, (changed, live) in found.items():
        print(f"{name}: {asked.texts} texts, {changed} differences, {live} live formulas")
    print(f"{time.perf_counter() - started:.1f} s")
    return 0 if controls() and not any(map(sum, found.values())) else 1


if __name__ == "__main__":
    raise SystemExit(main())
