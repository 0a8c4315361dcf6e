"""Makes a workbook of generated people with planted errors, and prints where they are.

The same seed gives the same people and the same errors. Printed is one JSON list of
{"row", "column", "kind", "value"}; the importer must report exactly these cells.

    scripts/make_planted_workbook.py people.xlsx --rows 2000 --errors 40
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET  # noqa: E402 - after the path above

PLACES = ROOT / "registry" / "places" / "data"
SKILLS = ROOT / "registry" / "skills" / "data"
HEADERS = {column.key: column.header for column in PEOPLE_COLUMNS}

_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Lò",
    "Giàng",
    "Tòng",
    "Vàng",
)
_MIDDLES = {"Nam": ("Văn", "Hữu", "Đức", "Quang", "Minh"), "Nữ": ("Thị", "Thu", "Ngọc", "Thanh", "Kim")}
_GIVEN = {
    "Nam": (
        "An",
        "Bình",
        "Chiến",
        "Dũng",
        "Đạt",
        "Hải",
        "Khoa",
        "Long",
        "Nghĩa",
        "Phúc",
        "Quý",
        "Sơn",
        "Tuấn",
        "Vinh",
    ),
    "Nữ": (
        "Anh",
        "Bích",
        "Chi",
        "Duyên",
        "Giang",
        "Hòa",
        "Hương",
        "Lan",
        "Mai",
        "Nga",
        "Oanh",
        "Thủy",
        "Trang",
        "Yến",
    ),
}
_DEGREES = ("Cao đẳng", "Đại học", "Thạc sĩ", "Tiến sĩ", "ThS", "Kỹ sư", "Cử nhân")
_KINDS = ("Công chức", "Viên chức", "Cán bộ", "Chuyên gia")
_PHONES = ("091", "098", "086", "032", "097")
_KIND_WORDS = {"ward": "phường", "commune": "xã"}
_FORMATS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%m/%Y}",
    lambda day: f"{day:%Y}",
    lambda day: f"{day:%Y-%m-%d}",
)


@dataclass(frozen=True)
class Planted:
    """One planted error: Excel's row number, the header, the kind of error, the cell's text."""

    row: int
    column: str
    kind: str
    value: str


# What is planted: kind → column key and the texts that show it.
ERRORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "empty name": ("full_name", ("", "   ")),
    "impossible date": ("birth", ("31/02/1988", "15/13/1990", "29/02/1990", "hôm qua", "00/00/1985")),
    "future birth date": ("birth", ("01/01/2190", "2150")),
    "bad e-mail": ("email", ("hoa.vidu.vn", "hoa@", "a b@vidu.vn", "hoa@vidu..vn")),
    "bad phone": ("phone", ("12345", "0912 345", "không có", "+84 1")),
    "identity number not twelve digits": (
        "identity",
        ("00118845678", "1,18846E+11", "0011884567890", "001A88456789"),
    ),
    "full-width identity number": ("identity", ("００１１８８４５６７８９",)),
    "unknown place": ("residence", ("Atlantis, Sao Hỏa", "Xyzqw")),
    "unknown degree": ("degree", ("Siêu nhân", "Bằng lái xe")),
    "years not a number": ("years", ("mười hai", "12 tháng", "một")),
    "years out of range": ("years", ("-1", "61", "600")),
    "text over its limit": ("headline", ("Giới thiệu rất dài. " * 20,)),
    "control character": ("organisation", ("Sở Nội\x00 vụ", "Sở\x07 Y tế")),
    "direction mark": ("position", ("Chuyên\u202e viên", "Kế toán\u2066")),
}


def people(rows: int, seed: int) -> Iterator[dict[str, str]]:
    """Plausible people without a fault, no two alike in number or address."""
    chance = random.Random(seed)  # noqa: S311 - made-up people, nothing secret
    places, prefixes = _places(), _prefixes()
    skills = [row["vi"] for path in sorted(SKILLS.glob("*/skills.csv")) for row in _read(path)]
    for number in range(1, rows + 1):
        sex = chance.choice(("Nam", "Nữ"))
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(14_000))
        name = (chance.choice(_FAMILIES), chance.choice(_MIDDLES[sex]), chance.choice(_GIVEN[sex]))
        chosen = chance.sample(skills, chance.randint(1, 4))
        yield {
            "external_id": f"MH-{number:05}",
            "full_name": " ".join(name),
            "birth": chance.choice(_FORMATS)(born),
            "sex": sex,
            "identity": f"{chance.choice(prefixes)}{0 if sex == 'Nam' else 1}{born:%y}{number:06}",
            "email": f"nguoi-{number}@vidu.vn",
            "phone": f"{chance.choice(_PHONES)}{chance.randrange(10**7):07}",
            "residence": chance.choice(places),
            "kinds": chance.choice(_KINDS),
            "organisation": "Trung tâm Chuyển đổi số",
            "position": "Chuyên viên",
            "position_since": str(chance.randint(2005, 2025)),
            "years": str(chance.randint(0, 40)),
            "degree": chance.choice(_DEGREES),
            "skills": "; ".join(f"{skill} ({chance.randint(1, 5)})" for skill in chosen),
            "headline": "Người minh họa, không có thật.",
        }


def plant(made: list[dict[str, str]], errors: int, seed: int) -> list[Planted]:
    """Spoil one cell in each of `errors` rows, every kind in turn; the spoiled cells in the order of rows."""
    chance = random.Random(seed + 1)  # noqa: S311 - as above
    chosen = chance.sample(range(len(made)), errors)
    planted: list[Planted] = []
    for number, index in enumerate(chosen):
        kind = list(ERRORS)[number % len(ERRORS)]
        key, values = ERRORS[kind]
        value = values[number // len(ERRORS) % len(values)]
        made[index][key] = value
        planted.append(Planted(index + 2, HEADERS[key], kind, value))
    return sorted(planted, key=lambda one: one.row)


def write(path: Path, made: list[dict[str, str]]) -> None:
    """The workbook: the headers of the template and the people, all cells text."""
    book: Any = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(PEOPLE_SHEET)
    for column, key in enumerate(HEADERS):
        sheet.write_string(0, column, HEADERS[key])
        for row, person in enumerate(made, start=1):
            if person.get(key):
                sheet.write_string(row, column, person[key])
    book.close()


def _places() -> list[str]:
    """Provinces of today and before, and communes named with their province."""
    now = {row["code"]: row["name"] for row in _read(PLACES / "provinces.csv")}
    former = [row["name"] for row in _read(PLACES / "former_provinces.csv")]
    communes = [
        f"{_KIND_WORDS[row['kind']]} {row['name']}, {now[row['province']]}"
        for row in _read(PLACES / "communes.csv")
        if row["kind"] in _KIND_WORDS and not row["name"].isdigit()
    ]
    return [*now.values(), *former, *communes[::17]]


def _prefixes() -> list[str]:
    return [row["id_number_prefix"] for row in _read(PLACES / "former_provinces.csv")]


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def main() -> None:
    """Write the workbook and print what was planted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--errors", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    made = list(people(given.rows, given.seed))
    planted = plant(made, given.errors, given.seed)
    write(given.file, made)
    print(json.dumps([vars(one) for one in planted], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
