"""Imports a generated workbook of people as an officer does: upload, check by the worker, save by the worker.

    python scripts/bench_import.py [--rows 5000] [--database sqlite|postgresql] [--json FILE]

The worker is a process of its own. Told are seconds and rows a second of each step, and the most memory above idle of
the process that took the upload, of the worker and of its largest child (which reads the file, reads rows or makes them
ready; what it shares with the worker is the worker's); idle is each of them after a file
of a hundred rows. The peer is a plain bulk insert of the same persons' rows alone (of the first ten thousand, reckoned
for all), by SQLAlchemy Core in one transaction, without parts, keys, log or checks. The limits are 120 s and 128 MB for 100,000 rows.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from registry.app.factory import create_app
from registry.config import Settings
from registry.db import Database
from registry.exchange.models import ImportBatch
from registry.exchange.rules.batches import BatchState
from registry.people.models import Person
from registry.people.models.bulk_writes import NOTED
from registry.skills.models import Skill
from scripts.bench_registry import KEY, own_registry
from scripts.bench_workbook import people, write_workbook
from tests.conftest import Client
from tests.factories import accounts

MOST_SECONDS, MOST_MEGABYTES, FULL = 120.0, 128.0, 100_000
_WARM = 100
_PERIOD = 0.05
_PEER_ROWS = 10_000
_COLUMNS = [
    "public_id",
    "code",
    "external_id",
    "state",
    "legal_basis",
    "author",
    "unit_id",
    "unit_path",
    "organisation_id",
    "organisation_path",
    "confirmed_on",
    "edited_by_id",
    "created_at",
    "updated_at",
    "full_name",
    "folded_name",
    "name_sort_key",
    "birth_on",
    "birth_precision",
    "sex",
    "headline",
    "folded_headline",
    "summary",
    "stated_years",
    "residence_unit_id",
    "residence_unit_path",
    "residence_text",
    "origin_text",
]


@dataclass
class Measured:
    """Seconds by step, megabytes above idle and processor seconds by process, what the batch says at the end."""

    seconds: dict[str, float] = field(default_factory=dict[str, float])
    megabytes: dict[str, float] = field(default_factory=dict[str, float])
    processor: dict[str, float] = field(default_factory=dict[str, float])
    counts: dict[str, int] = field(default_factory=dict[str, int])


def held(pid: int | str, what: str = "VmHWM") -> float:
    """The most memory a process has held so far (VmRSS: holds now), in megabytes; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)


def own(pid: str) -> float:
    """The memory of a process that it shares with no other, in megabytes: a fork has its parent's pages until one of the
    two writes to them. 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def worked(pid: int) -> tuple[float, float]:
    """Processor seconds of a process so far, and of its children that have ended."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(map(int, told[11:13])) / ticks, sum(map(int, told[13:15])) / ticks


class Watch:
    """The peak of a process, and the own memory of the largest of its children, taken many times a second."""

    def __init__(self, pid: int) -> None:
        self.pid, self.own, self.child = pid, 0.0, 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        before: dict[str, float] = {}
        while not self._stopped.wait(_PERIOD):
            self.own = max(self.own, held(self.pid))
            # A child that has not begun its own program has the worker's memory: what is seen once does not count.
            held_by = {child: own(child) for child in self._children()}
            twice = [min(most, before[child]) for child, most in held_by.items() if child in before]
            self.child, before = max([self.child, *twice]), held_by

    def _children(self) -> list[str]:
        found: list[str] = []
        for task in Path(f"/proc/{self.pid}/task").glob("*/children"):
            try:
                found += task.read_text().split()
            except OSError:
                continue
        return found

    def taken(self) -> tuple[float, float]:
        """What was seen so far; begins anew."""
        seen, self.own, self.child = (self.own, self.child), 0.0, 0.0
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        return seen

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()
        self._thread.join()


