"""The page of indicators over a million participations: how long an officer waits for it, and beside it a bare count.

    python scripts/bench_indicators.py [--rows N] [--repeats N] [--database sqlite|postgresql] [--json]

Builds a registry of its own, writes the rows, checks that both counts agree with what was written, then asks for the page
over HTTP as an officer of the province, and for a `SELECT count(*)` over the same rows. The limit is two seconds.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from registry.db import Database
from registry.db.bulk import plan_of, write_rows
from registry.indicators.operations.defining import IndicatorTerms, TargetTerms, define_indicator, set_target
from registry.indicators.queries.categories import training_table
from registry.indicators.rules.figures import Period, Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.periods import code_of
from registry.training.models import Participation, TrainingCourse, TrainingSession
from registry.training.rules import CATEGORIES, CourseKind, Mode, ParticipationState, SessionState
from registry.web.clock import now
from scripts.bench_import import office
from scripts.bench_registry import own_registry
from tests.conftest import Client

_PATH, _YEAR = "VN/12/", Period.year(2025)
_BATCH = 100_000
_SESSIONS_OF_A_CATEGORY = 50
# A figure of thousands with its way to the rows.
_PEOPLE = re.compile(r"/dong[^>]*>\d{1,3}\.\d{3}<")
_SEVEN = tuple(one.code for one in CATEGORIES[:7])


def main() -> int:
    """Build, check, measure, print."""
    asked = _arguments()
    with own_registry(asked.database) as (database, url), tempfile.TemporaryDirectory() as folder:
        told = _measured(database, url, Path(folder), asked)
    if asked.json:
        print(json.dumps(told))
    else:
        for name, value in told.items():
            print(f"{name:<28} {value}")
    return 0 if told["page_seconds"] < 2 else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _measured(database: Database, url: str, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    with database.writing() as session:
        _define(session)
        written = _fill(session, asked.rows)
        session.commit()
    with database.write_engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    with closing(database.read_session()) as session:
        _check(session, written)
        counts = _times(
            lambda: session.scalar(select(func.count()).select_from(Participation)), asked.repeats
        )
    with office(database, url, folder) as (client, _session):
        _open(client)  # what is built once a process
        pages = _times(lambda: _open(client), asked.repeats)
    page, count = statistics.median(pages), statistics.median(counts)
    return {
        "database": database.write_engine.dialect.name,
        "rows": written,
        "count_seconds": round(count, 4),
        "page_seconds": round(page, 3),
        "page_seconds_worst": round(max(pages), 3),
        "ratio": round(page / count, 1),
    }


def _define(session: Session) -> None:
    """An indicator a category, each with a plan of the year."""
    for code in _SEVEN:
        terms = IndicatorTerms(
            f"Người học: {code}",
            IndicatorKind.COUNT,
            "people",
            "Sở Nội vụ",
            "Đo",
            query="people_trained",
            parameters={"category": code},
        )
        made = define_indicator(
            session,
            f"DO-{code.upper().replace('_', '-')}",
            terms,
            at_unit=_PATH,
            at_organisation="",
            by=None,
            at=now(),
        )
        target = TargetTerms(
            cast(Any, 100_000), "people", _YEAR.start, _YEAR.end, Reading.WHOLE_PERIOD, "Kế hoạch"
        )
        set_target(session, made, target, by=None, at=now())


def _fill(session: Session, rows: int) -> int:
    """Rows over seven categories and 350 classes; every participant comes about three times."""
    sessions = _sessions(session)
    plan = plan_of(cast("Table", Participation.__table__), session.get_bind().dialect.name)
    people, written = max(1, rows // 3), 0
    while written < rows:
        batch = range(written, min(rows, written + _BATCH))
        made = [
            {
                "session_id": sessions[number % len(sessions)][0],
                "participant": -(
                    number // len(sessions) * 7 % people * len(sessions) + number % len(sessions) + 1
                ),
                "state": ParticipationState.COMPLETED,
                "category": sessions[number % len(sessions)][1],
                "happened_on": _YEAR.start + timedelta(number % 365),
                "unit_path": f"{_PATH}{number % 38:05}/",
            }
            for number in batch
        ]
        write_rows(session, plan, plan.values(made))
        written += len(batch)
    return written


def _sessions(session: Session) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for code in _SEVEN:
        kind = CourseKind.EDUCATION if code == "education" else CourseKind.IN_SERVICE
        course = TrainingCourse(code=f"DO-{code}"[:40], name=code, kind=kind, category=code, unit_path=_PATH)
        session.add(course)
        session.flush()
        classes = [
            TrainingSession(
                course_id=course.id,
                code=f"DO-{code}-{number}"[:40],
                state=SessionState.FINISHED,
                actual_start=date(2025, 1, 1),
                actual_end=date(2025, 12, 31),
                mode=Mode.IN_PERSON,
                unit_path=_PATH,
            )
            for number in range(_SESSIONS_OF_A_CATEGORY)
        ]
        session.add_all(classes)
        session.flush()
        found += [(one.id, code) for one in classes]
    return found


def _open(client: Client) -> None:
    """The page as it stands at first, of the year that was written."""
    answer = client.get(f"/chi-tieu?ky={code_of(_YEAR)}")
    if answer.status_code != 200 or _PEOPLE.search(answer.text) is None:
        sys.exit(f"the page answers {answer.status_code}, without what was counted")


def _check(session: Session, written: int) -> None:
    """Equality before timing: attendances of all categories are all rows, people are counted by hand for one."""
    table = training_table(session, _YEAR, _PATH)
    if table.attendances != written:
        sys.exit(f"{table.attendances} attendances of {written} rows")
    first = table.rows[0]
    by_hand = len(
        set(session.scalars(select(Participation.participant).where(Participation.category == first.code)))
    )
    if by_hand != first.people:
        sys.exit(f"{first.people} people counted, {by_hand} by hand")


def _times(ask: Callable[[], Any], repeats: int) -> list[float]:
    found: list[float] = []
    for _number in range(repeats):
        begun = time.perf_counter()
        ask()
        found.append(time.perf_counter() - begun)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
