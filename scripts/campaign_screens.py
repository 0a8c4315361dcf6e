"""What people do at the screens of a campaign, in Chromium: whoever runs it, whoever approves it, whoever answers."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from registry.accounts.rules.second_factor import code_of, step_at

_PATIENCE_MS = 120_000
_ROWS = """all => all.map(row => [row.querySelector('th a, th').firstChild.textContent,
                                  row.querySelector('td').textContent])"""

TEXTS = {
    "invitation": (
        "Mời {ten} về làm việc",
        "Chào {ten},\n\n{don_vi} mời bạn xem: {nhu_cau}.\nHỗ trợ: {so_tien}.\nTrả lời trước {han_tra_loi}.",
    ),
    "reminder_1": ("Nhắc {ten}", "Chào {ten},\n\nLời mời còn mở đến {han_tra_loi}: {lien_ket}"),
}


class Administrator:
    """A campaign administrator at a desk."""

    def __init__(self, browser: Browser, at: Callable[[str], str], account: Mapping[str, str]) -> None:
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.page.set_default_timeout(_PATIENCE_MS)
        self.at, self.account = at, account

    def sign_in(self) -> None:
        """With password and code."""
        self.page.goto(self.at("/dang-nhap"))
        self.page.fill("input[name=email]", self.account["email"])
        self.page.fill("input[name=password]", self.account["password"])
        press(self.page, "main form button[type=submit]")
        self.page.fill("input[name=code]", self._code())
        press(self.page, "main form button[type=submit]")

    def save_search(self, name: str, address: str) -> None:
        """Look for people and keep the search."""
        self.page.goto(self.at(f"/ung-vien?{address}"))
        press(self.page, "a:has-text('Lưu bộ tìm')")
        self.page.fill("#ten", name)
        press(self.page, "button:has-text('Lưu bộ tìm')")

    def compose(self, title: str, needs: list[str], days: tuple[date, date]) -> str:
        """A draft with a goal, needs, policies and money; its public id."""
        page = self.page
        page.goto(self.at("/chien-dich/tao"))
        typed = {
            "title": title,
            "legal_basis": "Kế hoạch để thử",
            "about": "Người nhận là giả định.",
            "goals-0-of": "Mọi nghề",
            "goals-0-people": "60",
            "lines-0-name": "Truyền thông",
            "lines-0-planned": "1.200.000.000",
            "per_hour": "5000",
        }
        for name, words in typed.items():
            page.fill(f"[name='{name}']", words)
        page.select_option("select[name=office]", "unit:VN/12/")
        for name, day in zip(("starts_on", "ends_on"), days, strict=True):
            for box, words in enumerate((f"{day:%d}", f"{day:%m}", f"{day:%Y}")):
                page.locator(f"input[name={name}]").nth(box).fill(words)
        for need in needs:
            page.check(f"input[name=needs][value='{need}']")
        page.check("input[name=policies] >> nth=0")
        press(page, "button:has-text('Lưu bản nháp')")
        return page.url.rsplit("/", 1)[1].split("?")[0]

    def decide(self, ma: str, words: str) -> None:
        """Press one of the buttons that change the state."""
        self.page.goto(self.at(f"/chien-dich/{ma}"))
        press(self.page, f"button:has-text('{words}')")

    def choose_people(self, ma: str) -> str:
        """Every search that was kept becomes a group of the audience; what the page says of it then."""
        self.page.goto(self.at(f"/chien-dich/{ma}/gui"))
        while self.page.locator("button:has-text('Thêm nhóm')").count():
            press(self.page, "button:has-text('Thêm nhóm')")
        return self.page.inner_text("#doi-tuong p:has-text('Lúc này')")

    def write(self, ma: str, step: str) -> str:
        """The text of a step; how many letters the preview shows, and what happened when a trial was sent."""
        subject, body = TEXTS[step]
        self.page.goto(self.at(f"/chien-dich/{ma}/thu-moi/{step}/vi"))
        self.page.fill("[name=subject]", subject)
        self.page.fill("[name=body]", body)
        press(self.page, "button:has-text('Lưu bản mới')")
        shown = self.page.locator("main .pre").all_inner_texts()
        press(self.page, "button:has-text('Gửi thử cho tôi')")
        return shown[0] if shown else ""

    def order(self, ma: str, letter: str) -> None:
        """Order a step, proving again who one is where the page asks."""
        self.page.goto(self.at(f"/chien-dich/{ma}/gui"))
        press(self.page, f"button:has-text('Gửi {letter}')")
        if self.page.locator("input[name=proof_password]").count():
            self.page.fill("input[name=proof_password]", self.account["password"])
            self.page.fill("input[name=proof_code]", self._code())
            press(self.page, "main form button[type=submit]")

    def funnel(self, ma: str, need: str = "") -> dict[str, int]:
        """The funnel as the page tells it."""
        self.page.goto(self.at(f"/chien-dich/{ma}" + (f"?nhu-cau={need}" if need else "")))
        rows: list[Any] = self.page.eval_on_selector_all("#pheu tbody tr", _ROWS)
        return {name.strip(): int(re.sub(r"\D", "", count) or 0) for name, count in rows}

    def told(self) -> str:
        """The alerts of the home page."""
        self.page.goto(self.at("/"))
        alerts = self.page.locator("#thong-bao")
        return alerts.inner_text() if alerts.count() else ""

    def _code(self) -> str:
        return code_of(self.account["totp_secret"], step_at(datetime.now(UTC)))


def answer_on_a_phone(browser: Browser, links: list[str]) -> int:
    """Follow each link on a phone: read on, say yes to the first need, send; of how many the answer was kept."""
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.set_default_timeout(_PATIENCE_MS)
    kept = 0
    for link in links:
        phone.goto(link)
        press(phone, "text=Xem nội dung lời mời")
        phone.check("input[name=answer][value=interested]")
        phone.check("input[name=need] >> nth=0")
        press(phone, "text=Gửi câu trả lời")
        kept += "Đã nhận câu trả lời" in phone.content()
    phone.close()
    return kept


def press(page: Page, what: str) -> None:
    """Press something that leads to a page."""
    with page.expect_navigation():
        page.locator(what).first.click()
