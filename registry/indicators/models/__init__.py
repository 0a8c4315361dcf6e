"""Indicators, their targets and observations, contradictions, lists behind figures, frozen reports. No queries."""

from registry.indicators.models.indicators import Indicator, IndicatorTarget
from registry.indicators.models.lists import FigureList, FigureListRow, ServiceAssignment
from registry.indicators.models.observations import Contradiction, ContradictionStep, Observation
from registry.indicators.models.reports import ReportSnapshot

__all__ = [
    "Contradiction",
    "ContradictionStep",
    "FigureList",
    "FigureListRow",
    "Indicator",
    "IndicatorTarget",
    "Observation",
    "ReportSnapshot",
    "ServiceAssignment",
]
