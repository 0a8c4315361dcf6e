"""Kills the worker (-9) at ten random moments of one import and looks at what is there in the end.

    python scripts/check_import_killed.py [--rows 5000] [--database sqlite|postgresql] [--seed 1] [--json FILE]

The same file is imported undisturbed into another registry first: every person must have the same parts in both, each
once, with one event, under one row of the batch. After each death the lease of the job is ended at once instead of after
its minute; a job that was given up is started again as the page offers it. A control takes one part of one record away
and one whole record, and both must be found.
"""

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.audit.queries import verify
from registry.db import Base, Database
from registry.exchange.models import ImportBatch, ImportRow
from registry.exchange.rules.batches import BatchState, RowState
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.people.models import Contact, Person
from registry.people.models.bulk_writes import NOTED
from registry.skills.models import Skill
from scripts.bench_import import ask, batch_now, import_file, office, start_worker, upload
from scripts.bench_registry import own_registry
from scripts.bench_workbook import people, write_workbook

KILLS = 10
_TABLES = (
    "nationality", "contact", "identity_document", "expert_facet", "cadre_facet", "education", "experience",
    "language_claim", "skill_claim", "availability", "accepted_place",
)  # fmt: skip
_PERIOD = 0.05
_WITHIN = 0.7
_IN_CHECK = 3


def parts(session: Session) -> Counter[Any]:
    """Every record by its external id, with how many rows each table has of it and how many events tell of it."""
    counts: dict[int, list[int]] = {one: [] for one in session.scalars(select(Person.id))}
    for name in _TABLES:
        owner = Base.metadata.tables[name].c.person_id
        owned = _counted(session, select(owner, func.count()).group_by(owner))
        for one, found in counts.items():
            found.append(owned.get(one, 0))
    told = select(AuditEvent.person, func.count()).where(AuditEvent.action == "person.registered")
    events = _counted(session, told.group_by(AuditEvent.person))
    texts = set(session.scalars(select(Base.metadata.tables["person_text"].c.id)))
    people = session.execute(select(Person.id, Person.public_id, Person.external_id, Person.full_name))
    return Counter(
        (external_id, name, tuple(counts[one]), events.get(public_id, 0), one in texts)
        for one, public_id, external_id, name in people
    )


def _counted(session: Session, statement: Any) -> dict[Any, int]:
    rows: Any = session.execute(statement)
    return {row[0]: row[1] for row in rows}


def faults(session: Session, public_id: str, wanted: Counter[Any]) -> list[str]:
    """What is not as after an undisturbed import."""
    found: list[str] = []
    seen, batch = parts(session), batch_now(session, public_id)
    missing, more = wanted - seen, seen - wanted
    if missing or more:
        found.append(
            f"{missing.total()} records missing or incomplete, {more.total()} too many or incomplete"
        )
    states = Counter(session.scalars(select(ImportRow.state).where(ImportRow.batch_id == batch.id)))
    if batch.state is not BatchState.COMMITTED:
        found.append(f"the batch is {batch.state}")
    if (batch.created, batch.skipped) != (states[RowState.CREATED], states[RowState.SKIPPED]):
        found.append("the counts of the batch are not those of its rows")
    if batch.created != seen.total():
        found.append(f"{batch.created} rows made {seen.total()} records")
    if verify(session).broken is not None:
        found.append("the log is broken")
    session.rollback()
    return found


def planted(database: Database, public_id: str, wanted: Counter[Any]) -> bool:
    """Whether a record without its contacts and a record that is gone are found."""
    said: list[bool] = []
    for table, column in ((Contact, Contact.person_id), (Person, Person.id)):
        with database.writing() as session:
            somebody = session.scalars(select(Person.id).limit(1)).one()
            gone = delete(table).where(column == somebody)
            session.execute(gone.execution_options(**{NOTED: True}))
            said.append(bool(faults_in(session, wanted)))
            session.rollback()
    return all(said) and not faults(database.read_session(), public_id, wanted)


def faults_in(session: Session, wanted: Counter[Any]) -> bool:
    """Whether the records themselves differ."""
    return parts(session) != wanted


def undisturbed(kind: str, file: Path, rows: int, folder: Path) -> Counter[Any]:
    """What an import leaves that nobody kills. Writes the file."""
    with own_registry(kind) as (database, url), office(database, url, folder) as (client, session):
        names = list(
            session.scalars(select(Skill.vi).where(Skill.merged_into_id.is_(None)).order_by(Skill.id))
        )
        session.rollback()
        write_workbook(file, people(rows, names))
        worker = start_worker(url, folder)
        try:
            import_file(client, database, session, file, lambda: worker.poll() is None)
        finally:
            worker.kill()
            worker.wait()
        return parts(session)


def end_lease(database: Database) -> None:
    """What a minute of silence does."""
    with database.writing() as session:
        before = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(Job).where(Job.state == JobState.RUNNING).values(lease_until=before))
        session.commit()


def killed(kind: str, file: Path, folder: Path, seed: int, wanted: Counter[Any]) -> dict[str, Any]:
    """Import the file while the worker is killed again and again; what was found."""
    chance, moments = random.Random(seed), list[str]()  # noqa: S311
    with own_registry(kind) as (database, url), office(database, url, folder) as (client, session):
        public_id = upload(client, file)
        mapping = batch_now(session, public_id).mapping
        ask(client, public_id, "ghep-cot", **{f"column_{index}": key for index, key in mapping.items()})
        rows = sum(wanted.values())
        targets = {
            BatchState.CHECKING: sorted(chance.randrange(rows) for _ in range(_IN_CHECK)),
            BatchState.COMMITTING: sorted(chance.randrange(rows) for _ in range(KILLS - _IN_CHECK)),
        }
        worker = start_worker(url, folder)
        try:
            while (batch := batch_now(session, public_id)).state is not BatchState.COMMITTED:
                left, done = targets.get(batch.state), _done(batch)
                if batch.state is BatchState.CHECKED:
                    ask(client, public_id, "luu", mode="valid_only")
                elif batch.job is not None and batch.job.state.is_over and batch.state.is_busy:
                    is_check = batch.state is BatchState.CHECKING
                    ask(client, public_id, *(["kiem-tra"] if is_check else ["luu"]), mode="valid_only")
                elif left and done >= left[0]:
                    time.sleep(chance.random() * _WITHIN)
                    worker.kill()
                    worker.wait()
                    left.pop(0)
                    moments.append(f"{batch.state.value} {done}")
                    end_lease(database)
                    worker = start_worker(url, folder)
                time.sleep(_PERIOD)
        finally:
            worker.kill()
            worker.wait()
        found = faults(session, public_id, wanted)
        return {"kills": moments, "faults": found, "control": planted(database, public_id, wanted)}


def _done(batch: ImportBatch) -> int:
    """How many rows the step has behind it."""
    if batch.state is BatchState.CHECKING and batch.job is not None:
        return batch.job.steps_done
    return batch.created + batch.skipped


def main() -> int:
    """Import twice, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-import-") as held:
        folder = Path(held)
        file = folder / "people.xlsx"
        wanted = undisturbed(asked.database, file, asked.rows, folder)
        found = killed(asked.database, file, folder, asked.seed, wanted)
    found |= {"database": asked.database, "rows": asked.rows, "records": wanted.total()}
    print(json.dumps(found, indent=1))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))
    return 0 if not found["faults"] and found["control"] and len(found["kills"]) == KILLS else 1


if __name__ == "__main__":
    raise SystemExit(main())
