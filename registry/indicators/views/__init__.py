"""The pages of the room."""

from registry.indicators.views import contradictions, editing, overview, reports, rows, show, tables
from registry.indicators.views.blueprint import bp

__all__ = ["bp", "contradictions", "editing", "overview", "reports", "rows", "show", "tables"]
