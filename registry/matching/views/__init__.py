"""Pages of matching: searching people and what is kept of it, rankings of one need and of all, needs of a person."""

from registry.matching.views import (
    batch,
    kept,
    pasting,
    person,
    picked,
    pools,
    ranking,
    saved,
    search,
    shortlists,
    trying,
)
from registry.matching.views.blueprint import bp
from registry.matching.views.shortlisted import shortlisted

__all__ = [
    "batch",
    "bp",
    "kept",
    "pasting",
    "person",
    "picked",
    "pools",
    "ranking",
    "saved",
    "search",
    "shortlisted",
    "shortlists",
    "trying",
]
