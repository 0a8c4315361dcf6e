"""`registry match` and `registry score`: what they print, and how they end."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import cli
from registry.cli import match as command
from tests.factories.ranked_needs import Story, story


@pytest.fixture
def told(session: Session, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The story, which the commands read from the session of the test."""

    @contextmanager
    def reading() -> Generator[Session]:
        yield session

    monkeypatch.setattr(command, "reading", reading)
    return story(session)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.main([*arguments, "--as-of", "2026-11-25", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_match_prints_the_ranking(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    made = printed(capsys, "match", told.need.public_id)
    assert (made["need"], made["formula"], made["index"], made["as_of"]) == (
        told.need.public_id, 1, None, "2026-11-25",
    )  # fmt: skip
    assert [row["rank"] for row in made["rows"]] == [1, 2, 3]
    for row in made["rows"]:
        assert sum(part["points"] for part in row["parts"]) == row["score"]
        assert sum(part["potential"] for part in row["parts"]) == row["potential"]
        assert sum(one["points"] for one in row["skills"]) == row["parts"][0]["points"]
    assert made["considered"] == len(made["rows"]) + made["excluded_people"] + made["not_enough_data"]


def test_no_name_is_printed(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["match", told.need.public_id, "--json"])
    cli.main(["score", told.need.public_id, told.best.public_id, "--json"])
    cli.main(["match", told.need.public_id])
    out, err = capsys.readouterr()
    for person in (told.best, told.hidden, told.asked, told.low_degree, told.low_skill, told.empty):
        assert person.full_name not in out + err


def test_score_prints_the_identical_row(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    for row in printed(capsys, "match", told.need.public_id)["rows"]:
        assert printed(capsys, "score", told.need.public_id, row["person"]) == row


def test_top_keeps_the_first_rows(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert [row["rank"] for row in printed(capsys, "match", told.need.public_id, "--top", "2")["rows"]] == [
        1,
        2,
    ]


def test_a_draft_and_today_are_fine(
    session: Session, told: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["match", told.need.public_id, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["considered"] == 6


def test_lines_for_people(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["match", told.need.public_id, "--as-of", "2026-11-25"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].split() == ["1", told.best.public_id, "70,83", "(tối", "đa", "70,83)", "met"]
    assert err == "6 người được xét, 2 bị loại, 1 chưa đủ dữ liệu\n"
    assert cli.main(["score", told.need.public_id, told.empty.public_id]) == 0
    assert capsys.readouterr().out.startswith("   –  ")


def test_an_unknown_need_or_person_is_refused(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["match", "khong-co", "--json"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Không có nhu cầu «khong-co».\n")
    assert cli.main(["score", told.need.public_id, "khong-co", "--json"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Không có người «khong-co» trong số người được so khớp.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["match"],
        ["match", "x", "--as-of", "31/02/2026"],
        ["match", "x", "--as-of", "2026-02-31"],
        ["match", "x", "--top", "0"],
        ["match", "x", "--top", "muoi"],
        ["score", "x"],
    ],
)
def test_bad_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
