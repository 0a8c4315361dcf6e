"""Searching people: criteria made ready, who fits, facets, reasons. Reads only.

Three things stay apart: what is asked (`asked`), who fits and how many (`finding`, `pages`, `counts`, `advice`), and
why one shown person fits (`reasons`). Who fits is said by SQL (`conditions`, `facets`), which is the truth and
answers alone when there is no roll; else by rolls (`criteria`, `on_roll`).
"""

from registry.matching.queries.search.advice import Removal, best_removals
from registry.matching.queries.search.asked import Item, Search, Sought, made_ready
from registry.matching.queries.search.counts import facet_counts
from registry.matching.queries.search.facets import CLOSED_FACETS, OPEN_FACETS, FacetCounts
from registry.matching.queries.search.finding import (
    Place,
    found_ids,
    found_total,
    left_out_total,
    visible_total,
)
from registry.matching.queries.search.pages import PAGE_ROWS, Found, page_of
from registry.matching.queries.search.reasons import InText, Reason, reasons_of, text_reasons_of

__all__ = [
    "CLOSED_FACETS",
    "OPEN_FACETS",
    "PAGE_ROWS",
    "FacetCounts",
    "Found",
    "InText",
    "Item",
    "Place",
    "Reason",
    "Removal",
    "Search",
    "Sought",
    "best_removals",
    "facet_counts",
    "found_ids",
    "found_total",
    "left_out_total",
    "made_ready",
    "page_of",
    "reasons_of",
    "text_reasons_of",
    "visible_total",
]
