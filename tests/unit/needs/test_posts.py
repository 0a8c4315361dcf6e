"""Reading job posts: nothing lost, nothing guessed, broken posts refused by field."""

from typing import Any

import pytest

from registry.needs.rules import DESCRIPTION_LIMIT, PostRefused, read_post

POST: dict[str, Any] = {
    "slug": "ky-su-du-lieu-cong-ty-sao-mai-1234",
    "title": "Kỹ sư dữ liệu (Data Engineer)",
    "company": "Công ty Sao Mai",
    "location": "Ho Chi Minh - Ha Noi - Others",
    "workingMode": "Hybrid",
    "skills": ["SQL", "Python", "Data Engineer"],
    "tags": ["Python", "Airflow"],
    "jobDescription": "Xây kho dữ liệu.\nTrực ca.",
    "requirements": "* SQL tốt",
    "postedTime": "Posted 7 hours ago",
    "scrapedAt": "2026-05-08T00:15:21.550Z",
}


def test_tags_come_before_skills_and_each_spelling_once() -> None:
    assert read_post(POST).skills == ("Python", "Airflow", "SQL", "Data Engineer")


def test_the_first_place_counts_and_the_others_go_to_the_note() -> None:
    read = read_post(POST)
    assert read.places[0] == "Ho Chi Minh"
    assert "Nơi làm việc khác trong tin: Ha Noi, Others" in read.note(skills_left_out=[])


def test_the_text_of_the_post_is_kept_whole() -> None:
    assert read_post(POST).text == "Xây kho dữ liệu.\nTrực ca.\n\nYêu cầu:\n* SQL tốt"


def test_skills_beyond_the_limit_are_named_in_the_note() -> None:
    assert (
        read_post(POST).note(skills_left_out=["Kafka", "dbt"]).endswith("Kỹ năng khác trong tin: Kafka; dbt")
    )


def test_only_a_remote_post_is_remote() -> None:
    assert [
        read_post(POST | {"workingMode": mode}).is_remote for mode in ("Remote", "Hybrid", "At office")
    ] == [
        True,
        False,
        False,
    ]


def test_a_post_without_optional_fields_is_read() -> None:
    read = read_post({"slug": "x", "title": "Y"})
    assert (read.company, read.places, read.skills, read.text, read.note(skills_left_out=[])) == (
        "",
        (),
        (),
        "",
        "",
    )


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"slug": ""}, "slug", "missing"),
        ({"slug": None}, "slug", "missing"),
        ({"title": "   "}, "title", "missing"),
        ({"title": 7}, "title", "not_text"),
        ({"title": "x" * 201}, "title", "too_long"),
        ({"title": "Kế toán\x00"}, "title", "control"),
        ({"company": "a\u202eb"}, "company", "bidi"),
        ({"requirements": "lỗi \ufffd"}, "requirements", "encoding"),
        ({"skills": "SQL"}, "skills", "not_list"),
        ({"tags": ["SQL", 3]}, "tags", "not_text"),
        ({"tags": ["SQL"] * 201}, "tags", "too_many"),
        ({"tags": ["x" * 201]}, "tags", "too_long"),
        ({"jobDescription": "x" * DESCRIPTION_LIMIT}, "jobDescription", "too_long"),
    ],
)
def test_a_broken_post_is_refused_by_field(change: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(PostRefused) as refused:
        read_post(POST | change)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_invisible_characters_of_pasted_text_are_dropped() -> None:
    assert read_post(POST | {"title": "Kỹ\u200b sư"}).title == "Kỹ sư"
