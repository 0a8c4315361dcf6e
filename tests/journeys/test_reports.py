"""The half-year report as an official makes it: chosen, both files taken, frozen; each figure opens rows that count up to it."""

import io
import re

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

_COUNTED = re.compile(r"^([\d.]+) .*(?:đúng|cộng từ) ([\d.]+) dòng")


def taken(visit: Visit, name: str) -> bytes:
    """The file behind a link."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name=name).click()
    return download.value.path().read_bytes()


def test_the_half_year_report_leaves_as_pdf_and_excel_and_its_figures_open_their_rows(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("officer")
    visit.open("/chi-tieu")
    visit.follow(page.get_by_role("link", name="Báo cáo", exact=True))
    page.get_by_label("Kỳ báo cáo").select_option(label="6 tháng đầu năm 2025")
    visit.follow(page.get_by_role("button", name="Chọn"))
    pdf, workbook = taken(visit, "Tải PDF"), taken(visit, "Tải Excel")
    printed = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    assert "716" in printed
    assert "5.647" in printed
    cells = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert "Giải quyết việc làm" in str(cells)
    visit.check("reports")
    visit.follow(page.get_by_role("button", name="Chốt báo cáo"))
    visit.check("a frozen report")
    figures = page.locator("td[data-label='Thực hiện'] a")
    opened = [(link.inner_text(), link.get_attribute("href") or "") for link in figures.all()]
    assert {"716", "5.647", "213", "40"} <= {figure for figure, _way in opened}
    for figure, way in opened:
        if "%" in figure:
            continue
        visit.open(way)
        words = page.locator(".notice p").first.inner_text()
        told = _COUNTED.match(words)
        assert told is not None, words
        assert told.group(1) == figure, words
        assert told.group(2) == figure or "cộng từ" in words, words
    visit.check("rows of a figure")
