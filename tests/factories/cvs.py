"""CVs of made-up people, as files that are made when a test runs."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import typst

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
