"""Cards that higher rooms put on the page of a person: the app hands over who makes them."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup

from registry.people.views.loading import Opened

_HELD = "registry.people.panels"
Panel = Callable[[Opened], Markup]


def install_panels(app: Flask, panels: Sequence[Panel]) -> None:
    """Tell the page of a person which cards stand on it beside its own."""
    app.extensions[_HELD] = tuple(panels)


def panels_of(opened: Opened) -> list[Markup]:
    """The cards for this viewer; one that has nothing to say is left out."""
    made: Sequence[Panel] = current_app.extensions[_HELD]
    return [card for panel in made if (card := panel(opened))]
