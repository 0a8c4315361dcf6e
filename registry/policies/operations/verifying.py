"""Keeping that somebody compared a figure with its source. Flushes, never commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.models import (
    FigureVerification,
    LegalDocument,
    ParameterValue,
    PolicyVersion,
)
from registry.policies.operations.errors import FigureChanged
from registry.policies.queries.verified import COLUMNS, Owner, figures_by_key
from registry.policies.rules.figures import DATES


@dataclass(frozen=True)
class Compared:
    """Against which source, on which day, and by when it is to be looked at again."""

    source: str
    checked_on: date
    review_on: date


def verify_figure(
    session: Session,
    owner: Owner,
    compared: Compared,
    *,
    by: int,
    at: datetime,
    figure: str = DATES,
    seen_sha256: str | None = None,
) -> FigureVerification:
    """Keep that a figure says what its source says. Raises FigureChanged when it is gone or not what was looked at."""
    now = figures_by_key(owner).get(figure)
    if now is None or (seen_sha256 is not None and seen_sha256 != now):
        raise FigureChanged(figure)
    made = FigureVerification(
        figure=figure,
        figure_sha256=now,
        source=compared.source,
        checked_on=compared.checked_on,
        review_on=compared.review_on,
        by_id=by,
        at=at,
    )
    setattr(made, COLUMNS[type(owner)], owner.id)
    session.add(made)
    session.flush()
    record(
        session,
        by,
        "policy_figure.verified",
        "policy_figure",
        name_of(owner),
        detail={
            "figure": figure,
            "source": compared.source,
            "checked_on": compared.checked_on.isoformat(),
            "review_on": compared.review_on.isoformat(),
        },
        at=at,
    )
    return made


def name_of(owner: Owner) -> str:
    """What the log calls the row a figure belongs to."""
    if isinstance(owner, PolicyVersion):
        return f"{owner.policy.code}@{owner.number}"
    if isinstance(owner, LegalDocument):
        return owner.code
    if isinstance(owner, ParameterValue):
        of = f":{owner.parameter.of}" if owner.parameter.of else ""
        return f"{owner.parameter.key}{of}@{owner.valid_from.isoformat()}"
    return f"{owner.yearly_list.code}@{owner.year}"
