"""`registry match-all`: rank people for every open need, keep the rankings, tell the owners what moved."""

import argparse
from datetime import date
from typing import Any

from registry import formats
from registry.app.handlers import HANDLERS
from registry.cli.context import CommandRefused, open_from_environment, print_json
from registry.db import Database
from registry.jobs.models import Job
from registry.jobs.queries import job_by_public_id
from registry.jobs.rules import JobState
from registry.jobs.worker import run_due_jobs
from registry.matching.operations.batch import MATCH_JOB, enqueue_batch
from registry.web.clock import now, today


def add_parser(commands: Any) -> None:
    """Add `match-all`."""
    parser = commands.add_parser(
        "match-all", help="xếp hạng mọi người cho mọi nhu cầu đang mở, lưu từng bảng"
    )
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="tính tại ngày này, yyyy-mm-dd")
    parser.add_argument("--json", action="store_true", help="in JSON")
    parser.set_defaults(run=match_all)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» không phải ngày dạng yyyy-mm-dd") from None


def match_all(arguments: argparse.Namespace) -> int:
    """Run the job here and now, and print how many rankings were kept."""
    database = open_from_environment()
    try:
        job = _done(database, arguments.as_of or today())
    finally:
        database.dispose()
    result: dict[str, Any] = dict(job.result or {})
    if arguments.json:
        print_json({"job": job.public_id, "state": job.state.value, **result})
    else:
        said = {name: formats.number(int(result.get(name, 0))) for name in ("needs", "kept", "alerts")}
        print("{needs} nhu cầu, {kept} bảng mới, {alerts} thông báo".format(**said))
    return 0


def _done(database: Database, as_of: date) -> Job:
    with database.writing() as session:
        public_id = enqueue_batch(session, as_of=as_of, at=now(), by=None).public_id
        session.commit()
    run_due_jobs(database, {MATCH_JOB: HANDLERS[MATCH_JOB]})
    with database.read_session() as session:
        job = job_by_public_id(session, public_id)
    if job is None or job.state is not JobState.DONE:
        raise CommandRefused("Chưa ghép xong: một tiến trình khác đang làm, hoặc việc đã gặp lỗi.")
    return job
