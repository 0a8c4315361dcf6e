"""A set's content of a period: built by the queries of the internal reports over the whole place, nothing hidden yet."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from registry.indicators.rules.figures import Period
from registry.open_data.models import OpenDataset
from registry.open_data.queries.asked import Asked
from registry.open_data.queries.measures import indicator_content
from registry.open_data.queries.supply import area_content, sector_content
from registry.open_data.queries.taught import breakdown_content, training_content
from registry.open_data.rules.kinds import STOCKS, DatasetKind
from registry.open_data.rules.lines import Content
from registry.places.queries import unit_by_path

WHOLE_COUNTRY = "Việt Nam"
_BUILT: Mapping[DatasetKind, Callable[[Session, Asked], Content]] = {
    DatasetKind.INDICATORS: indicator_content,
    DatasetKind.TRAINING: training_content,
    DatasetKind.BREAKDOWN: breakdown_content,
    DatasetKind.SECTORS: sector_content,
    DatasetKind.AREAS: area_content,
}


def asked_for(session: Session, dataset: OpenDataset, period: Period, on: date) -> Asked:
    """What the next release of a set is asked for; a stock is counted on the day itself, whatever the period."""
    if dataset.kind in STOCKS:
        period = Period(on, on)
    name = place_name(session, dataset)
    return Asked(dataset.unit_path, name, dataset.programme, period.start, period.end, on)


def content_of(session: Session, dataset: OpenDataset, asked: Asked) -> Content:
    """Grids and lines of a release."""
    return _BUILT[dataset.kind](session, asked)


def place_name(session: Session, dataset: OpenDataset) -> str:
    """The name of the place of a set."""
    unit = dataset.unit or (unit_by_path(session, dataset.unit_path) if dataset.unit_path else None)
    return WHOLE_COUNTRY if unit is None else unit.full_name
