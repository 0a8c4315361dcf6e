"""Somebody registers in a browser: as a phone and at a desk, in English, with a second browser, without a network,
without scripts; every page of the way is looked at.
"""

import json
import re
from itertools import count

import pytest
from playwright.sync_api import Browser

from tests.factories import cvs
from tests.journeys.conftest import WIDTHS, Served, Visit, watched

pytestmark = pytest.mark.journey
_numbers = count(1)
_CCCD = "001188456789"


def newcomer(served: Served) -> str:
    """A new account of somebody who wants to register; the name of its entry among the accounts."""
    name = f"newcomer {next(_numbers)}"
    email = f"nguoi-moi-{next(_numbers)}@minhhoa.example"
    made = served.command(
        "accounts",
        "create",
        "--email",
        email,
        "--role",
        "candidate",
        "--scope",
        "VN",
        "--name",
        "Trần Lan Anh",
        "--json",
    )
    served.accounts[name] = json.loads(made)
    return name


def main_button(visit: Visit) -> None:
    """Press the main button of the page and be on the next."""
    visit.follow(visit.page.locator("main .btn.primary").first)


def at(visit: Visit, heading: str) -> None:
    """Be on the page of this heading, and look at it."""
    visit.page.get_by_role("heading", level=1, name=heading).wait_for()
    visit.check(heading)


def agree(visit: Visit, anonymous: bool = False) -> None:
    """From the first page to the end of the consents."""
    visit.page.locator("input[name=purposes][value=registry]").check()
    visit.page.locator("input[name=purposes][value=matching]").check()
    visit.page.locator(f"input[name=visibility][value={'anonymous' if anonymous else 'named'}]").check()
    main_button(visit)


def test_somebody_abroad_registers_in_english_and_goes_on_in_another_browser(
    visit: Visit, chromium: Browser, served: Served
) -> None:
    name, page = newcomer(served), visit.page
    visit.sign_in(name)
    visit.follow(page.get_by_role("button", name="EN"))
    at(visit, "Register your profile")
    page.check("input[value=overseas]")
    main_button(visit)
    at(visit, "Your profile")
    main_button(visit)
    at(visit, "What may your information be used for?")
    assert page.locator("main input:checked").count() == 0
    main_button(visit)
    refused = [link.get_attribute("href") for link in page.locator("[data-focus] a").all()]
    assert refused == ["#visibility"]
    visit.complaints[:] = [line for line in visit.complaints if "status of 4" not in line]
    agree(visit, anonymous=True)
    at(visit, "Who are you?")
    page.fill("input[name=full_name]", "Trần Lan Anh")
    page.locator("#da-luu").filter(has_text="Saved at").wait_for()
    visit.check("a form that kept itself")
    page.fill("input[name=residence_country]", "Germany")
    page.fill("input[name=residence]", "München")
    page.locator("input[name=birth]").nth(2).fill("1990")
    main_button(visit)
    at(visit, "How can we reach you?")
    page.fill("input[name=phone]", "+49 89 2180 0")
    visit.follow(page.get_by_role("button", name="Save and finish later"))
    at(visit, "Your profile")
    _goes_on_elsewhere(chromium, served, name)


def _goes_on_elsewhere(chromium: Browser, served: Served, name: str) -> None:
    """The same person with another browser: nothing is lost, and the profile is sent."""
    for other in watched(chromium.new_context(viewport={"width": 390, "height": 800}), served, WIDTHS):
        other.type_password(served.accounts[name])
        page = other.page
        other.follow(page.get_by_role("button", name="EN"))
        at(other, "Your profile")
        page.get_by_text("You go on from another device").wait_for()
        _fills_in_from_a_cv(other)
        other.open("/dang-ky/ky-nang")
        page.fill("textarea[name=more]", "an toàn")
        other.follow(page.locator("button[value=add]"))
        at(other, "Which skills are yours?")
        page.locator(".skcard").first.locator(".lvpick label").nth(3).click()
        main_button(other)
        at(other, "Which languages do you know?")
        main_button(other)
        at(other, "Where have you worked?")
        for part, heading in (
            ("hoc-van/tao", "Where did you study?"),
            ("ban-la-ai", "Register your profile"),
        ):
            other.open(f"/dang-ky/{part}")
            at(other, heading)
        other.open("/dang-ky/nguyen-vong")
        page.check("input[name=state][value=available]")
        page.check("input[name=remote]")
        main_button(other)
        at(other, "Check your answers before sending")
        main_button(other)
        at(other, "Your profile was received")
        assert re.search(r"HS-\d{5}", page.locator(".panel").inner_text())
        receipt = page.context.request.get(served.url + "/dang-ky/xong/bien-nhan.pdf")
        assert receipt.body().startswith(b"%PDF-")
        main_button(other)
        at(other, "My page")
        page.get_by_text(re.compile(r"You meet \d+/\d+ requirements")).first.wait_for()


