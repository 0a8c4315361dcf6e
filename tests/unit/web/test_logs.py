"""What a log line may hold."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from registry.web.logs import configure_logs, library_lines, traced


class _Pieces(io.StringIO):
    """Keeps each write by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def write(self, text: str, /) -> int:
        self.written.append(text)
        return len(text)


@pytest.fixture
def configured_again() -> Iterator[None]:
    """What is configured by a test is afterwards as it was."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def raised() -> Exception:
    name_of_a_person = "Nguyễn Thị Bí Mật"
    try:
        raise ValueError(name_of_a_person)
    except ValueError as error:
        return error


def test_an_exception_is_logged_by_place_without_its_message() -> None:
    event = traced(None, "error", {"event": "unexpected_error", "exc_info": raised()})
    assert "exc_info" not in event
    assert event["trace"][0].endswith("raised")
    assert "Bí Mật" not in str(event)


def test_an_event_without_exception_stays_as_it_is() -> None:
    assert traced(None, "info", {"event": "started"}) == {"event": "started"}


@pytest.mark.usefixtures("configured_again")
def test_an_event_and_the_end_of_its_line_are_one_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes write to the same place: two writes of one would let another in between."""
    pieces = _Pieces()
    monkeypatch.setattr(sys, "stderr", pieces)
    configure_logs()
    logger: Any = structlog.get_logger("of this test")
    logger.warning("happened", số=1)
    assert len(pieces.written) == 1
    assert pieces.written[0].startswith('{"số": 1, "event": "happened"')
    assert pieces.written[0].endswith("}\n")


def test_a_library_says_its_sentence_and_nothing_it_would_fill_in() -> None:
    """The server names the address of an answer that broke off, and shows what the exception says."""
    written = io.StringIO()
    logger = logging.Logger("waitress")
    logger.addHandler(library_lines(written))
    logger.exception("Exception while serving %s", "/ung-vien/Bí Mật", exc_info=raised())
    said = json.loads(written.getvalue())
    assert said.pop("trace")[0].endswith("raised")
    assert said == {
        "logger": "waitress",
        "event": "Exception while serving %s",
        "level": "error",
        "kind": "ValueError",
    }
