"""A JSON file of job posts becomes mappings, or is refused with the reason."""

import json

import pytest

from registry.exchange.readers.posts import MAX_FILE_BYTES, PostsRefused, read_posts

POST = {"slug": "ky-su-du-lieu", "title": "Kỹ sư dữ liệu", "skills": ["Python"]}


def test_a_list_of_posts_is_read_in_order() -> None:
    assert read_posts(json.dumps([POST, {"slug": "b"}]).encode()) == [POST, {"slug": "b"}]


def test_a_list_inside_an_object_and_a_byte_order_mark_are_accepted() -> None:
    assert read_posts(b"\xef\xbb\xbf" + json.dumps({"count": 1, "jobs": [POST]}).encode()) == [POST]


def test_an_entry_that_is_no_object_keeps_its_place() -> None:
    assert read_posts(b'[1, {"slug": "b"}]') == [{}, {"slug": "b"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"[" + b" " * MAX_FILE_BYTES + b"]", "too_big"),
        (b'[{"title": "\xff\xfe"}]', "not_unicode"),
        (b'[{"title": ', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"a": [], "b": []}', "not_a_list"),
        (b"7", "not_a_list"),
        (b"[" + b",".join([b"1"] * 20_001) + b"]", "too_many"),
    ],
)
def test_what_is_no_list_of_posts_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(PostsRefused) as refused:
        read_posts(content)
    assert refused.value.code == code