def start_worker(url: str, folder: Path) -> "subprocess.Popen[bytes]":
    """The product's worker over this database."""
    environment = {
        **os.environ,
        "REGISTRY_DATABASE_URL": url,
        "REGISTRY_DATA_DIR": str(folder),
        "REGISTRY_FIELD_KEYS": KEY,
        "REGISTRY_SECRET_KEY": "s" * 40,
    }
    return subprocess.Popen(
        [sys.executable, "-c", "from registry.cli import main; raise SystemExit(main(['worker']))"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=2,
    )


@contextmanager
def office(database: Database, url: str, folder: Path) -> Generator[tuple[Client, Session]]:
    """The browser of an officer of Lai Châu."""
    settings = Settings(
        database_url=url, data_dir=folder, secret_key="s" * 40, field_keys=(KEY,),
        public_url="http://localhost", rate_limits=False, testing=True,
    )  # fmt: skip
    app = create_app(settings, database)
    app.test_client_class = Client
    client: Any = app.test_client()
    with database.writing() as session:
        client.session = session
        officer = accounts.account(session)
        accounts.sign_in(client, officer)
        yield client, session


def upload(client: Client, file: Path, kind: str = "ung-vien") -> str:
    """Send the file as the form of this kind does; the id of its batch."""
    fields = {"office": "VN/12/|", "csrf_token": accounts.form_token(client)}
    sent = FileStorage(io.BytesIO(file.read_bytes()), filename=file.name)
    boundary, body = encode_multipart({**fields, "file": sent})
    answer = client.post(
        f"/nhap-excel?loai={kind}", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    assert answer.status_code == 303, answer.text  # noqa: S101
    return str(answer.headers["Location"]).rsplit("/", 1)[-1]


def batch_now(session: Session, public_id: str) -> ImportBatch:
    """The batch as it is stored now."""
    session.rollback()
    found = select(ImportBatch).where(ImportBatch.public_id == public_id)
    batch = session.scalars(found.execution_options(populate_existing=True)).one()
    session.expunge_all()  # what was read stays, and nothing is held meanwhile
    session.rollback()
    return batch


def ask(client: Client, public_id: str, step: str, **fields: Any) -> None:
    """One step of the officer."""
    answer = accounts.post(client, f"/nhap-excel/{public_id}/{step}", fields)
    assert answer.status_code == 303, answer.text  # noqa: S101


def wait(database: Database, public_id: str, alive: Callable[[], bool]) -> ImportBatch:
    """The batch when no job works on it any more."""
    while True:
        session = database.read_session()
        batch = batch_now(session, public_id)
        session.close()
        is_failed = batch.job is not None and batch.job.state.is_over and batch.state.is_busy
        if not batch.state.is_busy or is_failed:
            return batch
        assert alive(), "the worker has ended"  # noqa: S101
        time.sleep(_PERIOD)


def import_file(
    client: Client,
    database: Database,
    session: Session,
    file: Path,
    alive: Callable[[], bool],
    kind: str = "ung-vien",
) -> tuple[ImportBatch, dict[str, float]]:
    """The whole way of a file; the batch at its end and the seconds of each step."""
    at, seconds = time.perf_counter(), dict[str, float]()

    def lap(name: str) -> None:
        nonlocal at
        seconds[name], at = time.perf_counter() - at, time.perf_counter()
        print(f"{file.name}: {name} {seconds[name]:.1f} s", file=sys.stderr, flush=True)

    public_id = upload(client, file, kind)
    lap("upload")
    mapping = batch_now(session, public_id).mapping
    ask(client, public_id, "ghep-cot", **{f"column_{index}": key for index, key in mapping.items()})
    wait(database, public_id, alive)
    lap("check")
    ask(client, public_id, "luu", mode="valid_only")
    batch = wait(database, public_id, alive)
    lap("save")
    return batch, seconds


def peer(database: Database) -> float:
    """Seconds of writing the persons' rows alone once more, in one transaction; reckoned for all of them."""
    table: Any = Person.__table__
    with database.writing() as session:
        columns = [table.c[name] for name in _COLUMNS]
        count = session.scalar(select(func.count()).select_from(table)) or 0
        rows = [dict(row) for row in session.execute(select(*columns).limit(_PEER_ROWS)).mappings()]
        for place, row in enumerate(rows):
            row["public_id"], row["code"], row["external_id"] = f"p{place:025}", f"P-{place}", f"P{place}"
        started = time.perf_counter()
        session.execute(insert(table).execution_options(**{NOTED: True}), rows)
        session.flush()
        seconds = time.perf_counter() - started
        session.rollback()
    return seconds * count / len(rows)


def measured(kind: str, rows: int, folder: Path) -> Measured:
    """One import of so many rows into a registry of its own."""
    found = Measured()
    with own_registry(kind) as (database, url), office(database, url, folder) as (client, session):
        names = list(
            session.scalars(select(Skill.vi).where(Skill.merged_into_id.is_(None)).order_by(Skill.id))
        )
        session.rollback()
        warm, file = folder / "warm.xlsx", folder / "people.xlsx"
        write_workbook(warm, people(_WARM, names, seed=1))
        write_workbook(file, people(rows, names, seed=1))
        worker = start_worker(url, folder)
        watched, here = Watch(worker.pid), Watch(os.getpid())
        try:
            import_file(client, database, session, warm, lambda: worker.poll() is None)
            idle, idle_here = held(worker.pid, "VmRSS"), held(os.getpid(), "VmRSS")
            _, child_idle = watched.taken()
            here.taken()
            before = worked(worker.pid)
            batch, found.seconds = import_file(client, database, session, file, lambda: worker.poll() is None)
            time.sleep(2 * _PERIOD)
            after = worked(worker.pid)
            found.processor = {"worker": after[0] - before[0], "children": after[1] - before[1]}
            (most, child), own_here = watched.taken(), here.taken()[0]
        finally:
            watched.stop()
            here.stop()
            worker.kill()
            worker.wait()
        assert batch.state is BatchState.COMMITTED, (batch.state, batch.job and batch.job.error)  # noqa: S101
        found.megabytes = {"web": own_here - idle_here, "worker": most - idle, "child": child - child_idle}
        kept = session.scalar(select(func.count()).select_from(Person)) or 0
        found.counts = {
            "rows": batch.rows, "errors": batch.errors, "warnings": batch.warnings, "created": batch.created,
            "skipped": batch.skipped, "people": kept,
        }  # fmt: skip
        session.rollback()
        found.seconds["peer"] = peer(database)
    return found


def main() -> int:
    """Measure, print, judge against the limits in proportion to the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-import-") as folder:
        found = measured(asked.database, asked.rows, Path(folder))
    steps = ("upload", "check", "save")
    whole = sum(found.seconds[step] for step in steps)
    print(f"{asked.rows:,} rows × 30 columns, {asked.database}: {found.counts}")
    for step in steps:
        print(f"{step:8} {found.seconds[step]:8.1f} s {asked.rows / found.seconds[step]:10,.0f} rows/s")
    ratio = whole / found.seconds["peer"]
    print(
        f"{'in all':8} {whole:8.1f} s {asked.rows / whole:10,.0f} rows/s, {ratio:.0f} × the bare rows of persons"
    )
    for name, most in found.megabytes.items():
        print(f"{name:8} {most:8.1f} MB above idle")
    for name, seconds in found.processor.items():
        print(f"{name:8} {seconds:8.1f} s of a processor, {1000 * seconds / asked.rows:.2f} ms a row")
    if asked.json:
        asked.json.write_text(
            json.dumps({"database": asked.database, "ratio": ratio, **asdict(found)}, indent=1)
        )
    is_fast = whole <= MOST_SECONDS * max(1.0, asked.rows / FULL)
    return 0 if is_fast and max(found.megabytes.values()) <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
