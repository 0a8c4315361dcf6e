"""Where records came from: a higher room offers it, a lower room narrows its list by it. Knows no room.

A list of people must not know of imports, which lie above it. So the room above hands in a finder under a
name, and the list below only asks for «the records of this origin», as public ids to narrow its own query
by. It narrows and never widens: who may see a record is still decided by the list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select
from sqlalchemy.orm import Session

_EXTENSION = "registry.origins"


@dataclass(frozen=True)
class Origin:
    """Where some records came from: its key in addresses, words for a mark, a query for their public ids."""

    key: str
    words: str
    public_ids: Select[Any]


Finder = Callable[[Session, str], Origin | None]
"""The origin of a key; None when it does not exist or the signed-in viewer may not know of it."""


def offer_origin(app: Flask, name: str, find: Finder) -> None:
    """Offer an origin to the lists below."""
    app.extensions.setdefault(_EXTENSION, {})[name] = find


def find_origin(session: Session, name: str, key: str) -> Origin | None:
    """The origin of a key; None also when no room offers origins of this name."""
    finders: dict[str, Finder] = current_app.extensions.get(_EXTENSION, {})
    return finders[name](session, key) if key and name in finders else None
