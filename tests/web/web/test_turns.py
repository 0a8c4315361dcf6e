"""While too many search at once the page says so, keeps what was typed and asks again; plain pages answer."""

from contextlib import ExitStack

import pytest
from flask import Flask

from registry.web.turns import Turns
from tests.conftest import Client


@pytest.mark.parametrize("address", ["/ung-vien?q=k%E1%BA%BF+to%C3%A1n", "/ky-nang?tim=k%E1%BA%BF+to%C3%A1n"])
def test_a_page_without_a_turn_asks_again_with_everything_typed(
    app: Flask, officer: Client, address: str
) -> None:
    turns = app.extensions["registry.turns"] = Turns(at_once=1, waiting=0)
    with ExitStack() as held:
        held.enter_context(turns.one())
        answer = officer.get(address)
        assert answer.status_code == 503
        assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("2", "2")
        assert f'href="{address}"' in answer.text
        assert officer.get("/nhu-cau").status_code == 200
    answer = officer.get(address)
    assert answer.status_code == 200
    assert "Refresh" not in answer.headers
