"""Imports a generated list of classes as an officer does: upload, check by the worker, save by the worker, and undo.

    python scripts/bench_training_list.py [--rows 30000] [--classes 60] [--faulty 300] [--database sqlite|postgresql]

The worker is a process of its own. Told are seconds and rows a second of each step; the limit of upload, check and save
together is one minute for 30,000 rows. Nobody in the list is in the registry.
"""

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.exchange.rules.batches import BatchState
from registry.exchange.rules.training_columns import TRAINING_COLUMNS, TRAINING_SHEET
from registry.places.queries import unit_by_path
from registry.training.models import Participation, TrainingCourse, TrainingSession
from registry.training.operations import Act, create_course, create_session
from registry.training.rules import CourseKind, Mode, SessionState
from registry.web.clock import now, today
from scripts.bench_import import ask, import_file, office, start_worker, wait
from scripts.bench_registry import own_registry

_MOST_SECONDS, _FULL = 60.0, 30_000


def main() -> None:
    """Parse, fill, time, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=_FULL)
    parser.add_argument("--classes", type=int, default=60)
    parser.add_argument("--faulty", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        seconds = _measured(arguments, Path(place))
    for name, took in seconds.items():
        print(f"{name}: {took:.1f} s, {arguments.rows / took:,.0f} rows a second")
    whole = sum(took for name, took in seconds.items() if name != "undo")
    limit = _MOST_SECONDS * max(1.0, arguments.rows / _FULL)
    print(f"upload, check and save: {whole:.1f} s of at most {limit:.0f} s")
    raise SystemExit(whole > limit)


def _measured(arguments: argparse.Namespace, folder: Path) -> dict[str, float]:
    with (
        own_registry(arguments.database) as (database, url),
        office(database, url, folder) as (client, session),
    ):
        codes = _classes(session, arguments.classes)
        session.commit()
        file = folder / "lop.xlsx"
        _write(file, arguments.rows, arguments.faulty, codes)
        worker = start_worker(url, folder)
        try:
            batch, seconds = import_file(
                client, database, session, file, lambda: worker.poll() is None, "lop-dao-tao"
            )
            assert batch.state is BatchState.COMMITTED, (batch.state, batch.job and batch.job.error)  # noqa: S101
            kept = session.scalar(select(func.count(Participation.id)))
            session.rollback()
            print(f"{kept} participations kept, {batch.errors} errors in rows")
            assert kept == arguments.rows - arguments.faulty, kept  # noqa: S101
            begun = time.perf_counter()
            ask(client, batch.public_id, "hoan-tac")
            wait(database, batch.public_id, lambda: worker.poll() is None)
            seconds["undo"] = time.perf_counter() - begun
        finally:
            worker.kill()
            worker.wait()
    return seconds


def _classes(session: Session, count: int) -> list[str]:
    act = Act(None, now(), today())
    unit = unit_by_path(session, "VN/12/")
    assert unit is not None  # noqa: S101
    place = {"unit_id": unit.id, "unit_path": unit.path}
    course = TrainingCourse(
        code="BENCH",
        name="Bồi dưỡng nghiệp vụ",
        category="professional",
        kind=CourseKind.IN_SERVICE,
        **place,
    )
    create_course(session, course, [], act)
    begun = act.on - timedelta(days=60)
    codes = [f"BENCH-{number + 1:03}" for number in range(count)]
    for code in codes:
        held = TrainingSession(
            course=course,
            code=code,
            state=SessionState.FINISHED,
            mode=Mode.IN_PERSON,
            planned_start=begun,
            actual_start=begun,
            actual_end=begun + timedelta(days=30),
            **place,
        )
        create_session(session, held, act)
    return codes


def _write(file: Path, rows: int, faulty: int, codes: list[str]) -> None:
    """Participants of every class in turn; the first `faulty` rows have a mark that is none."""
    book: Any = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet(TRAINING_SHEET)
    sheet.write_row(0, 0, [column.header for column in TRAINING_COLUMNS])
    keys = [column.key for column in TRAINING_COLUMNS]
    for number in range(rows):
        told = {
            "session": codes[number % len(codes)],
            "full_name": f"Nguyễn Văn Thử {number}",
            "identity": f"001088{number:06}",
            "birth": f"{1 + number % 28:02}/0{1 + number % 9}/{1970 + number % 30}",
            "sex": ("Nam", "Nữ")[number % 2],
            "state": "Đã học xong",
            "result": "Đạt" if number % 20 else "Không đạt",
            "grade": "11" if number < faulty else f"{5 + number % 5},5",
            "certificate": f"CC-{number:06}",
            "is_rural": ("Có", "Không", "")[number % 3],
        }
        sheet.write_row(number + 1, 0, [told.get(key, "") for key in keys])
    book.close()


if __name__ == "__main__":
    main()
