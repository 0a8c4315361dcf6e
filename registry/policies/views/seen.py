"""What a page says of a comparison: by whom, when, against what, until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.queries import known_by
from registry.policies.models import FigureVerification


def checked_line(session: Session, checked: FigureVerification | None, on: date) -> dict[str, Any] | None:
    """One comparison in words; None when there is none."""
    return None if checked is None else checked_lines(session, {0: checked}, on)[0]


def checked_lines(
    session: Session, checked: Mapping[Any, FigureVerification], on: date
) -> dict[Any, dict[str, Any]]:
    """The same of many, with one look at who they were."""
    names = known_by(session, [one.by_id for one in checked.values()])
    return {
        key: {
            "source": one.source,
            "on": one.checked_on,
            "by": names.get(one.by_id, ("", ""))[1],
            "review_on": one.review_on,
            "is_overdue": one.review_on < on,
        }
        for key, one in checked.items()
    }
