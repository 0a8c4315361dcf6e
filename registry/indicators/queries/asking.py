"""Asking an indicator's own query for a period: the figure, and the rows that count up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.indicators.models import Indicator
from registry.indicators.queries.computed import QUERIES, Asked, Counted, Listing, NamedQuery
from registry.indicators.queries.computed.shape import place_and_part
from registry.indicators.rules.figures import Figure, Missing, Period
from registry.web.paging import Page

PAGE_ROWS = 50
LAST_DAY = date(9999, 12, 30)


@dataclass(frozen=True)
class RowsPage:
    """A page of rows with what they are of; `of_whole`: the denominator of a share instead of its numerator."""

    listing: Listing
    page: Page[Sequence[Any]]
    adds_up_to: int
    of_whole: bool


def query_of(indicator: Indicator) -> NamedQuery | None:
    """The query an indicator is computed by; None for one that is only reported."""
    return QUERIES.get(indicator.query)


def asked_of(
    indicator: Indicator,
    starts: date | None,
    ends: date,
    part: str = "",
    shared: dict[Any, Any] | None = None,
) -> Asked:
    """What an indicator asks its query: its own place, a smaller one inside it, or what of it lay in a former province."""
    path, former = place_and_part(indicator.unit_path, part)
    parameters = {"unit": indicator.unit_code, **indicator.parameters}
    return Asked(path, starts, ends, parameters, indicator.programme_id, shared, former)


def is_part(indicator: Indicator, part: str) -> bool:
    """Whether what is asked for is less than the place of the measure, which its plans and reports are of."""
    return place_and_part(indicator.unit_path, part) != (indicator.unit_path, "")


def computed_figure(
    session: Session,
    indicator: Indicator,
    starts: date | None,
    ends: date,
    part: str = "",
    shared: dict[Any, Any] | None = None,
) -> Counted | None:
    """The figure of a period in the indicator's own unit; None where no query computes it."""
    query = query_of(indicator)
    if query is None:
        return None
    asked = asked_of(indicator, starts, ends, part, shared)
    if is_part(indicator, part) and query.has_own_place(asked):
        return _none(indicator, Missing.NOT_BY_PART, asked.period)
    counted = query.count(session, asked)
    found = counted.figure
    if (
        found.amount == 0
        and not counted.rows
        and not query.nothing_is_known
        and not _is_kept(session, indicator, part)
    ):
        return _none(indicator, Missing.NOT_COLLECTED, found.period)
    figure = Figure(found.amount, indicator.unit, found.period, found.is_about, found.why_missing)
    return Counted(figure, counted.rows, counted.beside)


def _none(indicator: Indicator, why: Missing, period: Period | None) -> Counted:
    return Counted(Figure.missing(indicator.unit, why, period), 0)


def _is_kept(session: Session, indicator: Indicator, part: str) -> bool:
    """Whether anything the query counts was ever entered there: without any row, nought would be a guess."""
    query = query_of(indicator)
    if query is None:
        return False
    ever = asked_of(indicator, None, LAST_DAY, part)
    statement = query.any_row(ever) if query.any_row else (query.whole or query.rows)(ever).statement
    return session.execute(statement.limit(1)).first() is not None


def rows_of(
    session: Session, indicator: Indicator, asked: Asked, number: int, *, whole: bool = False
) -> RowsPage:
    """One page of the rows a figure counts. Raises LookupError for an indicator without a query."""
    query = query_of(indicator)
    if query is None:
        raise LookupError(indicator.code)
    of_whole = whole and query.whole is not None
    listing = (query.whole if of_whole and query.whole else query.rows)(asked)
    bare = listing.statement.order_by(None).subquery()
    total = session.scalar(select(func.count()).select_from(bare)) or 0
    adds = total
    if listing.adds is not None:
        adds = int(session.scalar(select(func.coalesce(func.sum(list(bare.c)[listing.adds]), 0))) or 0)
    page = max(1, min(number, -(-total // PAGE_ROWS) or 1))
    rows = session.execute(listing.statement.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).all()
    return RowsPage(listing, Page([tuple(row) for row in rows], page, total, PAGE_ROWS), adds, of_whole)


def adds_up(figure: Figure, found: RowsPage) -> bool:
    """Whether the rows count up to a figure that is no share."""
    return figure.amount == Decimal(found.adds_up_to)
