"""Searching as an officer does: unmarked words, what was understood, two facets, why, compare, shortlist."""

import re

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


def search(visit: Visit, words: str) -> None:
    """Type words and send them."""
    visit.page.get_by_role("searchbox").fill(words)
    visit.follow(visit.page.get_by_role("button", name="Tìm kiếm"))
    visit.page.get_by_text("Đã hiểu là").wait_for()


def narrow(visit: Visit, name: str) -> int:
    """Tick the option of a facet that most people have, apply; how many the count promised."""
    page = visit.page
    page.evaluate(
        "document.querySelectorAll('details.filters, details.facet').forEach(box => box.open = true)"
    )
    options = page.locator(f"label:has(input[name={name}]:not(:disabled)):visible").all()
    best = max(options, key=count_beside)
    promised = count_beside(best)
    best.locator("input").check()
    visit.follow(page.get_by_role("button", name="Áp dụng").first)
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    return promised


def count_beside(option: Locator) -> int:
    """The number beside an option."""
    return int(option.locator(".c").inner_text().replace(".", ""))


def test_an_officer_searches_narrows_compares_and_shortlists(each_width: Visit) -> None:
    visit = each_width
    page = visit.page
    width = (page.viewport_size or {"width": 0})["width"]
    visit.sign_in("officer")
    visit.open("/ung-vien")
    visit.check("all people")
    search(visit, "ky su du lieu tieng nhat")
    understood = page.locator(".understood").inner_text()
    assert "Kỹ thuật dữ liệu và Tiếng Nhật" in understood
    visit.check("a search understood")
    narrow(visit, "noi_o")
    promised = narrow(visit, "cap_nhat")
    assert page.locator("#ket-qua").inner_text().startswith(f"{promised} ")
    page.get_by_text("Xem cách khớp").first.click()
    assert page.get_by_text(re.compile("Bạn gõ «.*», hiểu là")).first.is_visible()
    visit.check("a search narrowed")
    for box in page.locator("input[name=nguoi]").all()[:2]:
        box.check()
    visit.follow(page.get_by_role("button", name="So sánh 2–4 người"))
    page.get_by_role("heading", name="So sánh 2 ứng viên").wait_for()
    visit.check("two people compared")
    page.get_by_label("So với nhu cầu").select_option(index=1)
    visit.follow(page.get_by_role("button", name="Áp dụng"))
    page.get_by_text("Các phần của điểm").wait_for()
    visit.check("two people compared against a need")
    visit.follow(page.get_by_role("button", name="Thêm tất cả vào danh sách rút gọn"))
    visit.check("choosing a shortlist")
    page.get_by_label("Danh sách mới", exact=True).check()
    page.get_by_label("Tên danh sách mới").fill(f"Dữ liệu {width}")
    visit.follow(page.get_by_role("button", name="Thêm vào danh sách"))
    page.get_by_role("heading", name=f"Dữ liệu {width}").wait_for()
    assert page.locator("article").count() == 2
    visit.check("a shortlist")
    visit.follow(page.get_by_role("button", name="Hoàn tác"))
    page.get_by_text("Đã hoàn tác với 2 người").wait_for()


def test_a_search_is_saved_and_one_in_vain_is_kept(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("officer")
    visit.open("/ung-vien?q=ke+toan&xem=bang")
    visit.check("people as a table")
    page.locator("input[name=nguoi]").first.check()
    visit.follow(page.get_by_role("button", name="Giữ để xuất"))
    visit.check("keeping a selection")
    page.get_by_label("Xuất để làm gì").fill("Gửi hội đồng tuyển chọn")
    visit.follow(page.get_by_role("button", name="Giữ lựa chọn"))
    page.get_by_text("Đã giữ lựa chọn").wait_for()
    visit.check("a selection")
    visit.follow(page.get_by_role("link", name="Xuất", exact=True))
    page.get_by_label("Dùng để làm gì").select_option("panel")
    visit.check("asking for a file")
    visit.follow(page.get_by_role("button", name="Xuất", exact=True))
    visit.check("a file to take")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải tệp").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    visit.open("/ung-vien?q=ke+toan")
    visit.follow(page.get_by_role("link", name="Lưu bộ tìm"))
    visit.check("saving a search")
    page.get_by_label("Tên bộ tìm").fill("Kế toán")
    visit.follow(page.get_by_role("button", name="Lưu bộ tìm"))
    page.get_by_text("Đã lưu bộ tìm").wait_for()
    visit.open("/bo-tim")
    visit.check("saved searches")
    visit.open("/ung-vien?q=ky+su+du+lieu+tieng+nhat&tat_ca=1&trinh_do=1&kn_tu=50")
    visit.check("nobody found")
    visit.follow(page.get_by_role("button", name="Ghi lại là nhu cầu chưa có người"))
    page.get_by_text("Đã ghi lại").wait_for()


def test_codes_pasted_to_a_new_list_are_told_line_by_line_and_added(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("officer")
    visit.open("/ung-vien")
    visit.follow(page.locator("article h3 a").first)
    code = page.get_by_text(re.compile(r"^HS-\d+$")).first.inner_text()
    visit.open("/danh-sach")
    visit.check("all lists, and a new one")
    page.locator("summary", has_text="Lập danh sách trống").click()
    page.get_by_label("Tên danh sách").fill("Từ công văn")
    visit.follow(page.get_by_role("button", name="Lập danh sách trống"))
    visit.follow(page.get_by_role("link", name="Dán nhiều mã"))
    visit.check("a box to paste into")
    page.get_by_label("Mã hồ sơ hoặc địa chỉ thư điện tử").fill(f"{code}\nHS-1; khong-co@vidu.vn")
    visit.follow(page.get_by_role("button", name="Kiểm tra từng dòng"))
    assert page.get_by_text("Không tìm thấy, hoặc ngoài phạm vi").count() == 2
    visit.check("pasted codes told line by line")
    page.get_by_label("Ghi chú chung").fill("theo công văn")
    visit.follow(page.get_by_role("button", name="Thêm 1 người vào danh sách"))
    page.get_by_text("2 mã không dẫn đến hồ sơ nào").wait_for()
    assert page.locator("article").count() == 1
    assert page.get_by_label("Ghi chú", exact=False).first.input_value() == "theo công văn"
