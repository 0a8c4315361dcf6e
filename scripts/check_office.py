"""Opens with LibreOffice every workbook, CSV file and Word document that the product hands out, and reads it back.

    python scripts/check_office.py [--people 120]

A demonstration installation in a folder that is removed is asked through its pages for every list that leaves as XLSX and
CSV, the templates of imports, a workbook of mistakes, the reports of indicators, a campaign and a programme, the tables of
the programme rooms and of open data, and the CV of a person as Word (with the name, without it, in English, one's own). LibreOffice converts each without a screen, under a profile of its own.
What it read must be what we wrote: every text of every cell in its place, every line of a document in its order. It
overlooks XML that does not end, so that every part is parsed besides. The controls: files cut in the middle, files with a
part that does not end, and one in which another text is expected must be found. Ends with 1 when anything differs or a
control is not found.
"""

import argparse
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import docx
from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader

from registry.exchange.readers.workbook import read_workbook
from tests.factories.office_files import Product

_TIMEOUT_SECONDS = 240
_HOW = (
    "cần LibreOffice: apt-get install --no-install-recommends libreoffice-calc-nogui libreoffice-writer-nogui"
)
# Commas, quotes, UTF-8, cells as they are shown, every sheet as a file of its own.
_CELLS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
# Commas, quotes, UTF-8, every column as text.
_AS_TEXT = "--infilter=CSV:44,34,76,1,{columns}"
Cells = Mapping[tuple[int, int, int], str]
"""(sheet, row, column) → its text; empty cells are left out."""


@dataclass(frozen=True)
class Office:
    """LibreOffice without a screen, in a folder of its own."""

    program: str
    folder: Path

    def converted(self, file: Path, to: str, *more: str) -> list[Path]:
        """What came of a file, in the order of its sheets; nothing where it could not be opened."""
        target = Path(tempfile.mkdtemp(dir=self.folder))
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        line = [self.program, "--headless", "--norestore", profile, *more, "--convert-to", to]
        subprocess.run(
            [*line, "--outdir", str(target), str(file)],
            check=False,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
        )
        return sorted(target.iterdir(), key=lambda one: one.stat().st_mtime_ns)


def differences(office: Office, file: Path) -> tuple[int, list[str]]:
    """How many texts were compared, and what is wrong with the file."""
    malformed = [] if file.suffix == ".csv" else _malformed(file)
    if malformed:
        return 0, malformed
    if file.suffix == ".docx":
        return _of_document(office, file)
    wanted = _written_in_csv(file) if file.suffix == ".csv" else _written_in_workbook(file)
    found = _read_by_office(office, file, wanted)
    if found is None:
        return 0, ["không mở được"]
    wrong = [
        f"trang {place[0] + 1} dòng {place[1] + 1} cột {place[2] + 1}: {wanted.get(place, '')!r} đọc ra {found.get(place, '')!r}"
        for place in sorted(wanted.keys() | found.keys())
        if wanted.get(place, "") != found.get(place, "")
    ]
    return len(wanted), wrong


def _malformed(file: Path) -> list[str]:
    """Parts that are no XML: LibreOffice overlooks some of it without a word, Excel and Word ask to repair."""
    try:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    fromstring(parts.read(name))
    except (zipfile.BadZipFile, ParseError) as error:
        return [f"hỏng: {error}"]
    return []


def _written_in_workbook(file: Path) -> Cells:
    book = read_workbook(file.read_bytes())
    return {
        (number, row.number - 1, column): _plain(text)
        for number, sheet in enumerate(book.sheets)
        for row in sheet.rows
        for column, text in enumerate(row.cells)
        if text
    }


def _written_in_csv(file: Path) -> Cells:
    return _cells_of(file.read_text("utf-8-sig"), 0)


def _read_by_office(office: Office, file: Path, wanted: Cells) -> Cells | None:
    columns = max((place[2] for place in wanted), default=0) + 1
    more = (
        [_AS_TEXT.format(columns="/".join(f"{at}/2" for at in range(1, columns + 1)))]
        if file.suffix == ".csv"
        else []
    )
    made = office.converted(file, _CELLS, *more)
    if not made:
        return None
    found: dict[tuple[int, int, int], str] = {}
    for number, one in enumerate(made):
        found |= _cells_of(one.read_text("utf-8-sig"), number)
    return found


