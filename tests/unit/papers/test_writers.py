"""Papers as PDF and Word: what stands in them, that markup stays text, and that the same values give the same bytes."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from registry.papers.writers.paper import (
    MOST_LETTERS,
    MOST_ROWS,
    Entries,
    Entry,
    Facts,
    Paper,
    Prose,
    Section,
    Table,
    within,
)
from registry.papers.writers.pdf import paper_pdf
from registry.papers.writers.word import paper_docx

PAPER = Paper(
    title="Sơ yếu lý lịch",
    name="Lò Thị Mai",
    language="vi",
    office="Tỉnh Lai Châu",
    headline="Phó trưởng khoa Nhi #[*đậm*] $x$",
    note="Bản ẩn tên",
    facts=[("Mã hồ sơ", "HS-20418")],
    sections=[
        Section("Kỹ năng", [Table(["Kỹ năng", "Bậc"], [3, 1], [["Cấp cứu nhi", "4 / 5"]], frozenset({1}))]),
        Section("Quá trình công tác", [Entries([Entry("08/2014 – nay", "Bác sĩ", ["Bệnh viện Đa khoa"])])]),
        Section("Giới thiệu", [Prose(["Làm việc ở vùng cao"]), Facts([("Nơi nhận việc", "Mường Tè")])]),
    ],
    made="Bản này lập lúc 08:00 ngày 27/11/2026",
    page="Trang",
    at=datetime(2026, 11, 27, 1, tzinfo=UTC),
    signatures=["NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"],
    signed_where="Ngày … tháng … năm …",
)
SAID = (
    "TỈNH LAI CHÂU", "Lò Thị Mai", "Phó trưởng khoa Nhi #[*đậm*] $x$", "Bản ẩn tên", "HS-20418", "Cấp cứu nhi",
    "08/2014 – nay", "Bệnh viện Đa khoa", "Làm việc ở vùng cao", "Mường Tè", "THỦ TRƯỞNG ĐƠN VỊ",
)  # fmt: skip


@pytest.fixture(scope="module")
def word() -> bytes:
    return paper_docx(PAPER)


def _texts(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_pdf_says_all_of_it_as_it_was_typed() -> None:
    made = paper_pdf(PAPER)
    reader = PdfReader(io.BytesIO(made))
    said = "\n".join(page.extract_text() for page in reader.pages)
    assert [one for one in (*SAID, "Trang 1 / 1", PAPER.made) if one not in said] == []
    told: Any = reader.metadata
    assert told["/Title"] == "Sơ yếu lý lịch"
    assert paper_pdf(PAPER) == made


def test_the_word_document_says_all_of_it_in_real_styles(word: bytes) -> None:
    document: Any = docx.Document(io.BytesIO(word))
    assert [one for one in SAID if one not in _texts(document)] == []
    styles = {one.text: one.style.name for one in document.paragraphs}
    assert styles["Lò Thị Mai"] == "Heading 1"
    assert styles["Kỹ năng"] == "Heading 2"
    assert PAPER.made in document.sections[0].footer.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        body = file.read("word/document.xml").decode()
        assert body.count("<w:tblHeader/>") == 1
        assert 'w:val="vi-VN"' in file.read("word/styles.xml").decode()
        assert 'w:instr="PAGE"' in file.read("word/footer1.xml").decode()


def test_the_properties_name_nobody_and_carry_the_moment_that_was_told(word: bytes) -> None:
    told = docx.Document(io.BytesIO(word)).core_properties
    assert (told.title, told.author, told.last_modified_by, told.comments) == ("Sơ yếu lý lịch", "", "", "")
    assert told.created == told.modified == datetime(2026, 11, 27, 1, tzinfo=UTC)
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        assert "Lò Thị Mai" not in file.read("docProps/core.xml").decode()
        assert {one.date_time[:3] for one in file.infolist()} == {(1980, 1, 1)}
    assert paper_docx(PAPER) == word


def test_a_paper_in_english_says_so() -> None:
    english = replace(PAPER, language="en", sections=[], signatures=[], name="")
    with zipfile.ZipFile(io.BytesIO(paper_docx(english))) as file:
        assert 'w:val="en-GB"' in file.read("word/styles.xml").decode()


def test_what_no_file_may_hold_is_left_out_and_long_texts_end() -> None:
    assert within("Lò\x00 Thị\x07 \ud800Mai\n\tđ\ufffe") == "Lò Thị Mai\n\tđ"
    assert within("27\u00a0Nov\u00a02026,\u20091\u3000m\u2028") == "27\u00a0Nov\u00a02026,\u20091\u3000m"
    assert within("ă" * (MOST_LETTERS + 1)) == "ă" * (MOST_LETTERS - 1) + "…"
    many = Section("Kỹ năng", [Facts([("a", "b")] * (MOST_ROWS + 1))])
    document: Any = docx.Document(
        io.BytesIO(paper_docx(replace(PAPER, facts=[], signatures=[], sections=[many])))
    )
    assert len(document.tables[0].rows) == MOST_ROWS
