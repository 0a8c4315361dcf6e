"""CVs of made-up people, as files that are made when a test runs."""

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
import typst

from registry.exchange.readers.cv.found import SURE_FROM, CvRefused, Item
from registry.exchange.readers.cv.reading import read_items
from registry.text import fold
from tests.factories.cv_manners import Manner

ENGLISH = r"""
#set page(margin: 2cm)
#set text(size: 10pt)
#align(center)[#text(size: 22pt, weight: "bold")[Tran Lan Anh]]
#align(center)[Data engineer]
#align(center)[lan.anh\@minhhoa.example | +49 89 2180 0]
= Work experience
*Data Engineer* #h(1fr) Oct 2018 – present \
Isar University Hospital, Munich
- Built the data warehouse of twelve wards
*Software Developer* #h(1fr) 10/2015 – 09/2018 \
Sakura Software GmbH
= Education
*Technical University of Isar* #h(1fr) 2013 – 2015 \
Master of Science in Computer Science
= Skills
Python (advanced), SQL, Accounting \
Xyzzy plugh
= Languages
English: IELTS 7.5 \
German (B2)
= References
Prof. Muster, muster\@isar.example, +49 89 1111 2222
"""


def pdf(markup: str = ENGLISH) -> bytes:
    """A PDF of this markup, with the letters the typesetter carries."""
    typeset: Any = typst.compile
    return typeset(markup.encode(), ignore_system_fonts=True)


VIETNAMESE = (
    "SƠ YẾU LÝ LỊCH",
    "Họ và tên: Lò Thị Mai",
    "Ngày sinh: 15/08/1990",
    "Điện thoại: 0912 345 678",
    "Email: mai@minhhoa.example",
    "II. Quá trình đào tạo",
    "09/2008 – 06/2014\tTrường Đại học Y Thái Nguyên\tBác sĩ đa khoa, loại Khá",
    "III. Quá trình công tác",
    "Từ tháng 8 năm 2014 đến tháng 12/2018: Bác sĩ, Bệnh viện Đa khoa tỉnh Lai Châu",
    "01/2019 – nay: Phó trưởng khoa Nhi, Bệnh viện Đa khoa tỉnh Lai Châu",
    "- Phụ trách cấp cứu nhi",
    "Kỹ năng: Cấp cứu nhi, siêu âm",
    "Ngoại ngữ: Tiếng Anh B1; Tiếng Thái",
)


def word(lines: Sequence[str] = VIETNAMESE, *, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document of these lines, and of a table behind them."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf_of_lines(lines: Sequence[str]) -> bytes:
    """A PDF with these lines one below the other; cells of a table stand beside each other."""
    told: list[str] = []
    for line in lines:
        cells = [_typed(cell) for cell in line.split("\t")]
        told.append(" #h(1fr) ".join(cells) + " \\\n")
    return pdf("#set page(margin: 2cm)\n#set text(size: 10pt)\n" + "".join(told))


def _typed(text: str) -> str:
    return "#" + json.dumps(text, ensure_ascii=False)


@dataclass
class Score:
    """What a reader found of a CV, by part: how many things are there, are right, are not there; and which."""

    there: Counter[str] = field(default_factory=Counter[str])
    right: Counter[str] = field(default_factory=Counter[str])
    extra: Counter[str] = field(default_factory=Counter[str])
    missed: list[str] = field(default_factory=list[str])


def read_right(content: bytes, kind: str, manner: Manner) -> Score:
    """Compare what is read with what stands in the CV; extras count where they are sure enough to be ticked."""
    try:
        items = read_items(content, kind)
    except CvRefused:
        items = []
    score, expected = Score(), _expected(manner)
    found = [(one.part, _told(one)) for one in items]
    for part, told in expected:
        score.there[part] += 1
        score.right[part] += (part, told) in found
        if (part, told) not in found:
            score.missed.append(f"{part} {told} not in {[other for kind_, other in found if kind_ == part]}")
    for one in items:
        is_extra = (one.part, _told(one)) not in expected and one.sure >= SURE_FROM
        score.extra[one.part] += is_extra
        if is_extra:
            score.missed.append(f"extra {one.part} {_told(one)}")
    return score


def _expected(manner: Manner) -> list[tuple[str, tuple[str, ...]]]:
    contacts = {"email", "phone"}
    return [
        *(("contact" if name in contacts else "about", _folded(name, value)) for name, value in manner.person.items()),
        *(("experience", _folded(*post)) for post in manner.posts),
        *(("education", _folded(*study)) for study in manner.studies),
        *(("language", _folded(code, level)) for code, level in manner.languages.items()),
        *(("skill", _folded(skill)) for skill in manner.skills),
    ]  # fmt: skip


def _told(one: Item) -> tuple[str, ...]:
    said = one.fields.get
    if one.part == "experience":
        until = "nay" if said("is_ongoing") else said("ended", "")
        return _folded(said("title", ""), said("organisation", ""), said("started", ""), until)
    if one.part == "education":
        return _folded(said("degree", ""), said("major", ""), said("school", ""), said("ended", ""))
    if one.part == "language":
        return _folded(said("language", ""), said("level", ""))
    if one.part == "skill":
        return _folded(said("skill", ""))
    return _folded(*next(iter(one.fields.items())))


def _folded(*texts: str) -> tuple[str, ...]:
    return tuple(fold(text) for text in texts)
