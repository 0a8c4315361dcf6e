"""Cards that higher rooms put on the page of an organisation: the app hands over who makes them."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup
from sqlalchemy.orm import Session

from registry.organisations.models import Organisation

_HELD = "registry.organisations.panels"
Panel = Callable[[Session, Organisation], Markup]


def install_panels(app: Flask, panels: Sequence[Panel]) -> None:
    """Tell the page of an organisation which cards stand on it beside its own."""
    app.extensions[_HELD] = tuple(panels)


def panels_of(session: Session, organisation: Organisation) -> list[Markup]:
    """The cards for this viewer; one that has nothing to say is left out."""
    made: Sequence[Panel] = current_app.extensions.get(_HELD, ())
    return [card for panel in made if (card := panel(session, organisation))]
