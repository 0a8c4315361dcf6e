"""`registry skills resolve` over a real database."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.cli import skills as command
from registry.cli.context import CommandRefused
from registry.cli.main import build_parser
from registry.skills.resolver import Vocabulary
from tests.factories.skills import vocabulary

KEYS = ["input", "skill", "vi", "en", "how", "score", "margin", "level", "needs_confirmation", "candidates"]


@pytest.fixture(autouse=True)
def this_database(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the database of the test."""

    class Reading:
        def __enter__(self) -> Session:
            return session

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(command, "reading", Reading)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    parsed = build_parser().parse_args(["skills", "resolve", *arguments])
    code = parsed.run(parsed)
    told = capsys.readouterr()
    return code, told.out, told.err


def answers(capsys: pytest.CaptureFixture[str], content: bytes, tmp_path: Path) -> list[dict[str, Any]]:
    path = tmp_path / "lines.txt"
    path.write_bytes(content)
    code, out, err = run(capsys, str(path), "--json")
    assert code == 0
    assert "dòng" in err
    return [json.loads(line) for line in out.split("\n")[:-1]]


@pytest.mark.slow
def test_every_line_has_one_answer_with_the_agreed_keys(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = answers(capsys, "kế toán\r\ntiếng Nhật N2\n\nCNC\nxyz xyz".encode(), tmp_path)
    assert [list(one) for one in found] == [KEYS] * 5
    assert [one["input"] for one in found] == ["kế toán", "tiếng Nhật N2", "", "CNC", "xyz xyz"]
    assert [one["skill"] for one in found] == ["FI01", "LN02", None, "EN02", None]
    assert found[1]["level"] == {"text": "N2", "scale": "language", "rank": 4}
    assert found[0]["candidates"] == [{"skill": "FI01", "vi": "Kế toán", "score": 100.0}]
    assert [one["needs_confirmation"] for one in found] == [False, False, False, True, False]
    assert (found[0]["vi"], found[0]["en"]) == ("Kế toán", "Accounting")


def test_bad_bytes_spoil_only_their_own_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = (
        b"\xef\xbb\xbfJava\n\xff\xfe\nKe\x00toan\nvt\x0btab\n" + b"x" * 1_000_000 + "\n\u2028\nC++\n".encode()
    )
    found = answers(capsys, content, tmp_path)
    assert [one["how"] for one in found] == [
        "exact",
        "unreadable",
        "unreadable",
        "unreadable",
        "too_long",
        "empty",
        "exact",
    ]
    assert len(found[4]["input"]) == 1_000_000


def test_the_standard_input_is_read_by_default(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Kế toán N2\n\x07\nTS\n".encode())))
    code, out, _ = run(capsys)
    assert code == 0
    lines = out.splitlines()
    assert "FI01 Kế toán" in lines[0]
    assert "cần xác nhận" in lines[0]
    assert "không đọc được" in lines[1]
    assert "\x07" not in out


def test_a_missing_file_is_refused_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="Không đọc được tệp"):
        run(capsys, str(tmp_path / "không có"))


def test_an_empty_vocabulary_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "vocabulary", no_words)
    with pytest.raises(CommandRefused, match="registry upgrade"):
        run(capsys, "-")


def no_words(_session: Session) -> Vocabulary:
    """A vocabulary before the first load."""
    return vocabulary()
