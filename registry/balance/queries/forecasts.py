"""Forecasts of demand, each beside what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.balance.models import DemandForecast
from registry.balance.queries.kept import in_scope, one_of
from registry.balance.queries.subjects import need_is_about
from registry.balance.rules import Forecast, ForecastError, held_against
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.places.models import AdministrativeUnit
from registry.web.paging import PAGE_SIZE, Page


class ForecastLine(NamedTuple):
    """A forecast beside what came."""

    forecast: DemandForecast
    error: ForecastError


def forecasts(session: Session, viewer: Viewer, *, on: date, page: int | None = None) -> Page[ForecastLine]:
    """Forecasts, those of the nearest day first, each beside the places opened from then to then. Three statements.

    Without a page: all of them, for a file.
    """
    chosen = select(DemandForecast).where(in_scope(viewer, DemandForecast))
    total = session.scalar(chosen.with_only_columns(func.count())) or 0
    wanted = chosen.options(
        joinedload(DemandForecast.unit).joinedload(AdministrativeUnit.parent),
        joinedload(DemandForecast.organisation),
    ).order_by(DemandForecast.due_on.desc(), DemandForecast.id.desc())
    if page is not None:
        wanted = wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    rows = session.scalars(wanted).all()
    came = _opened(session, [one.id for one in rows])
    lines = [ForecastLine(one, _error(one, came.get(one.id, 0), on)) for one in rows]
    return Page(lines, page or 1, total)


def line_of(session: Session, forecast: DemandForecast, *, on: date) -> ForecastLine:
    """One forecast beside what came. One statement."""
    came = _opened(session, [forecast.id])
    return ForecastLine(forecast, _error(forecast, came.get(forecast.id, 0), on))


def forecast_of(session: Session, viewer: Viewer, public_id: str) -> DemandForecast | None:
    """One forecast in the viewer's scopes."""
    return one_of(session, viewer, DemandForecast, public_id)


def needs_of_forecast(
    session: Session, viewer: Viewer, forecast: DemandForecast, page: int
) -> tuple[Page[Need], int]:
    """The needs a forecast is set against, in the viewer's scopes, and the people all of them ask for."""
    chosen = (
        select(Need)
        .join(DemandForecast, and_(*_came_of_it()))
        .where(
            DemandForecast.id == forecast.id,
            scope_condition(viewer, Need.unit_path, Need.organisation_path),
        )
    )
    total, people = session.execute(
        chosen.with_only_columns(func.count(), func.sum(Need.headcount)).order_by(None)
    ).one()
    rows = session.scalars(
        chosen.options(
            joinedload(Need.organisation), joinedload(Need.unit).joinedload(AdministrativeUnit.parent)
        )
        .order_by(Need.opened_on, Need.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, total), int(people or 0)


def _came_of_it() -> Sequence[ColumnElement[bool]]:
    """The need was opened in the forecast's time and place, on its subject, and not called off."""
    return (
        Need.opened_on > DemandForecast.made_on,
        Need.opened_on <= DemandForecast.due_on,
        Need.state != NeedState.CANCELLED,
        Need.unit_path.startswith(DemandForecast.unit_path),
        Need.organisation_path.startswith(DemandForecast.organisation_path),
        need_is_about(DemandForecast.subject_kind, DemandForecast.subject_code),
    )


def _opened(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    if not ids:
        return {}
    rows = session.execute(
        select(DemandForecast.id, func.sum(Need.headcount))
        .join(Need, and_(*_came_of_it()))
        .where(DemandForecast.id.in_(ids))
        .group_by(DemandForecast.id)
    )
    return {number: int(people) for number, people in rows}


def _error(one: DemandForecast, came: int, on: date) -> ForecastError:
    foreseen = Forecast(
        (one.subject_kind, one.subject_code, one.unit_path),
        one.amount,
        one.made_on,
        one.due_on,
        one.author,
        one.method,
    )
    return held_against(foreseen, None if one.withdrawn_on is not None else came, on)
