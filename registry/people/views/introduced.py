"""Whom officers know by name for the need in hand: the one way an anonymous person's name reaches a page.

The grants lie in a room above this one, so the app hands over how they are asked for. A page that is about one need
looks at people through `in_need`; every other page keeps showing codes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from flask import Flask, current_app, request
from sqlalchemy.orm import Session

from registry.accounts.access import signed_in_viewer
from registry.accounts.rules import Viewer
from registry.people.queries import is_public_id
from registry.web.database import db_session

NEED = "nhu_cau"
"""The need travels in addresses and forms under this name, and its rights are asked every time."""

_HELD = "registry.people.introduced"


class Known(Protocol):
    """Of one need: the public ids of who is known by name for it, and of who is interested in it."""

    @property
    def named(self) -> frozenset[str]: ...
    @property
    def interested(self) -> frozenset[str]: ...


Introduced = Callable[[Session, Viewer, str], Known | None]
"""Asks for a need by its public id; None where the viewer may not match people for it."""


def install(app: Flask, introduced: Introduced) -> None:
    """Tell the pages who is introduced for a need."""
    app.extensions[_HELD] = introduced


def known_for(need: str | None) -> Known | None:
    """Who is introduced for a need; None where whoever is signed in may not match for it, or there is none."""
    viewer = signed_in_viewer()
    if need is None or viewer is None:
        return None
    ask: Introduced = current_app.extensions[_HELD]
    return ask(db_session(), viewer, need)


def in_need(viewer: Viewer, need: str | None) -> Viewer:
    """The viewer as one who looks for this need."""
    known = known_for(need)
    return viewer if known is None else replace(viewer, introduced=known.named)


def need_in_address() -> str | None:
    """The id of a need as the address names it."""
    asked = request.args.get(NEED, "")
    return asked if is_public_id(asked) else None
