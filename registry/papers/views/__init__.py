"""The pages where papers are asked for."""

from registry.papers.views import cv, offer, own_cv, ranking
from registry.papers.views.blueprint import bp

__all__ = ["bp", "cv", "offer", "own_cv", "ranking"]
