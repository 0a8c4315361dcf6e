"""An administrator composes a policy of three groups, tries it and submits it; a second one approves; everybody reads it."""

import re
from typing import Any, cast

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

ADMIN = "/chinh-sach/quan-tri"
TITLE = "Thu hút nhân lực Quảng Ninh (minh họa)"


def fill(page: Page, **typed: Any) -> None:
    """Type into the fields with these names: texts, the three parts of a day, what is chosen."""
    for name, value in typed.items():
        boxes = page.locator(f"main [name='{name}']")
        kind = boxes.first.evaluate("box => box.type")
        if isinstance(value, list):
            for number, part in enumerate(cast("list[str]", value)):
                boxes.nth(number).fill(part)
        elif kind == "select-one":
            boxes.select_option(value)
        elif kind in ("radio", "checkbox"):
            page.locator(f"main [name='{name}'][value='{value}']").check()
        else:
            boxes.fill(value)


class Composer:
    """Somebody at the pages of one draft."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page

    def press(self, name: str, inside: Locator | None = None) -> None:
        """Press the first link or button whose name begins so."""
        self.unfold()
        said = re.compile("^" + re.escape(name))
        place = inside or self.page.locator("main")
        self.visit.follow(
            place.get_by_role("link", name=said).or_(place.get_by_role("button", name=said)).first
        )

    def unfold(self) -> None:
        """Open what is folded on a phone, as a finger would."""
        closed = self.page.locator("main details.fold:not([open]) > summary:visible")
        while closed.count():
            closed.first.click()

    def send(self, **typed: Any) -> None:
        """Fill the form and send it."""
        fill(self.page, **typed)
        self.visit.follow(self.page.locator("main form button.primary").first)

    def card(self, group: str) -> Locator:
        """The part of the page that is about a group."""
        return self.page.locator("section", has=self.page.get_by_role("heading", name=group, exact=True))

    def rule(self, group: str, *conditions: tuple[str, dict[str, Any]]) -> None:
        """Give a group its conditions."""
        self.press("Thêm điều kiện", self.card(group))
        for fact, typed in conditions:
            self.press("Thêm điều kiện")
            self.press(fact)
            self.send(**typed)

    def benefit(self, group: str, kind: str, **typed: Any) -> None:
        """Give a group a benefit."""
        self.press("Thêm khoản hưởng", self.card(group))
        self.press(kind)
        self.send(**typed)


def test_a_policy_is_composed_tried_approved_by_a_second_person_and_read(visit: Visit) -> None:
    at, page = Composer(visit), visit.page
    visit.sign_in("campaign_admin")
    visit.open(ADMIN)
    at.press("Lập chính sách mới")
    page.get_by_label("Thêm đơn vị theo tên").fill("Quảng Ninh")
    about = {"code": "QN-99-2026", "title": TITLE, "purpose": "attract", "document": "HN-92-2026"}
    day = {"effective_from": ["1", "10", "2026"]}
    at.send(**about, **day, group_title="Tiến sĩ", group_clause="Điều 3 khoản 1")
    degree = ("Bằng cấp", {"op": ">=", "codes": "TS", "clause": "Điều 3 khoản 1"})
    at.rule("Tiến sĩ", degree, ("Tuổi", {"op": "<=", "number": "40", "as_of": "apply"}))
    expect(page.get_by_text("VÀ Không quá 40 tuổi vào ngày nộp hồ sơ")).to_be_visible()
    at.press("Gộp vào «một trong»: Không quá 40 tuổi")
    at.unfold()
    page.locator("li").get_by_role("link", name="Thêm điều kiện").click()
    at.press("Chức danh khoa học")
    at.send(op=">=", codes="PGS")
    visit.check("a rule")
    at.press("Về trang soạn")
    at.benefit("Tiến sĩ", "Số lần mức lương", text="Một lần khi nhận việc", times="500", of="base_salary")
    for group, code in (("Thạc sĩ", "THS"), ("Sinh viên giỏi", "DH")):
        at.press("Thêm nhóm")
        at.send(group_title=group, commitment="years", years="5")
        at.rule(group, ("Bằng cấp", {"op": ">=", "codes": code}))
        at.press("Về trang soạn")
        at.benefit(group, "Một số tiền", text=f"Hỗ trợ {group}", low="100.000.000")
    visit.check("a draft")
    expect(page.get_by_text("Không còn gì thiếu.")).to_be_visible()
    at.press("Thử")
    at.press("Tiến sĩ 34 tuổi")
    expect(page.get_by_text("500 × 2.530.000").first).to_be_visible()
    visit.check("the bench")
    at.press("Cả sổ đăng ký")
    expect(page.get_by_text("Đã xét")).to_be_visible()
    visit.check("the bench on the register")
    visit.open(f"{ADMIN}/QN-99-2026")
    at.press("Gửi duyệt")
    visit.sign_in("second_admin")
    visit.open(f"{ADMIN}/QN-99-2026")
    at.press("Duyệt và ban hành")
    at.press("Duyệt và ban hành")
    page.context.clear_cookies()
    visit.open("/chinh-sach/QN-99-2026")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("Sinh viên giỏi").first).to_be_visible()
    visit.check("the public page")
