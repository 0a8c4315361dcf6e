"""The post a made-up or a real person is tried for on the bench: posts lie above this room, so the app hands in the finder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

_EXTENSION = "registry.policies.posts"


@dataclass(frozen=True)
class Post:
    """A post as it is called, its page, and its facts as `read_facts` takes them."""

    words: str
    href: str
    facts: Mapping[str, Any]


PostFinder = Callable[[Session, str], Post | None]
"""The post of a code; None where there is none, or the signed-in viewer may not see it."""


def install(app: Flask, find: PostFinder) -> None:
    """Tell the bench how a post is found."""
    app.extensions[_EXTENSION] = find


def post_named(session: Session, code: str) -> Post | None:
    """The post of a code."""
    find: PostFinder = current_app.extensions[_EXTENSION]
    return find(session, code)
