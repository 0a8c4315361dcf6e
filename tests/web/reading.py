"""Looking at what a page says and what it asked the database: shared by the tests of pages."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from html import unescape
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


def text_of(html: str) -> str:
    """The words of a page on one line, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@contextmanager
def statements(session: Session, about: str = "SELECT") -> Generator[list[str]]:
    """The statements holding this text that are sent to the database inside the block; filled while it runs."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if about in statement:
            seen.append(statement)

    engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
