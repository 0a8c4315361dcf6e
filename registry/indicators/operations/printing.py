"""Printed figures come in as they are printed: indicators, targets, observations, in that order. Flushes, never commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.indicators.models import Indicator, IndicatorTarget, Observation
from registry.indicators.operations.defining import IndicatorTerms, TargetTerms, define_indicator, set_target
from registry.indicators.operations.observing import Observed, enter_observation
from registry.indicators.rules.figures import Missing
from registry.indicators.rules.found import Origin
from registry.indicators.rules.published import Bound, Published, published_figures
from registry.indicators.rules.source_indicators import SourceIndicator, source_indicators
from registry.programmes.models import Programme, ProgrammeNode

SOURCE_DAY: Mapping[str, date] = {
    "BT": date(2023, 5, 11),
    "KH": date(2024, 2, 5),
    "HP": date(2024, 4, 3),
    "PT": date(2025, 9, 26),
    "LC": date(2025, 6, 30),
}
"""The day of each source, for figures that name none."""
_VERDICTS: Mapping[str, str] = {
    "BT-09": "vượt chỉ tiêu đề ra",
    "BT-10": "vượt chỉ tiêu đề ra",
    "BT-11": "vượt chỉ tiêu đề ra",
    "KH-01": "chưa đạt",
    "KH-02": "còn ít",
    "KH-03": "còn chậm",
}
"""What the sources say in words of a figure; never turned into a number."""


@dataclass(frozen=True)
class PrintedHome:
    """Where the indicators of a programme stand, and the node each hangs on."""

    programme: Programme
    nodes: Mapping[str, ProgrammeNode]


def import_printed(session: Session, home: PrintedHome, *, by: int | None, at: datetime) -> list[Indicator]:
    """Every printed quantity of a programme; what is there already is left as it is."""
    made: list[Indicator] = []
    mine = [one for one in source_indicators().values() if one.programme == home.programme.code]
    for position, source in enumerate(mine):
        known = session.scalar(select(Indicator).where(Indicator.code == source.code))
        indicator = known or _define(session, home, source, position, by=by, at=at)
        _set_targets(session, indicator, source, by=by, at=at)
        made.append(indicator)
    for source, indicator in zip(mine, made, strict=True):
        _observe(session, indicator, source, by=by, at=at)
    return made


def _define(
    session: Session,
    home: PrintedHome,
    source: SourceIndicator,
    position: int,
    *,
    by: int | None,
    at: datetime,
) -> Indicator:
    node = home.nodes.get(source.code)
    terms = IndicatorTerms(
        name=source.name,
        name_en=source.name_en,
        kind=source.kind,
        unit_code=source.unit,
        owner=source.owner,
        source=source.first.source,
        definition=source.definition,
        limits=source.limits,
        numerator=source.numerator,
        denominator=source.denominator,
        query=source.query,
        parameters=source.parameters,
        lower_is_better=source.lower_is_better,
        programme_id=home.programme.id,
        node_id=node.id if node else None,
    )
    return define_indicator(
        session,
        source.code,
        terms,
        at_unit=home.programme.unit_path,
        at_organisation=home.programme.organisation_path,
        position=position,
        by=by,
        at=at,
    )


def _set_targets(
    session: Session, indicator: Indicator, source: SourceIndicator, *, by: int | None, at: datetime
) -> None:
    there = {one.published_id for one in indicator.targets}
    for row in (published_figures()[one] for one in source.targets):
        if row.id in there or _is_printed(session, IndicatorTarget.published_id, row.id):
            continue
        terms = TargetTerms(
            amount=Decimal(row.value),
            unit_code=row.unit.unit.code,
            starts=row.starts,
            ends=row.ends,
            reading=row.reading,
            document=row.name,
            quote=row.quote,
            paragraph=row.paragraph,
            published_id=row.id,
        )
        set_target(session, indicator, terms, by=by, at=at)


def _observe(
    session: Session, indicator: Indicator, source: SourceIndicator, *, by: int | None, at: datetime
) -> None:
    for row in (published_figures()[one] for one in source.observed):
        if _is_printed(session, Observation.published_id, row.id):
            continue
        whole = session.scalar(select(Observation).where(Observation.published_id == (row.part_of or "-")))
        enter_observation(session, indicator, _observed(row, whole), by=by, at=at)


def _observed(row: Published, whole: Observation | None) -> Observed:
    ends = row.ends or SOURCE_DAY[row.id[:2]]
    return Observed(
        starts=row.starts,
        ends=ends,
        amount=Decimal(row.value) if row.value else None,
        source=row.source,
        is_about=row.bound is Bound.ABOUT,
        why_missing=None if row.value else Missing.NOT_PRINTED,
        percent=row.printed_percent,
        verdict=_VERDICTS.get(row.id, ""),
        paragraph=row.paragraph,
        quote=row.quote,
        published_id=row.id,
        origin=Origin.PRINTED,
        part_of=whole,
    )


def _is_printed(session: Session, column: InstrumentedAttribute[str | None], published_id: str) -> bool:
    return session.scalar(select(column).where(column == published_id)) is not None
