"""The pages where papers are asked for."""

from registry.papers.views import campaign, cv, indicator_report, offer, own_cv, programme, ranking
from registry.papers.views.blueprint import bp

__all__ = ["bp", "campaign", "cv", "indicator_report", "offer", "own_cv", "programme", "ranking"]
