"""Reading a list of job posts from JSON: one mapping a post, unread otherwise. Pure."""

import json
from collections.abc import Mapping
from typing import Any, Literal, cast

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_POSTS = 20_000


class PostsRefused(Exception):
    """The file is not a list of posts; `code` says why."""

    def __init__(
        self, code: Literal["empty", "too_big", "not_unicode", "not_json", "not_a_list", "too_many"]
    ) -> None:
        super().__init__(code)
        self.code = code


def read_posts(content: bytes) -> list[Mapping[str, object]]:
    """The posts of a JSON file: a list of objects, or an object with one list inside. Raises PostsRefused.

    Entries that are no objects become empty posts, so that the row they stand in can be named.
    """
    if not content.strip():
        raise PostsRefused("empty")
    if len(content) > MAX_FILE_BYTES:
        raise PostsRefused("too_big")
    entries = _list_of(_parsed(content))
    if len(entries) > MAX_POSTS:
        raise PostsRefused("too_many")
    return [cast("Mapping[str, object]", entry) if isinstance(entry, dict) else {} for entry in entries]


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PostsRefused("not_unicode") from error
    except (ValueError, RecursionError) as error:  # a thousand brackets are no list of posts either
        raise PostsRefused("not_json") from error


def _list_of(parsed: Any) -> list[object]:
    if isinstance(parsed, list):
        return cast("list[object]", parsed)
    if isinstance(parsed, dict):
        inside = cast("dict[str, object]", parsed).values()
        lists = [cast("list[object]", value) for value in inside if isinstance(value, list)]
        if len(lists) == 1:
            return lists[0]
    raise PostsRefused("not_a_list")
