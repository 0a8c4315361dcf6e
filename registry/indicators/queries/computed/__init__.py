"""Named, documented queries over the registry. Screen, report, export, API and open data ask the same ones (IN-14)."""

from collections.abc import Mapping
from types import MappingProxyType

from registry.indicators.queries.computed import (
    cadres,
    lists,
    networks,
    places,
    programmes,
    staying,
    training,
)
from registry.indicators.queries.computed.shape import Asked, Column, Counted, Listing, NamedQuery, Side

__all__ = ["QUERIES", "Asked", "Column", "Counted", "Listing", "NamedQuery", "Side"]

QUERIES: Mapping[str, NamedQuery] = MappingProxyType(
    {
        one.name: one
        for room in (training, cadres, staying, places, lists, networks, programmes)
        for one in room.QUERIES
    }
)
