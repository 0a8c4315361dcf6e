"""`registry needs list`."""

import json
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from registry import cli
from registry.cli import needs as command
from registry.needs.rules import NeedState
from tests.factories import needs as make


@pytest.fixture
def _reading(monkeypatch: pytest.MonkeyPatch, session: Session) -> None:  # pyright: ignore[reportUnusedFunction]
    """The command reads what the test wrote."""

    @contextmanager
    def reading() -> Generator[Session]:
        yield session

    monkeypatch.setattr(command, "reading", reading)


@pytest.mark.usefixtures("_reading")
def test_needs_are_listed_as_json(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    first = make.need(session, "Kỹ sư dữ liệu y tế", external_id="VT-01")
    second = make.need(session, "Bác sĩ", state=NeedState.OPEN, unit_path="VN/04/", headcount=5)
    assert cli.main(["needs", "list", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == [
        {
            "id": first.public_id,
            "external_id": "VT-01",
            "title": "Kỹ sư dữ liệu y tế",
            "state": "draft",
            "headcount": 2,
        },
        {"id": second.public_id, "external_id": None, "title": "Bác sĩ", "state": "open", "headcount": 5},
    ]


@pytest.mark.usefixtures("_reading")
def test_needs_are_listed_as_lines(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    need = make.need(session)
    assert cli.main(["needs", "list"]) == 0
    out, err = capsys.readouterr()
    assert need.public_id in out
    assert err == "1 nhu cầu\n"


def test_the_noun_alone_is_a_usage_error() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["needs"])
    assert ended.value.code == 2
