"""The story the product exists for: a workbook of people comes in, a need is opened, the ranking explains itself."""

import re
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

HEADERS = ("Mã ngoài", "Họ và tên", "Ngày sinh", "Thư điện tử", "Trình độ", "Lĩnh vực đào tạo", "Kỹ năng", "Sẵn sàng",
           "Nơi nhận làm việc", "Cơ sở lưu hồ sơ")  # fmt: skip
BY_LAW = "Theo luật"


def workbook(folder: Path, marker: str) -> Path:
    """Three people, one of them with a birth date that does not exist."""
    rows = [
        (f"{marker}-1", "Lò Thị Kiểm Thử", "15/08/1988", "kiem.thu@vidu.example", "Thạc sĩ", "Kỹ thuật",
         "Thiết kế vi mạch (5); Công nghệ bán dẫn (4)", "Sẵn sàng nhận việc", "Lai Châu", BY_LAW),
        (f"{marker}-2", "Vàng Văn Kiểm Thử", "03/1991", "", "Đại học", "Kỹ thuật",
         "thiet ke vi mach (3)", "", "Mọi nơi", BY_LAW),
        (f"{marker}-3", "Giàng A Kiểm Thử", "31/02/1988", "", "Đại học", "Kỹ thuật", "Python (3)", "", "", BY_LAW),
    ]  # fmt: skip
    path = folder / "ung-vien.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = cast("Any", book).add_worksheet("Ứng viên")
        for number, row in enumerate([HEADERS, *rows]):
            sheet.write_row(number, 0, row)
    return path


def import_people(visit: Visit, path: Path) -> None:
    """Upload, let the columns be guessed, check, look at the error, save the valid rows."""
    page = visit.page
    visit.open("/nhap-excel")
    page.set_input_files("input[type=file]", str(path))
    for radio in page.get_by_label(re.compile("theo luật")).all():
        radio.check()
    visit.follow(page.get_by_role("button", name="Tải lên"))
    visit.check("columns of an import")
    visit.follow(page.get_by_role("button", name="Kiểm tra tệp"))
    page.get_by_role("button", name=re.compile("Chỉ lưu 2 dòng hợp lệ")).wait_for()
    visit.check("errors of an import")
    assert page.get_by_text("31/02/1988").count() >= 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp lỗi").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    visit.follow(page.get_by_role("button", name=re.compile("Chỉ lưu 2 dòng hợp lệ")))
    page.get_by_text("Đã lưu").first.wait_for()
    visit.check("an import that is saved")


def open_need(visit: Visit, title: str) -> str:
    """An officer writes the need and sends it; an administrator approves; it opens. Its address is returned."""
    page = visit.page
    visit.open("/nhu-cau/tao")
    page.get_by_label("Tên nhu cầu").fill(title)
    page.get_by_label("Thêm kỹ năng").fill("IC design (4)\nCông nghệ bán dẫn (3)\nkhrtp zqvxw")
    visit.follow(page.get_by_role("button", name="Kiểm tra kỹ năng"))
    page.get_by_text("Thiết kế vi mạch").first.wait_for()
    visit.check("typed skills understood")
    page.get_by_label("Cơ quan, đơn vị").fill("Sở Nội vụ tỉnh Lai Châu")
    page.get_by_label("Nơi làm việc").first.fill("Lai Châu")
    boxes = page.get_by_role("group", name=re.compile("Cần người trước ngày"))
    for label, value in (("Ngày", "01"), ("Tháng", "06"), ("Năm", "2027")):
        boxes.get_by_label(label).fill(value)
    visit.follow(page.get_by_role("button", name="Lưu bản nháp"))
    page.wait_for_url(re.compile(r"/nhu-cau/[0-9a-z]{26}(#.*)?$"))
    visit.check("a need")
    return page.url.removeprefix(visit.served.url).split("#")[0]


def shortlist_from_ranking(visit: Visit, title: str) -> None:
    """Tick two people of the ranking, compare them against the need, put both on a list for it, and come back."""
    page = visit.page
    for name in ("Lò Thị Kiểm Thử", "Vàng Văn Kiểm Thử"):
        page.get_by_role("checkbox", name=f"Chọn {name}").first.check()
    visit.follow(page.get_by_role("button", name="So sánh 2–4 người").first)
    page.get_by_role("heading", name="So sánh 2 ứng viên").wait_for()
    page.get_by_text(f"Điểm với «{title}»").wait_for()
    seen = page.viewport_size or {"width": 0}
    for name in ("Lò Thị Kiểm Thử", "Vàng Văn Kiểm Thử"):
        box = page.locator(f"td[data-label='{name}']").first.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= seen["width"]
    visit.check("two of a ranking compared against its need")
    visit.follow(page.get_by_role("button", name="Thêm tất cả vào danh sách rút gọn"))
    assert page.get_by_label("Tên danh sách mới").input_value() == f"Ứng viên cho «{title}»"
    visit.check("choosing a shortlist for a need")
    visit.follow(page.get_by_role("button", name="Thêm vào danh sách"))
    page.get_by_text(f"cho nhu cầu «{title}»").wait_for()
    assert page.locator("article").count() == 2
    visit.check("a shortlist for a need")
    visit.follow(page.get_by_role("link", name="Ứng viên xếp hạng"))


