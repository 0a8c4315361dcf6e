"""The indicators that the five printed programmes end in, each with its definition, query and printed figures. Pure."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.published import Published, published_figures

_FILE = Path(__file__).resolve().parent.parent / "data" / "source_indicators.csv"
PROVINCE_OF: Mapping[str, str] = {"BT": "86", "KH": "56", "HP": "31", "PT": "25", "LC": "12"}
"""Programme → code of the present province that keeps it (Bến Tre is in Vĩnh Long since 2025-07-01)."""


@dataclass(frozen=True, slots=True)
class SourceIndicator:
    """One indicator with the ids of the printed figures that are its observations and targets."""

    code: str
    programme: str
    kind: IndicatorKind
    unit: str
    query: str
    parameters: Mapping[str, Any]
    observed: tuple[str, ...]
    targets: tuple[str, ...]
    owner: str
    definition: str
    limits: str
    numerator: str
    denominator: str
    lower_is_better: bool
    name: str
    name_en: str

    @property
    def first(self) -> Published:
        """The printed figure it is named after."""
        return published_figures()[(self.observed or self.targets)[0]]


@cache
def source_indicators() -> Mapping[str, SourceIndicator]:
    """All of them by code, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: _read(row) for row in csv.DictReader(file)})


@cache
def indicator_of_figure() -> Mapping[str, str]:
    """{id of a printed quantity: code of its indicator}; what is both observed and a target goes with what counts it."""
    as_target = {one: row.code for row in source_indicators().values() for one in row.targets}
    observed = {one: row.code for row in source_indicators().values() for one in row.observed}
    return MappingProxyType(as_target | observed)


def _read(row: Mapping[str, str]) -> SourceIndicator:
    """A row; a measure without a name of its own is called as its first printed figure is."""
    first = published_figures()[(row["observed"] or row["targets"]).split("|")[0]]
    return SourceIndicator(
        code=row["code"],
        programme=row["programme"],
        kind=IndicatorKind(row["kind"]),
        unit=row["unit"],
        query=row["query"],
        parameters=MappingProxyType(json.loads(row["parameters"])),
        observed=tuple(filter(None, row["observed"].split("|"))),
        targets=tuple(filter(None, row["targets"].split("|"))),
        owner=row["owner"],
        definition=row["definition"],
        limits=row["limits"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        lower_is_better=bool(row["lower_is_better"]),
        name=row["name"] or first.name,
        name_en=row["name_en"] or first.name_en,
    )
