"""How an installation names its mail server, and what it refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from registry.config import MailServer, Misconfigured, Settings, check_settings, load_settings

SENDER = "Sở Nội vụ <so@vidu.vn>"


@pytest.fixture
def plain(tmp_path: Path) -> Settings:
    return Settings("sqlite://", tmp_path, "s" * 40, ("k" * 40,), "http://localhost")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://thu.vidu.vn", MailServer("thu.vidu.vn", 25, "", "", False, False)),
        (
            "smtps://ban:mat%3Akhau@thu.vidu.vn",
            MailServer("thu.vidu.vn", 465, "ban", "mat:khau", True, False),
        ),
        ("smtp://b:m@thu.vidu.vn:587?starttls", MailServer("thu.vidu.vn", 587, "b", "m", False, True)),
        ("smtp://b:m@127.0.0.1:2525", MailServer("127.0.0.1", 2525, "b", "m", False, False)),
    ],
)
def test_a_server_is_read_from_its_address(plain: Settings, url: str, server: MailServer) -> None:
    settings = replace(plain, smtp_url=url, mail_from=SENDER)
    check_settings(settings)
    assert settings.mail_server == server


@pytest.mark.parametrize(
    "url",
    [
        "thu.vidu.vn:25",
        "http://thu.vidu.vn",
        "smtp://",
        "smtp://thu.vidu.vn:cong",
        "smtp://b:m@thu.vidu.vn:25",
        "smtps://b:m%E1%BA%ADt@thu.vidu.vn",
    ],
)
def test_an_address_that_is_none_or_would_show_its_password_is_refused(plain: Settings, url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        check_settings(replace(plain, smtp_url=url, mail_from=SENDER))
    assert "b:m" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "so", "so@", "@vidu.vn", "so@vidu.vn\nBcc: x@vidu.vn", "a b@vidu.vn"])
def test_a_sender_that_is_none_is_refused(plain: Settings, sender: str) -> None:
    with pytest.raises(Misconfigured):
        check_settings(replace(plain, mail_from=sender))


def test_a_server_needs_a_sender(plain: Settings) -> None:
    with pytest.raises(Misconfigured, match="REGISTRY_MAIL_FROM"):
        check_settings(replace(plain, smtp_url="smtp://thu.vidu.vn"))


def test_without_a_server_letters_stay_here(tmp_path: Path) -> None:
    settings = load_settings({"REGISTRY_DATA_DIR": str(tmp_path)})
    assert settings.mail_server is None
    read = load_settings(
        {
            "REGISTRY_DATA_DIR": str(tmp_path),
            "REGISTRY_SMTP_URL": "smtp://thu.vidu.vn",
            "REGISTRY_MAIL_FROM": SENDER,
        }
    )
    assert (read.mail_server, read.mail_from) == (MailServer("thu.vidu.vn", 25, "", "", False, False), SENDER)
