"""A measure by the provinces its place was made of, and merged: counted again from rows, and as each reported it (IN-25, PT4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.indicators.models import Indicator, Observation
from registry.indicators.queries.asking import computed_figure
from registry.indicators.queries.computed import Counted
from registry.indicators.queries.reading import former_observations_of
from registry.indicators.rules.figures import Missing, Refused
from registry.indicators.rules.restating import Restated, merged
from registry.places.queries.former_provinces import former_parts
from registry.places.rules import is_former


@dataclass(frozen=True)
class PartFigure:
    """One former province, or what names no commune: what is counted there, and what it reported of these days."""

    part: str
    counted: Counted | None
    reported: Observation | None


@dataclass(frozen=True)
class ByFormer:
    """The parts of a merged province; `counted` of all of it anew, `merged` what the former ones reported, if any did."""

    parts: Sequence[PartFigure]
    counted: Counted | None
    merged: Restated | Refused | None


def by_former_province(
    session: Session, indicator: Indicator, starts: date | None, ends: date
) -> ByFormer | None:
    """A measure by former provinces for some days; None where its place was not merged or nothing tells them apart."""
    parts = former_parts(session, indicator.unit_path)
    if not parts:
        return None
    of_days = [
        one
        for one in former_observations_of(session, [indicator.id])
        if (one.starts, one.ends) == (starts, ends)
    ]
    reported = {one.unit_path: one for one in reversed(of_days)}
    lines = [
        PartFigure(part, computed_figure(session, indicator, starts, ends, part), reported.get(part))
        for part in parts
    ]
    if not reported and all(_tells_nothing(one) for one in lines):
        return None
    told = {one.part: one.reported.figure if one.reported else None for one in lines if is_former(one.part)}
    return ByFormer(
        lines,
        computed_figure(session, indicator, starts, ends),
        merged(indicator.unit_path, told) if reported else None,
    )


def _tells_nothing(one: PartFigure) -> bool:
    return one.counted is None or one.counted.figure.why_missing is Missing.NOT_BY_PART
