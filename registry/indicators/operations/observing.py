"""Entering a figure as it was reported, beside what is counted. Flushes, never commits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.indicators.models import Indicator, Observation
from registry.indicators.operations.contradicting import look_for_contradictions
from registry.indicators.operations.errors import Impossible
from registry.indicators.rules.figures import Figure, Missing, Period
from registry.indicators.rules.found import Origin
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.parts import check_part, check_share
from registry.indicators.rules.typed import kept
from registry.indicators.rules.wording import PrintedPercent
from registry.places.queries.former_provinces import inside
from registry.places.rules import FORMER_ROOT


@dataclass(frozen=True)
class Observed:
    """A figure as it was reported: an amount, or why there is none. `starts` None: everything up to `ends`.

    `former`: the path of the former province it is of; "": of the whole place of the measure.
    """

    starts: date | None
    ends: date
    amount: Decimal | None
    source: str
    is_about: bool = False
    why_missing: Missing | None = None
    percent: PrintedPercent | None = None
    verdict: str = ""
    paragraph: int | None = None
    quote: str = ""
    published_id: str | None = None
    origin: Origin = Origin.BY_HAND
    part_of: Observation | None = None
    former: str = ""


def enter_observation(
    session: Session, indicator: Indicator, observed: Observed, *, by: int | None, at: datetime
) -> Observation:
    """Keep a reported figure and name what it contradicts; one entered earlier for the same days is replaced, and stays.

    Raises Impossible for a part larger than its whole (5.648 of 5.647), and for a share above 100 %.
    """
    _check_part(indicator, observed)
    _check_share(indicator, observed)
    made = Observation(
        indicator=indicator,
        starts=observed.starts,
        ends=observed.ends,
        unit_path=observed.former or indicator.unit_path,
        amount=None if observed.amount is None else kept(observed.amount),
        is_about=observed.is_about,
        why_missing=observed.why_missing,
        origin=observed.origin,
        printed_percent=None if observed.percent is None else kept(observed.percent.percent),
        verdict=observed.verdict,
        as_of=observed.ends,
        source=observed.source,
        paragraph=observed.paragraph,
        quote=observed.quote,
        published_id=observed.published_id,
        part_of_id=observed.part_of.id if observed.part_of else None,
        entered_by_id=by,
        entered_at=at,
    )
    before = _standing(session, indicator, observed)
    session.add(made)
    session.flush()
    if before is not None:
        before.replaced_by_id = made.id
        session.flush()
    detail = {"amount": made.amount or "", "ends": observed.ends.isoformat()}
    if made.former:
        detail["place"] = made.former
    record(session, by, "indicator.observed", "indicator", indicator.public_id, detail=detail, at=at)
    look_for_contradictions(session, made, by=by, at=at)
    return made


def _standing(session: Session, indicator: Indicator, observed: Observed) -> Observation | None:
    """What was entered by hand before for the same days: printed figures are never replaced."""
    return session.scalar(
        select(Observation)
        .where(
            Observation.indicator_id == indicator.id,
            Observation.starts == observed.starts if observed.starts else Observation.starts.is_(None),
            Observation.ends == observed.ends,
            Observation.unit_path == observed.former
            if observed.former
            else not_(inside(Observation.unit_path, FORMER_ROOT)),
            Observation.origin == Origin.BY_HAND,
            Observation.replaced_by_id.is_(None),
        )
        .order_by(Observation.id.desc())
        .limit(1)
    )


def _check_part(indicator: Indicator, observed: Observed) -> None:
    if observed.part_of is None or observed.amount is None:
        return
    period = Period(observed.starts, observed.ends) if observed.starts else None
    part = Figure(observed.amount, indicator.unit, period, observed.is_about)
    refused = check_part(observed.part_of.figure, part)
    if refused:
        raise Impossible(refused.problem)


def _check_share(indicator: Indicator, observed: Observed) -> None:
    if indicator.kind is not IndicatorKind.SHARE or observed.amount is None:
        return
    refused = check_share(Figure(observed.amount, indicator.unit, None, observed.is_about))
    if refused:
        raise Impossible(refused.problem)
