"""Hidden characters in addresses get the same answer on both databases."""

import pytest

from tests.conftest import Client


@pytest.mark.parametrize(
    "path",
    ["/nhu-cau/a%00b", "/dang-nhap?next=%00", "/dang-nhap?%01=x", "/dia-ban?q=%ef%bf%bd", "/ung-vien/%1b"],
)
def test_hidden_characters_in_an_address_are_refused(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "Không đọc được điều bạn gửi" in answer.text


def test_vietnamese_in_an_address_is_welcome(client: Client) -> None:
    assert client.get("/dang-nhap?next=/ung-vien%3Fq=Nguyễn").status_code == 200
