"""Pages of organisations: the tree, one organisation, and what may be done with it."""

from registry.organisations.views import editing, lifecycle, reading
from registry.organisations.views.blueprint import bp
from registry.organisations.views.panels import install_panels

__all__ = ["bp", "editing", "install_panels", "lifecycle", "reading"]
