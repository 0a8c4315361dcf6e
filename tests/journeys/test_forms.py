"""The forms most used, each sent wrong once as a phone and once at a desk: the summary is read first, every line of
it leads to its field, nothing typed is lost, and the page in error is as accessible as any other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

# Where the first row of a list leads; forms of one person or one need begin there.
FIRST = {
    "person": ("/ung-vien", "main article h3 a"),
    "draft": ("/nhu-cau?trang-thai=draft", "main tbody th a"),
}


@dataclass(frozen=True)
class Wrong:
    """A form sent wrong: who sends it, where it is, what is typed into which field, which button sends it.

    `of` = the list whose first row the address begins with; `refused` = the fields the summary must name.
    """

    role: str | None
    path: str
    refused: tuple[str, ...]
    of: str = ""
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    lost: tuple[str, ...] = ()
    button: str | None = None


NEW_NEED = {"title": "Kỹ sư dữ liệu", "headcount": "2", "legal_basis": "Đề án vị trí việc làm"}
FORMS = {
    "signing in": Wrong(None, "/dang-nhap", ("email",), typed={"email": "sai@vidu.example", "password": "sai-hoan-toan"}, lost=("password",)),
    "a new person": Wrong("officer", "/ung-vien/tao", ("legal_basis", "full_name"), typed={"external_id": "KT-1", "headline": "Kỹ sư"}),
    "a skill": Wrong("officer", "/ky-nang/tao", ("typed",), of="person", typed={"since_year": "2019"}),
    "evidence": Wrong("officer", "/minh-chung/tao", ("title",), of="person", typed={"number": "VB-123", "issuer": "Đại học Bách khoa"}),
    "contacts": Wrong("officer", "/lien-he", ("email",), of="person", typed={"email": "khong phai thu"}),
    "consent": Wrong("officer", "/dong-y", ("purposes",), of="person"),
    "a new need": Wrong("officer", "/nhu-cau/tao", ("organisation",), typed=NEW_NEED),
    "a changed need": Wrong("officer", "/sua", ("title",), of="draft", typed={"title": "", "headcount": "3"}),
    "a skill of a need": Wrong("officer", "/sua", ("skills-0-typed",), of="draft", typed={"skills-0-typed": "kế toán " * 40 + "x"}),
    "an upload": Wrong("officer", "/nhap-excel", ("file",), button="Tải lên"),
    "a new account": Wrong("system_admin", "/nguoi-dung/tao", ("email", "role", "unit"), typed={"display_name": "Vàng A Thử", "email": "khong-phai-thu"}),
    "who registers": Wrong("newcomer", "/dang-ky", ("audience",)),
    "a new organisation": Wrong("campaign_admin", "/don-vi/tao", ("name",), typed={"unit_text": "Lai Châu"}),
}  # fmt: skip


def address_of(visit: Visit, form: Wrong) -> str:
    """Where the form is; of one person or need: the first of the list."""
    if not form.of:
        return form.path
    listing, link = FIRST[form.of]
    visit.open(listing)
    found = visit.page.locator(link).first.get_attribute("href") or ""
    return re.split(r"[?#]", found)[0] + form.path


def fill(visit: Visit, typed: Mapping[str, str]) -> None:
    """Type into text fields, choose in lists."""
    for name, text in typed.items():
        control = visit.page.locator(f"main [name='{name}']:not([type=hidden])").first
        if control.evaluate("box => box.tagName") == "SELECT":
            control.select_option(text)
        else:
            control.fill(text)


def send(visit: Visit, button: str | None) -> None:
    """Press the named button or the main one of the page's form."""
    form = visit.page.locator("main form[method=post]")
    named = form.get_by_role("button", name=button) if button else form.locator(".btn.primary[type=submit]")
    visit.follow(named.first)
    visit.page.locator("[role=alert][data-focus]").wait_for()
    # Chromium notes the 422 itself on the console; that is the status we want.
    visit.complaints[:] = [line for line in visit.complaints if "status of 4" not in line]


def leads_to_its_field(visit: Visit, link: str) -> bool:
    """Follow a line of the summary; true when the keyboard stands in the field it names."""
    visit.page.locator(f"[data-focus] a[href='{link}']").first.click()
    return bool(
        visit.page.evaluate(
            "id => document.getElementById(id).contains(document.activeElement)", link.removeprefix("#")
        )
    )


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_wrong_says_what_to_mend_and_keeps_what_was_typed(visit: Visit, name: str) -> None:
    form, page = FORMS[name], visit.page
    if form.role is not None:
        visit.sign_in(form.role)
    visit.open(address_of(visit, form))
    fill(visit, form.typed)
    send(visit, form.button)
    assert page.title().startswith("Lỗi: ")
    assert page.evaluate("document.activeElement.matches('[data-focus]')"), "the summary has the focus"
    links = [link.get_attribute("href") or "" for link in page.locator("[data-focus] a").all()]
    named = {link.removeprefix("#") for link in links}
    assert set(form.refused) <= named, named
    visit.check(f"{name} in error")
    for link in links:
        assert leads_to_its_field(visit, link), link
    kept = {
        label: page.locator(f"main [name='{label}']:not([type=hidden])").first.input_value()
        for label in form.typed
    }
    assert kept == {label: "" if label in form.lost else text for label, text in form.typed.items()}
