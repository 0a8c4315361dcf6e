"""The second factor in a real browser: a first administrator enrols, comes back with a recovery code, proves it again
before something dangerous, and signs in with a passkey that a virtual authenticator keeps.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from tests.journeys.conftest import Served, Visit, watched

pytestmark = pytest.mark.journey


@pytest.fixture
def administrator(served: Served, request: pytest.FixtureRequest) -> dict[str, Any]:
    """An administrator, made by the command; one for each story."""
    email = f"{re.sub('[^a-z]+', '-', request.node.name.lower()).strip('-')}@vidu.vn"
    done = served.command(
        "accounts", "create", "--email", email, "--role", "system_admin", "--scope", "VN", "--json"
    )
    return json.loads(done)


def press(visit: Visit, words: str) -> None:
    visit.follow(visit.page.get_by_role("button", name=words, exact=True).first)


def type_password(visit: Visit, account: dict[str, Any]) -> None:
    visit.open("/dang-nhap")
    visit.page.fill("input[name=email]", account["email"])
    visit.page.fill("input[name=password]", account["password"])
    press(visit, "Đăng nhập")


def enrol(visit: Visit, account: dict[str, Any]) -> list[str]:
    """From the first sign-in to the recovery codes, which are returned."""
    type_password(visit, account)
    assert visit.page.url.endswith("/tai-khoan/hai-lop")
    visit.check("enrolling")
    secret = visit.page.locator("code.secret").inner_text().replace(" ", "")
    account["totp_secret"] = secret
    visit.page.fill("input[name=code]", visit.served.code(account))
    press(visit, "Bật đăng nhập hai lớp")
    visit.check("recovery codes")
    return visit.page.locator(".codes code").all_inner_texts()


def leave(visit: Visit) -> None:
    visit.page.context.clear_cookies()


def test_a_first_administrator_enrols_and_comes_back(visit: Visit, administrator: dict[str, Any]) -> None:
    codes = enrol(visit, administrator)
    assert len(codes) == 10
    visit.follow(visit.page.get_by_role("link", name="Tôi đã giữ các mã"))
    assert visit.page.locator("h1").inner_text() == "Tổng quan"
    leave(visit)
    type_password(visit, administrator)
    visit.check("the second step")
    visit.page.get_by_text("Không có điện thoại bên mình?").click()
    visit.follow(visit.page.get_by_role("link", name="Nhập mã dự phòng"))
    visit.check("a recovery code")
    visit.page.fill("input[name=code]", codes[0])
    press(visit, "Đăng nhập")
    visit.open("/tai-khoan")
    assert "đăng nhập bằng một mã dự phòng" in visit.page.locator("main").inner_text()
    visit.check("one's own account")


def test_a_dangerous_act_asks_again_and_keeps_what_was_typed(
    visit: Visit, administrator: dict[str, Any]
) -> None:
    enrol(visit, administrator)
    visit.open("/nguoi-dung/tao")
    visit.page.fill("input[name=display_name]", "Sùng Thị Máy")
    visit.page.fill("input[name=email]", f"may-{administrator['id'][:6]}@vidu.vn")
    visit.page.select_option("select[name=role]", "officer")
    visit.page.select_option("select[name=unit]", "VN/12/")
    grow_stale(visit.served, administrator)
    press(visit, "Tạo tài khoản")
    visit.check("the question")
    visit.page.fill("input[name=proof_password]", administrator["password"])
    visit.page.fill("input[name=proof_code]", visit.served.code(administrator))
    press(visit, "Xác nhận và tiếp tục")
    assert "Mật khẩu chỉ hiện lần này" in visit.page.locator("main").inner_text()
    grow_stale(visit.served, administrator)
    visit.open("/tai-khoan/mat-khau")
    assert "/tai-khoan/xac-nhan" in visit.page.url
    visit.check("the question before a page")


def grow_stale(served: Served, account: dict[str, Any]) -> None:
    """Let the last proof of an account be long ago; other journeys go on with the sign-ins they share."""
    database = Path(served.environ["REGISTRY_DATA_DIR"]) / "registry.sqlite3"
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE account_session SET proved_at = '2026-01-01 00:00:00.000000'"
                " WHERE account_id = (SELECT id FROM account WHERE email = :email)"
            ),
            {"email": account["email"]},
        )
    engine.dispose()


def virtual_authenticator(visit: Visit) -> Callable[..., Any]:
    """A device inside Chromium that keeps passkeys and verifies the person; returns how to speak to it."""
    send = cast("Callable[..., Any]", visit.cdp.send)  # pyright: ignore[reportUnknownMemberType]
    send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device: str = send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def verified(is_verified: bool) -> None:
        send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": is_verified})

    return verified


def test_a_passkey_is_added_opens_and_is_removed(visit: Visit, administrator: dict[str, Any]) -> None:
    verified = virtual_authenticator(visit)
    enrol(visit, administrator)
    visit.open("/tai-khoan")
    visit.follow(visit.page.get_by_role("link", name="Thêm khóa truy cập"))
    visit.check("adding a passkey")
    visit.page.fill("input[name=name]", "Máy ở cơ quan")
    press(visit, "Tạo khóa")
    assert "Máy ở cơ quan" in visit.page.locator("#khoa").inner_text()
    visit.check("one's own account with a passkey")
    leave(visit)
    visit.open("/dang-nhap?next=/nguoi-dung")
    visit.follow(visit.page.get_by_role("link", name="Đăng nhập bằng khóa truy cập"))
    visit.check("signing in with a passkey")
    verified(False)
    visit.page.get_by_role("button", name="Dùng khóa truy cập").click()
    visit.page.get_by_text("Chưa đọc được khóa").wait_for()
    verified(True)
    press(visit, "Dùng khóa truy cập")
    assert visit.page.url.endswith("/nguoi-dung")
    visit.open("/tai-khoan")
    press(visit, "Bỏ khóa Máy ở cơ quan")
    assert "Chưa có khóa nào" in visit.page.locator("#khoa").inner_text()


def test_without_scripts_passkeys_are_not_offered(served: Served, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    for bare in watched(context, served):
        bare.open("/dang-nhap")
        assert not bare.page.get_by_text("Đăng nhập bằng khóa truy cập").is_visible()
        bare.open("/dang-nhap/khoa")
        assert bare.page.get_by_text("không dùng được khóa truy cập").is_visible()
        assert not bare.page.get_by_role("button", name="Dùng khóa truy cập").is_visible()
