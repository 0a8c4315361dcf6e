"""Reads of matching: facts for the formula, rankings, names for what is shown, kept runs. Nothing is written."""

from registry.matching.queries.contract import match_document, score_document
from registry.matching.queries.naming import names_of, people_shown
from registry.matching.queries.rankings import (
    NeedMatch,
    PersonNeeds,
    Ranked,
    Window,
    needs_for_person,
    ranked,
)
from registry.matching.queries.runs import Rescored, rescored, run_of, runs_of

__all__ = [
    "NeedMatch",
    "PersonNeeds",
    "Ranked",
    "Rescored",
    "Window",
    "match_document",
    "names_of",
    "needs_for_person",
    "people_shown",
    "ranked",
    "rescored",
    "run_of",
    "runs_of",
    "score_document",
]
