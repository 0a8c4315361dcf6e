"""What is done by letter, on one machine without a mail server: an account, a forgotten password, another address, an
invitation. Every page on the way is looked at.
"""

import re
import time

import pytest

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

CHOSEN, NEW = "một câu thật dài khó đoán", "một câu hoàn toàn khác"
INBOX = "/hop-thu-minh-hoa"
_LONGEST_WAIT = 70  # seconds: the worker looks at once, and again every minute


def open_letter(visit: Visit, to: str, subject: str) -> None:
    """The newest letter with that subject to that address, once it has come."""
    page, end = visit.page, time.monotonic() + _LONGEST_WAIT
    row = page.locator("tbody tr", has_text=to).filter(has_text=subject)
    visit.open(INBOX)
    while row.count() == 0:
        assert time.monotonic() < end, f"no letter «{subject}»"
        page.wait_for_timeout(300)
        visit.open(INBOX)
    visit.check("the inbox")
    visit.follow(row.first.get_by_role("link"))
    visit.check(f"the letter «{subject}»")


def follow_link(visit: Visit, begins: str) -> None:
    """Follow the link of the letter that is open."""
    visit.follow(visit.page.locator(f"main a[href^='{begins}']").first)


def send(visit: Visit, **fields: str) -> None:
    """Fill in the form of the page and send it."""
    for name, value in fields.items():
        visit.page.fill(f"main [name={name}]", value)
    visit.follow(visit.page.locator("main form button[type=submit]").first)


def register(visit: Visit, email: str) -> None:
    """From the sign-in page to a code in the mailbox and an account."""
    page = visit.page
    visit.open("/dang-nhap")
    visit.follow(page.get_by_role("link", name="Đăng ký tài khoản"))
    visit.check("registering")
    send(visit, display_name="Lò Thị Mai", email=email, password="ngắn")
    assert visit.violations() == []
    visit.check_width("registering, with a mistake")
    visit.complaints.clear()  # the browser notes every answer of 422
    assert page.input_value("main [name=email]") == email
    send(visit, password=CHOSEN)
    visit.check("look into your mailbox")
    open_letter(visit, email, "Xác nhận địa chỉ thư")
    code = re.search(r"\b[0-9]{6}\b", page.locator("main").inner_text())
    assert code is not None
    follow_link(visit, "/dang-ky/tai-khoan/lien-ket/")
    visit.check("confirming by the link")
    visit.open("/dang-ky/tai-khoan/xac-nhan")
    send(visit, code=code[0])
    visit.open("/tai-khoan")
    assert email in page.locator("main").inner_text()


def test_an_account_its_password_and_its_address_by_letter(visit: Visit) -> None:
    page = visit.page
    email, other = "mai@vidu.vn", "maimoi@vidu.vn"
    register(visit, email)
    visit.follow(page.locator("main a[href='/tai-khoan/thu-dien-tu']"))
    visit.check("another address")
    send(visit, email=other, current=CHOSEN)
    open_letter(visit, other, "Xác nhận địa chỉ thư mới")
    follow_link(visit, "/xac-nhan-thu/")
    visit.check("confirming another address")
    send(visit)
    assert other in page.locator("main").inner_text()
    page.context.clear_cookies()
    visit.open("/dang-nhap")
    visit.follow(page.get_by_role("link", name="Quên mật khẩu?"))
    visit.check("a forgotten password")
    send(visit, email=other)
    visit.check("a letter for a new password")
    open_letter(visit, other, "Đặt mật khẩu mới")
    follow_link(visit, "/quen-mat-khau/")
    address = page.url
    visit.check("a new password")
    send(visit, password=NEW, again=NEW)
    send(visit, email=other, password=NEW)
    page.wait_for_url(re.compile(r".*(?<!dang-nhap)$"))
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 410
    assert visit.violations() == []


def test_an_officer_invites_and_the_person_takes_the_record_over(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("officer")
    visit.open("/ung-vien")
    for href in [one.get_attribute("href") for one in page.locator("main article h3 a").all()]:
        visit.open(str(href))
        if page.get_by_role("button", name="Mời nhận hồ sơ").count():
            break
    address = page.locator("main aside dd", has_text="@").first.inner_text()
    visit.follow(page.get_by_role("button", name="Mời nhận hồ sơ"))
    visit.check("a record whose person was invited")
    page.context.clear_cookies()
    open_letter(visit, address, "Mời bạn nhận hồ sơ")
    follow_link(visit, "/loi-moi/")
    visit.check("taking a record over")
    send(visit, password=CHOSEN, again=CHOSEN)
    visit.open("/tai-khoan")
    assert address in page.locator("main").inner_text()
    visit.sign_in("system_admin")
    visit.open("/he-thong/thu")
    visit.check("the queue of letters")