def _cells_of(text: str, sheet: int) -> Cells:
    rows = csv.reader(io.StringIO(text, newline=""))
    return {
        (sheet, row, column): _plain(cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    }


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _of_document(office: Office, file: Path) -> tuple[int, list[str]]:
    """Every line of a document must come out of its text, in order, and it must be laid out on pages."""
    made = office.converted(file, "txt:Text (encoded):UTF8"), office.converted(file, "pdf")
    if not all(made):
        return 0, ["không mở được"]
    said, wrong, at = made[0][0].read_text("utf-8-sig"), list[str](), 0
    wanted = _lines_of(file)
    for line in wanted:
        place = said.find(line, at)
        if place < 0:
            wrong.append(f"không thấy {line!r}")
        else:
            at = place + len(line)
    if not PdfReader(made[1][0]).pages:
        wrong.append("không có trang nào")
    return len(wanted), wrong


def _lines_of(file: Path) -> list[str]:
    """The lines of the body as they follow each other, those of tables among them."""
    document: Any = docx.Document(str(file))
    found: list[str] = []
    for block in document.iter_inner_content():
        cells = [block] if hasattr(block, "text") else [cell for row in block.rows for cell in row.cells]
        found += [line for cell in cells for line in _of_text(cell.text)]
    return found


def _of_text(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("\t") if part.strip()]


def _damaged(file: Path, folder: Path) -> list[Path]:
    """Cut in the middle; with a part that does not end."""
    content, found = file.read_bytes(), list[Path]()
    part = {".xlsx": "xl/worksheets/sheet1.xml", ".docx": "word/document.xml"}[file.suffix]
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-40] if name == part else old.read(name))
    for name, damaged in (("cut", content[: len(content) // 2]), ("part", broken.getvalue())):
        found.append(folder / f"{name}{file.suffix}")
        found[-1].write_bytes(damaged)
    return found


def _controls(office: Office, folder: Path) -> list[str]:
    """What was not noticed."""
    unnoticed: list[str] = []
    for name in ("people.xlsx", "cv.docx"):
        for damaged in _damaged(folder / name, office.folder):
            if not differences(office, damaged)[1]:
                unnoticed.append(f"{damaged.name} của {name}")
            if damaged.stem == "cut" and office.converted(damaged, "pdf"):
                unnoticed.append(f"{damaged.name} của {name}, bởi LibreOffice")
    other = office.folder / "other.csv"
    other.write_text((folder / "people.csv").read_text("utf-8-sig").replace("a", "à"), "utf-8-sig")
    wanted = _written_in_csv(folder / "people.csv")
    if _read_by_office(office, other, wanted) == wanted:
        unnoticed.append("other.csv")
    return unnoticed


def main() -> int:
    """Make, convert, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=120)
    asked = parser.parse_args()
    program = shutil.which("soffice")
    if program is None:
        print(_HOW)
        return 1
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ |= {"REGISTRY_DATA_DIR": str(folder / "data"), "REGISTRY_RATE_LIMITS": "off"}
        (folder / "files").mkdir()
        (folder / "office").mkdir()
        for name, content in Product(asked.people).files():
            (folder / "files" / name).write_bytes(content)
        return _checked(Office(program, folder / "office"), folder / "files")


def _checked(office: Office, folder: Path) -> int:
    began, texts, faults = time.perf_counter(), 0, 0
    files = sorted(folder.iterdir())
    for file in files:
        count, wrong = differences(office, file)
        texts, faults = texts + count, faults + len(wrong)
        print(f"{file.name:24} {file.stat().st_size / 1000:7.1f} kB {count:6} chữ, khác {len(wrong)}")
        for line in wrong[:5]:
            print(f"    {line}")
    unnoticed = _controls(office, folder)
    seconds = time.perf_counter() - began
    print(
        f"{len(files)} tệp, {texts} chữ, {faults} chỗ khác, đối chứng không bị nhận ra: {unnoticed or 0}, {seconds:.0f} s"
    )
    return 1 if faults or unnoticed else 0


if __name__ == "__main__":
    raise SystemExit(main())
