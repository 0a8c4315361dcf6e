"""«Lưu giữ»: the rows of retention and what falls due by them, for administrators: counts and days, nobody's name."""

from collections import Counter
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.privacy.forms import words
from registry.privacy.queries.retention import Standing, dry_run, outcomes
from registry.privacy.rules.retention import NoticeOutcome, retention_version
from registry.privacy.views.blueprint import bp
from registry.privacy.views.parameters import length_words, must_see_all
from registry.web.clock import today
from registry.web.database import db_session


@bp.get("/luu-giu")
@require(Permission.PRIVACY_READ)
def retention() -> ResponseReturnValue:
    """What would be told, wait and go today, and on which days the rest goes."""
    must_see_all()
    session, on = db_session(), today()
    standings, past = dry_run(session, on=on), outcomes(session)
    return render_template(
        "privacy/retention.html",
        on=on,
        version=retention_version(),
        lines=[_line(one) for one in standings],
        days=_days(standings),
        past=[
            (one.rule.what, {kind: past.get((one.rule.code, kind), 0) for kind in NoticeOutcome})
            for one in standings
        ],
        outcome_words=words.OUTCOME,
    )


def _line(one: Standing) -> dict[str, Any]:
    return {
        "standing": one,
        "length": length_words(one.rule),
        "action": words.RETENTION_ACTION[one.rule.action],
        "purpose": words.PURPOSE[one.rule.purpose],
        "tables": ", ".join(one.rule.tables),
    }


def _days(standings: Any) -> list[tuple[date, str, int]]:
    """(day, what, of how many people) in order."""
    counted: Counter[tuple[date, str]] = Counter()
    for one in standings:
        for day, number in one.gone_by_day.items():
            counted[day, one.rule.what] += number
    return [(day, what, number) for (day, what), number in sorted(counted.items())]
