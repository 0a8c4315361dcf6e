"""How long a sign-in lasts, what device it is on, and which addresses are one."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from registry.accounts.rules import device_name, folded_email, is_email
from registry.accounts.rules.sign_in import LONGEST, LONGEST_SILENCE, is_live, is_touch_due, token_hash

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seen", "expires", "ended", "live"),
    [
        (AT, AT + LONGEST, None, True),
        (AT - LONGEST_SILENCE + SECOND, AT + SECOND, None, True),
        (AT - LONGEST_SILENCE, AT + SECOND, None, False),
        (AT, AT, None, False),
        (AT, AT + LONGEST, AT, False),
    ],
)
def test_a_sign_in_ends_by_age_by_silence_or_by_hand(
    seen: datetime, expires: datetime, ended: datetime | None, live: bool
) -> None:
    assert is_live(seen, expires, ended, AT) is live


def test_the_last_use_is_not_noted_on_every_page() -> None:
    assert not is_touch_due(AT, AT + timedelta(seconds=60))
    assert is_touch_due(AT, AT + timedelta(minutes=2))


def test_a_token_is_kept_as_a_hash() -> None:
    assert token_hash("a") != token_hash("b")
    assert len(token_hash("\ud800")) == 64


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_two_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_two_spellings_of_an_address_are_one() -> None:
    assert folded_email(" Duyen.Pham@HaiPhong.gov.VN ") == "duyen.pham@haiphong.gov.vn"
    assert folded_email("ａｂ@vidu.vn") == "ab@vidu.vn"
    assert folded_email(unicodedata.normalize("NFD", "đà@vidu.vn")) == folded_email("ĐÀ@vidu.vn")


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("ten@vidu.vn", True),
        ("admin@registry.local", True),
        ("ten", False),
        ("@vidu.vn", False),
        ("ten@", False),
        ("tên@vidu.vn", False),
        ("a b@vidu.vn", False),
        ("ten@vidu.vn\nBcc: x@y.vn", False),
        ("a" * 64 + "@vidu.vn", True),
        ("a" * 65 + "@vidu.vn", False),
        ("a@" + "b." * 130 + "vn", False),
    ],
)
def test_an_address_has_the_shape_of_one(address: str, fine: bool) -> None:
    assert is_email(address) is fine
