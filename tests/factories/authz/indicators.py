"""A measure of each place with a figure that contradicts its plan, and a frozen report."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.indicators.models import Contradiction
from registry.indicators.operations.defining import IndicatorTerms, TargetTerms, define_indicator, set_target
from registry.indicators.operations.observing import Observed, enter_observation
from registry.indicators.operations.reporting import ReportFiles, freeze_report
from registry.indicators.rules.figures import Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.wording import PrintedPercent
from registry.needs.models import Need

Objects = dict[str, dict[str, dict[str, str]]]
_START, _END = date(2025, 1, 1), date(2025, 6, 30)


def make_indicators(session: Session, needs: dict[str, Need]) -> Objects:
    """The parts of their addresses; each stands where the need of its place does."""
    found: Objects = {kind: {} for kind in ("indicator", "contradiction", "report_snapshot")}
    at = datetime.now(UTC)
    for where, need in needs.items():
        path = need.unit_path
        terms = IndicatorTerms(
            "Người học nghề",
            IndicatorKind.COUNT,
            "people",
            "Sở Nội vụ",
            "Kế hoạch 1",
            query="people_trained",
            parameters={"category": "vocational"},
        )
        code = f"CT-{where.upper()}"
        made = define_indicator(session, code, terms, at_unit=path, at_organisation="", by=None, at=at)
        target = TargetTerms(Decimal(100), "people", _START, _END, Reading.WHOLE_PERIOD, "Kế hoạch 1")
        set_target(session, made, target, by=None, at=at)
        percent = PrintedPercent(Decimal("9.8"), 1)
        observed = Observed(_START, _END, Decimal(50), "Báo cáo 1", percent=percent)
        enter_observation(session, made, observed, by=None, at=at)
        one = session.scalars(select(Contradiction).where(Contradiction.indicator_id == made.id)).one()
        files = ReportFiles("Báo cáo", _START, _END, path, "", [], "1", b"%PDF-1", b"PK")
        frozen = freeze_report(session, files, by=None, at=at)
        found["indicator"][where] = {"ma": code}
        found["contradiction"][where] = {"ma": one.public_id}
        found["report_snapshot"][where] = {"ma": frozen.public_id}
    return found