def _fills_in_from_a_cv(visit: Visit) -> None:
    """The CV of a made-up person: what was typed before stays, all else of it comes into the profile."""
    page = visit.page
    visit.follow(page.get_by_role("link", name="Fill in from your CV"))
    at(visit, "Fill in from your CV")
    page.set_input_files(
        "input[name=file]", {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": cvs.pdf()}
    )
    main_button(visit)
    at(visit, "Look at what we could read")
    page.get_by_text("Data Engineer · Isar University Hospital").wait_for()
    assert page.locator("main input[name$='-on']:checked").count() == 0
    visit.follow(page.get_by_role("link", name="Tick everything that was read clearly"))
    assert page.locator("main input[name$='-on']:checked").count() > 0
    main_button(visit)
    at(visit, "Your profile")


def test_without_a_network_the_form_stays_and_says_so(visit: Visit, served: Served) -> None:
    page = visit.page
    visit.sign_in(newcomer(served))
    page.check("input[value=expert]")
    main_button(visit)
    visit.open("/dang-ky/ban-than")
    page.context.set_offline(True)
    page.fill("input[name=full_name]", "Lò Thị Mai")
    page.get_by_text("Chưa gửi được").wait_for()
    page.locator("main .btn.primary").first.click()
    assert page.locator("input[name=full_name]").input_value() == "Lò Thị Mai"
    page.context.set_offline(False)
    page.locator("#da-luu").filter(has_text="Đã lưu lúc").wait_for()
    visit.complaints.clear()  # that there was no network is what the browser wrote
    main_button(visit)
    at(visit, "Liên hệ với bạn bằng cách nào?")


def test_two_windows_that_save_the_same_task_show_both_versions(
    visit: Visit, served: Served, chromium: Browser
) -> None:
    name, page = newcomer(served), visit.page
    visit.sign_in(name)
    page.check("input[value=expert]")
    main_button(visit)
    visit.open("/dang-ky/lien-he")
    page.fill("input[name=email]", "mot@minhhoa.example")
    page.get_by_text(
        "Đã lưu lúc"
    ).first.wait_for()  # it saved by itself: what the other window opens is a later version
    for other in watched(chromium.new_context(), served):
        other.type_password(served.accounts[name])
        other.open("/dang-ky/lien-he")
        other.page.fill("input[name=email]", "hai@minhhoa.example")
        main_button(other)
    page.locator("main .btn.primary").first.click()
    at_conflict = page.get_by_role("heading", level=1, name="Hai bản của mục")
    at_conflict.or_(page.get_by_role("heading", level=1, name="Giấy tờ tùy thân của bạn")).first.wait_for()
    assert at_conflict.count() == 1
    visit.complaints[:] = [line for line in visit.complaints if "status of 4" not in line]
    visit.check("two versions")
    main_button(visit)
    at(visit, "Giấy tờ tùy thân của bạn")


def test_without_scripts_somebody_registers_and_an_officer_settles_a_double_number(
    phone_without_scripts: Visit, desk: Visit, served: Served
) -> None:
    visit = phone_without_scripts
    for _time in range(2):
        _register_without_scripts(visit, newcomer(served))
    desk.sign_in("officer")
    desk.follow(desk.page.get_by_role("link", name="Xem đăng ký"))
    at(desk, "Đăng ký chờ xem")
    desk.follow(desk.page.get_by_role("link", name="Xem và quyết định").first)
    at(desk, "Đăng ký HS-")
    desk.page.check("input[value=other]")
    main_button(desk)
    at(desk, "Đăng ký chờ xem")


def _register_without_scripts(visit: Visit, name: str) -> None:
    page = visit.page
    visit.sign_in(name)
    page.check("input[value=cadre]")
    main_button(visit)
    visit.open("/dang-ky/dong-y")
    visit.check_width("the notice to officials")
    main_button(visit)
    page.fill("input[name=full_name]", "Lò Văn Đôi")
    page.fill("input[name=residence]", "Lai Châu")
    main_button(visit)
    main_button(visit)
    page.fill("input[name=number]", _CCCD)
    main_button(visit)
    page.select_option("select[name=kind]", "civil_servant")
    main_button(visit)
    visit.open("/dang-ky/kiem-tra")
    visit.check_width("check")
    main_button(visit)
    page.get_by_role("heading", level=1, name="Đã nhận hồ sơ của bạn").wait_for()
    visit.open("/toi")
    visit.check_width("one's own page")
    visit.follow(page.get_by_role("link", name="CV của tôi"))
    visit.check_width("one's own CV")
