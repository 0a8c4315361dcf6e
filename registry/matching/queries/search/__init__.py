"""Searching people: criteria made ready, conditions and order in SQL, facets, reasons. Reads only.

Three things stay apart: what is asked (`asked`), who fits and how many (`finding`, `facets`, `advice`), and why one
shown person fits (`reasons`); so that counting may come from elsewhere without the rest knowing.
"""

from registry.matching.queries.search.advice import Removal, best_removals
from registry.matching.queries.search.asked import Item, Search, Sought, made_ready
from registry.matching.queries.search.facets import OPEN_FACETS, FacetCounts, facet_counts
from registry.matching.queries.search.finding import PAGE_ROWS, Found, Place, found_ids, found_total, page_of
from registry.matching.queries.search.reasons import Reason, reasons_of

__all__ = [
    "OPEN_FACETS",
    "PAGE_ROWS",
    "FacetCounts",
    "Found",
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
    "made_ready",
    "page_of",
    "reasons_of",
]
