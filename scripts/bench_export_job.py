"""Exports generated people as an officer does: asked for on the page, written by the worker.

    python scripts/bench_export_job.py [--people 100000] [--database sqlite|postgresql] [--format csv|xlsx]

Told are seconds of asking and of writing, and the most memory above idle of the process that was asked and of the
worker (a process of its own); idle is each of them after the list of a few provinces. The peer is Python's csv.writer over
as many persons' rows (code and name) as one statement brings them. The limit is 64 MB above idle.
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.app.factory import create_app
from registry.config import Settings
from registry.db import Database
from registry.exports.models import Export
from registry.people.models import Person
from scripts.bench_import import Watch, held, start_worker
from scripts.bench_population import draw
from scripts.bench_registry import KEY, enter_people, ground_of, own_registry
from scripts.bench_served import build_index
from tests.conftest import Client
from tests.factories import accounts

MOST_MEGABYTES = 64.0
_WARM_PEOPLE = 4_000  # more than are written while one waits
_PERIOD = 0.1
_COLUMNS = ["code", "full_name", "headline", "kinds", "residence", "degree", "study_field", "years", "skills", "availability"]  # fmt: skip


def fill(database: Database, people: int) -> tuple[Account, str]:
    """So many people, and an officer of the whole country; and a filter that finds a few thousand."""
    with database.writing() as session:
        officer = accounts.account(session, unit_path="VN/")
        ground = ground_of(session)
        session.commit()
    enter_people(database, draw(people, ground, seed=1))
    build_index(database)
    some = ground.units[: -(-len(ground.units) * _WARM_PEOPLE // people)]
    return officer, urlencode([("don_vi", one) for one in some])


def browser_of(database: Database, url: str, officer: Account) -> Client:
    """The officer's browser, before this very process."""
    folder = database.folder
    assert folder is not None  # noqa: S101
    settings = Settings(
        database_url=url, data_dir=folder, secret_key="s" * 40, field_keys=(KEY,),
        public_url="http://localhost", rate_limits=False, testing=True,
    )  # fmt: skip
    app = create_app(settings, database)
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)  # noqa: S101
    with database.writing() as session:
        client.session = session
        accounts.sign_in(client, session.merge(officer))
    return client


def export(client: Client, database: Database, filters: str, kind: str) -> tuple[Export, float, float]:
    """Ask for a list and wait for its file: the export, seconds of asking and of writing."""
    began = time.perf_counter()
    fields = {
        "purpose": "report", "purpose_text": "Đo tốc độ của việc xuất", "format": kind, "columns": _COLUMNS,
        "filters": filters,
    }  # fmt: skip
    answer = accounts.post(client, "/xuat/ung-vien", fields)
    assert answer.status_code == 303, answer.text  # noqa: S101
    asked = time.perf_counter()
    public_id = str(answer.headers["Location"]).rsplit("/", 1)[-1]
    while True:
        with closing(database.read_session()) as session:
            made = _now(session, public_id)
        if made.job is None or made.job.state.is_over:
            return made, asked - began, time.perf_counter() - asked
        time.sleep(_PERIOD)


def _now(session: Session, public_id: str) -> Export:
    made = session.scalars(select(Export).where(Export.public_id == public_id)).one()
    if made.job is not None:
        assert made.job.state  # noqa: S101 - read before the session closes
    session.expunge_all()
    return made


def peer(database: Database, folder: Path) -> float:
    """Seconds of csv.writer over code and name of everybody."""
    began = time.perf_counter()
    with (
        closing(database.read_session()) as session,
        (folder / "peer.csv").open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file).writerows(session.execute(select(Person.code, Person.full_name)))
    return time.perf_counter() - began


def measured(kind: str, people: int, file_kind: str) -> bool:
    """One export; whether it kept within its memory."""
    with own_registry(kind) as (database, url), tempfile.TemporaryDirectory() as folder:
        officer, few = fill(database, people)
        client = browser_of(database, url, officer)
        assert database.folder is not None  # noqa: S101
        worker = start_worker(url, database.folder)
        watched, here = Watch(worker.pid), Watch(os.getpid())
        try:
            export(client, database, few, file_kind)
            idle, idle_here = held(worker.pid, "VmRSS"), held(os.getpid(), "VmRSS")
            watched.taken()
            here.taken()
            made, asking, writing = export(client, database, "", file_kind)
            time.sleep(2 * _PERIOD)
            most, most_here = watched.taken()[0] - idle, here.taken()[0] - idle_here
        finally:
            watched.stop()
            here.stop()
            worker.kill()
            worker.wait()
        with closing(database.read_session()) as session:
            count = session.scalar(select(func.count()).select_from(Person)) or 0
        assert made.file, made.job and made.job.error  # noqa: S101
        assert made.rows == count, made.rows  # noqa: S101
        size = (database.folder / "exports" / made.file).stat().st_size
        compared = peer(database, Path(folder))
    print(f"{count:,} people as {file_kind}, {kind}: {size / 2**20:.0f} MB")
    print(f"asked {asking:.1f} s, written {writing:.1f} s: {count / writing:,.0f} rows/s, {writing / compared:.0f} × the peer ({compared:.1f} s)")  # fmt: skip
    is_within = max(most, most_here) <= MOST_MEGABYTES
    print(f"web {most_here:.1f} MB, worker {most:.1f} MB above idle: {'PASS' if is_within else 'FAIL'}")
    return is_within


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
    asked = parser.parse_args()
    return 0 if measured(asked.database, asked.people, asked.format) else 1


if __name__ == "__main__":
    sys.exit(main())
