"""Defining a measure and setting its targets. Flushes, never commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.taking import unless_taken
from registry.indicators.models import Indicator, IndicatorTarget
from registry.indicators.operations.errors import CodeTaken, Impossible, NoOwnerOrSource
from registry.indicators.queries.computed import QUERIES
from registry.indicators.rules.figures import Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.typed import kept
from registry.people.rules.problems import N_, Problem

UNIT_NOT_COUNTED = N_(
    "Cách đếm «%(query)s» không cho số bằng đơn vị tính này. Chọn đơn vị tính khác hoặc cách đếm khác"
)


@dataclass(frozen=True)
class IndicatorTerms:
    """What a measure says of itself. `node_id` and `programme_id`: where it hangs."""

    name: str
    kind: IndicatorKind
    unit_code: str
    owner: str
    source: str
    name_en: str = ""
    definition: str = ""
    limits: str = ""
    numerator: str = ""
    denominator: str = ""
    query: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    lower_is_better: bool = False
    programme_id: int | None = None
    node_id: int | None = None


@dataclass(frozen=True)
class TargetTerms:
    """One stated target. `published_id` is its id among the printed figures."""

    amount: Decimal
    unit_code: str
    starts: date | None
    ends: date | None
    reading: Reading
    document: str
    quote: str = ""
    paragraph: int | None = None
    published_id: str | None = None
    profile: tuple[tuple[date, Decimal], ...] = ()


def define_indicator(
    session: Session,
    code: str,
    terms: IndicatorTerms,
    *,
    at_unit: str,
    at_organisation: str,
    by: int | None,
    at: datetime,
    position: int = 0,
) -> Indicator:
    """A new measure. Raises CodeTaken, NoOwnerOrSource, or Impossible for a query that does not count its unit."""
    _check(terms)
    made = Indicator(code=code, unit_path=at_unit, organisation_path=at_organisation, position=position)
    _set(made, terms)
    with unless_taken(session, CodeTaken(code)):
        session.add(made)
    detail = {"code": code, "query": terms.query}
    record(session, by, "indicator.defined", "indicator", made.public_id, detail=detail, at=at)
    return made


def revise_indicator(
    session: Session, indicator: Indicator, terms: IndicatorTerms, *, by: int | None, at: datetime
) -> None:
    """Say anew what a measure is; frozen reports keep what it was. Raises as `define_indicator`."""
    _check(terms)
    before = (indicator.name, indicator.unit_code, indicator.query)
    _set(indicator, terms)
    session.flush()
    after = (indicator.name, indicator.unit_code, indicator.query)
    changes = {
        name: (old, new)
        for name, old, new in zip(("name", "unit", "query"), before, after, strict=True)
        if old != new
    }
    record(session, by, "indicator.revised", "indicator", indicator.public_id, changes=changes, at=at)


def set_target(
    session: Session, indicator: Indicator, terms: TargetTerms, *, by: int | None, at: datetime
) -> IndicatorTarget:
    """One more target beside those there are: nothing is merged or replaced (IN-08)."""
    made = IndicatorTarget(
        amount=kept(terms.amount),
        unit_code=terms.unit_code,
        starts=terms.starts,
        ends=terms.ends,
        reading=terms.reading,
        document=terms.document,
        quote=terms.quote,
        paragraph=terms.paragraph,
        published_id=terms.published_id,
        profile=[[day.isoformat(), kept(share)] for day, share in terms.profile],
        entered_by_id=by,
    )
    indicator.targets.append(made)
    session.flush()
    detail = {"amount": made.amount, "document": made.document}
    record(session, by, "indicator.target_set", "indicator", indicator.public_id, detail=detail, at=at)
    return made


def _check(terms: IndicatorTerms) -> None:
    if not terms.owner.strip() or not terms.source.strip():
        raise NoOwnerOrSource
    query = QUERIES.get(terms.query)
    if query is not None and terms.unit_code not in query.units:
        raise Impossible(Problem("unit_not_counted", UNIT_NOT_COUNTED, {"query": query.title}))


def _set(indicator: Indicator, terms: IndicatorTerms) -> None:
    for name in (
        *("name", "name_en", "kind", "unit_code", "owner", "source", "definition", "limits"),
        *("numerator", "denominator", "query", "lower_is_better", "programme_id", "node_id"),
    ):
        setattr(indicator, name, getattr(terms, name))
    indicator.parameters = dict(terms.parameters)