def test_from_a_workbook_to_an_explained_match(each_width: Visit, tmp_path: Path) -> None:
    visit = each_width
    width = (visit.page.viewport_size or {"width": 0})["width"]
    title = f"Kỹ sư vi mạch {width}"
    visit.sign_in("officer")
    import_people(visit, workbook(tmp_path, f"KT{width}"))
    address = open_need(visit, title)
    visit.open(f"{address}/sua")
    visit.check("a need being edited")
    visit.open(f"{address}/xep-hang")
    visit.check("ranking")
    assert visit.page.get_by_text("Kiểm Thử").count() >= 2
    shortlist_from_ranking(visit, title)
    visit.open(f"{address}/xep-hang")
    # Whoever of the demonstration has as many points may stand before her.
    card = visit.page.locator("article", has_text="Lò Thị Kiểm Thử").first
    assert "100,00" in card.inner_text()
    visit.follow(card.get_by_role("link", name=re.compile("giải thích")).first)
    visit.page.wait_for_url(re.compile(r"/xep-hang/[0-9a-z]{26}"))
    explained = visit.page.locator("main").inner_text()
    assert "Lò Thị Kiểm Thử" in explained
    assert "Thiết kế vi mạch" in explained
    visit.check("one explanation")
    visit.page.get_by_text("Đã rút gọn").wait_for()
    visit.follow(visit.page.get_by_role("button", name="Đưa vào danh sách khác"))
    assert visit.page.get_by_role("radio", name=re.compile("của nhu cầu này")).is_checked()
    visit.open(address)
    visit.follow(visit.page.get_by_role("link", name="Danh sách rút gọn 2"))
    assert "100,00 · hạng" in visit.page.get_by_role("row", name=re.compile("Lò Thị Kiểm Thử")).inner_text()
    visit.check("the shortlists of a need")


def test_the_ranking_is_kept_and_shown_again(visit: Visit) -> None:
    visit.sign_in("officer")
    visit.open("/nhu-cau?trang-thai=open")
    visit.follow(visit.page.locator("main tbody a").first)
    visit.open(visit.page.url.removeprefix(visit.served.url) + "/xep-hang")
    visit.follow(visit.page.get_by_role("button", name=re.compile("Lưu bảng xếp hạng")))
    visit.page.wait_for_load_state()
    visit.check("a kept ranking")
    visit.follow(visit.page.get_by_role("link", name="Ứng viên xếp hạng").last)
    print_an_offer(visit)


def print_an_offer(visit: Visit) -> None:
    """From the card of a ranked person to the offer sheet, kept and printed."""
    page = visit.page
    visit.follow(page.get_by_role("link", name="Lập phiếu đề xuất chính sách").first)
    visit.check("an offer sheet")
    visit.follow(page.get_by_role("button", name="Lưu phiếu"))
    page.wait_for_url(re.compile(r"/de-xuat/[0-9a-z]{26}$"))
    visit.check("a kept offer sheet")
    visit.follow(page.get_by_role("link", name="In phiếu (PDF)"))
    visit.check("an offer sheet to print")
    page.locator("select[name=purpose]").select_option(index=1)
    page.locator("input[name=purpose_text]").fill("Trình hội đồng họp ngày 02/12/2026")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Lấy PDF").click()
    assert taken.value.suggested_filename.startswith("phieu-de-xuat-")


def test_putting_a_need_on_hold_asks_for_the_reason(visit: Visit) -> None:
    visit.sign_in("officer")
    visit.open("/nhu-cau?trang-thai=open")
    visit.follow(visit.page.locator("main tbody a").first)
    visit.follow(visit.page.locator("main a[href*='/chuyen']").first)
    visit.check("a change of state")


def test_a_closed_organisation_can_be_opened_again(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("campaign_admin")
    visit.open("/don-vi/tao")
    page.get_by_label("Tên đơn vị").fill("Trung tâm Kiểm thử")
    page.locator("select[name=kind]").select_option(index=1)
    page.locator("input[name=unit_text]").fill("Lai Châu")
    visit.follow(page.locator("main form button[type=submit]").last)
    page.wait_for_url(re.compile(r"/don-vi/[0-9a-z]{26}(#.*)?$"))
    address = page.url.removeprefix(visit.served.url).split("#")[0]
    visit.open(f"{address}/dong")
    for box, value in zip(page.locator("input[name=last_day]").all(), ("01", "11", "2026"), strict=True):
        box.fill(value)
    page.locator("textarea[name=reason]").fill("Sáp nhập vào đơn vị khác")
    visit.follow(page.locator("main form button[type=submit]").last)
    page.wait_for_url(re.compile(r"/don-vi/[0-9a-z]{26}(#.*)?$"))
    visit.open(f"{address}/mo-lai")
    visit.check("opening an organisation again")


def test_other_shares_are_tried_before_they_go_into_the_form(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("officer")
    visit.open("/nhu-cau?trang-thai=open")
    visit.follow(page.locator("main tbody a").first)
    page.wait_for_url(re.compile(r"/nhu-cau/[0-9a-z]{26}"))
    saved = page.url.removeprefix(visit.served.url) + "/xep-hang"
    visit.open(saved)
    page.locator("#thu summary").click()
    for number in range(1, 6):
        page.locator(f"#ty-trong-{number}").fill("20")
    visit.follow(page.get_by_role("button", name="Thử", exact=True))
    page.get_by_text("Tỷ trọng thử: ").wait_for()
    visit.check("a ranking by other shares")
    visit.follow(page.get_by_role("link", name="Dùng các thay đổi này"))
    page.get_by_role("heading", level=1).wait_for()
    visit.check("the form filled with what was tried")
    assert page.locator("input[name=share_place]").input_value() == "20"
    visit.open(saved)
    assert page.get_by_text("Tỷ trọng thử: ").count() == 0
