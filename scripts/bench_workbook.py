"""Generated workbooks of people for measuring imports: thirty columns, the same for the same seed, nobody real.

One row in a hundred has an error, one in two hundred names an earlier row again. The file is written part by part as
Excel writes it: texts shared, dates and numbers as numbers.
"""

import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from registry.app.demonstration.names import vietnamese_name
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET

KEYS = (
    "external_id", "full_name", "birth", "sex", "identity", "email", "phone", "residence", "origin", "kinds",
    "organisation", "position", "position_since", "work_field", "years", "civil_rank", "political_theory",
    "state_management", "degree", "study_field", "major", "school", "graduated", "classification", "languages",
    "skills", "availability", "forms", "accepted", "basis",
)  # fmt: skip

_PROVINCES = (
    "Lai Châu",
    "Hà Nội",
    "Huế",
    "Vĩnh Long",
    "Lào Cai",
    "Sơn La",
    "Đồng Tháp",
    "Cần Thơ",
    "Nghệ An",
)
_KINDS = ("Chuyên gia", "Viên chức", "Công chức", "Lao động tay nghề cao", "Chuyên gia; Viên chức", "")
_POSTS = (
    "Kỹ sư",
    "Chuyên viên",
    "Giảng viên",
    "Bác sĩ",
    "Trưởng phòng",
    "Nghiên cứu viên",
    "Thợ hàn",
    "Kế toán",
)
_OFFICES = (
    "Sở Xây dựng",
    "Sở Y tế",
    "Trường Đại học Ví Dụ",
    "Bệnh viện Ví Dụ",
    "Công ty Ví Dụ",
    "Viện Ví Dụ",
)
_FIELDS = (
    "Toán và thống kê",
    "Máy tính và công nghệ thông tin",
    "Sức khỏe",
    "Kinh doanh và quản lý",
    "Pháp luật",
)
_DEGREES = ("Đại học", "Thạc sĩ", "Tiến sĩ", "Cao đẳng", "Trung cấp")
_MAJORS = ("Khoa học máy tính", "Kỹ thuật xây dựng", "Y đa khoa", "Luật kinh tế", "Kế toán", "Nông học")
_TONGUES = ("Tiếng Anh (B2)", "Tiếng Anh (B1); Tiếng Nhật (N3)", "Tiếng Anh (C1)", "", "Tiếng Trung (HSK4)")
_FORMS = ("Làm việc lâu dài", "Theo dự án, nhiệm vụ; Tư vấn", "Làm từ xa", "Bán thời gian, kiêm nhiệm")
_UNKNOWN = 60
_EPOCH = date(1899, 12, 30)

Value = str | int | date
_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>\
</Types>"""
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
    f'<sheet name="{PEOPLE_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def people(count: int, skills: Sequence[str], seed: int = 1) -> Iterator[Mapping[str, Value]]:
    """So many rows by column key. `skills` are names of concepts, the common ones first."""
    chance = random.Random(seed)  # noqa: S311 - the same for the same seed is what is wanted
    weights = [1 / (10 + place) for place in range(len(skills))]
    pool = chance.choices(skills, weights, k=20_000)
    for number in range(count):
        row = _person(chance, number, pool)
        if number % 100 == 50:
            row |= chance.choice(({"birth": "31/02/1990"}, {"email": "không có"}, {"full_name": ""}))
        if number % 200 == 120:
            row["external_id"] = f"NB-{number - 1:07}"
        yield row


def _person(chance: random.Random, number: int, pool: Sequence[str]) -> dict[str, Value]:
    pick = chance.choice
    sex = pick(("Nam", "Nữ"))
    birth = date(1960, 1, 1) + timedelta(days=chance.randrange(15_000))
    home, kinds = pick(_PROVINCES), pick(_KINDS)
    graduated = min(birth.year + 23, 2025)
    return {
        "external_id": f"NB-{number:07}",
        "full_name": vietnamese_name(chance, female=sex == "Nữ"),
        "birth": birth,
        "sex": sex,
        "identity": f"0{pick(('12', '01', '86', '82'))}{int(sex == 'Nữ')}{birth.year % 100:02}{number:06}",
        "email": f"nguoi{number}@vidu.vn",
        "phone": f"09{number % 10}{number:07}"[:10],
        "residence": f"tỉnh {home}" if number % 3 else home,
        "origin": pick(_PROVINCES),
        "kinds": kinds,
        "organisation": f"{pick(_OFFICES)} {home}",
        "position": pick(_POSTS),
        "position_since": date(graduated, 1 + number % 12, 1),
        "work_field": pick(_FIELDS),
        "years": min(2026 - graduated, 40),
        "civil_rank": "Chuyên viên" if "chức" in kinds else "",
        "political_theory": "Trung cấp" if "chức" in kinds else "",
        "state_management": "",
        "degree": pick(_DEGREES),
        "study_field": pick(_FIELDS),
        "major": pick(_MAJORS),
        "school": f"Trường Đại học Ví Dụ {number % 40}",
        "graduated": graduated,
        "classification": pick(("Giỏi", "Khá", "Xuất sắc", "Trung bình khá")),
        "languages": pick(_TONGUES),
        "skills": _skills(chance, pool),
        "availability": "Sẵn sàng nhận việc",
        "forms": pick(_FORMS),
        "accepted": pick(("Mọi nơi", home, f"{home}; Làm từ xa")),
        "basis": "Theo luật",
    }


def _skills(chance: random.Random, pool: Sequence[str]) -> str:
    """Three to six skills with levels; one in thirty is in no vocabulary."""
    named = dict.fromkeys(chance.choice(pool) for _ in range(3 + chance.randrange(4)))
    texts = [f"{name} ({1 + chance.randrange(5)})" for name in named]
    if chance.randrange(6) == 0:
        texts.append(f"Việc riêng số {chance.randrange(_UNKNOWN)} xyz")
    return "; ".join(texts)


def write_workbook(target: Path, rows: Iterator[Mapping[str, Value]]) -> int:
    """Write the .xlsx file; how many rows it has below its header."""
    headers = {column.key: column.header for column in PEOPLE_COLUMNS}
    shared: dict[str, int] = {}
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet {_MAIN}><sheetData>".encode())
            sheet.write(_row(1, [headers[key] for key in KEYS], shared))
            for count, row in enumerate(rows, start=1):
                sheet.write(_row(count + 1, [row[key] for key in KEYS], shared))
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as texts:
            texts.write(f'<sst {_MAIN} uniqueCount="{len(shared)}">'.encode())
            for text in shared:
                texts.write(f"<si><t>{escape(text)}</t></si>".encode())
            texts.write(b"</sst>")
    return count


def _row(number: int, values: Sequence[Value], shared: dict[str, int]) -> bytes:
    cells = "".join(
        _cell(f"{_letters(place)}{number}", value, shared)
        for place, value in enumerate(values)
        if value != ""
    )
    return f'<row r="{number}">{cells}</row>'.encode()


def _cell(place: str, value: Value, shared: dict[str, int]) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


def _letters(place: int) -> str:
    return chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"
