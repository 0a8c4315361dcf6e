"""`registry index`: the files that matching answers from — make them anew, or say how old they are."""

import argparse
from typing import Any

from registry import formats
from registry.cli.context import CommandRefused, open_from_environment, print_json, reading, say
from registry.matching.operations import rebuild, record_snapshot
from registry.matching.queries.files import BuildGoesOn
from registry.matching.queries.snapshots import changed_since, rebuild_due, snapshot_record, usable_snapshot
from registry.web.clock import now, today

_WHY = {
    "missing": "chưa có chỉ mục dùng được",
    "day": "chỉ mục của ngày khác",
    "changed": "nhiều hồ sơ đã đổi",
    "deleted": "có hồ sơ đã xóa",
}


def add_parser(commands: Any) -> None:
    """Add `index build` and `index status`."""
    parser = commands.add_parser("index", help="chỉ mục so khớp")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser("build", help="tạo lại chỉ mục từ cơ sở dữ liệu")
    status = actions.add_parser("status", help="chỉ mục đang dùng và số hồ sơ đã đổi từ đó")
    for action, run in ((build, build_index), (status, print_status)):
        action.add_argument("--json", action="store_true", help="in JSON")
        action.set_defaults(run=run)


def build_index(arguments: argparse.Namespace) -> int:
    """Make a snapshot of today and use it from now on."""
    database = open_from_environment()

    def keep(snapshot: Any) -> None:
        with database.writing() as session:
            record_snapshot(session, snapshot, at=now())
            session.commit()

    try:
        made = rebuild(database, today(), keep, lambda done, of: say(f"{done}/{of}"))
    except BuildGoesOn:
        raise CommandRefused("Một tiến trình khác đang tạo chỉ mục. Chờ xong rồi chạy lại.") from None
    finally:
        database.dispose()
    told = {"version": made.version, "people": len(made), "change": made.change, "bytes": made.arrays.size}
    if arguments.json:
        print_json(told)
    else:
        print(f"{made.version}  {formats.number(len(made))} người, {formats.number(made.arrays.size)} byte")
    return 0


def print_status(arguments: argparse.Namespace) -> int:
    """Print which snapshot is in use, how many people changed since, and why a new one is due, if it is."""
    with reading() as session:
        due = rebuild_due(session, today(), now())
        snapshot = usable_snapshot(session)
        told: dict[str, Any] = {"version": None, "due": None if due is None else due.value}
        if snapshot is not None:
            built_at = snapshot_record(session, snapshot.version)
            told |= {
                "version": snapshot.version,
                "as_of": snapshot.as_of.isoformat(),
                "built_at": None if built_at is None else built_at.isoformat(),
                "people": len(snapshot),
                "change": snapshot.change,
                "changed_since": changed_since(session, snapshot),
                "bytes": snapshot.arrays.size,
            }
    if arguments.json:
        print_json(told)
        return 0
    for name, value in told.items():
        print(f"{name:<14} {formats.missing if value is None else value}")
    if due is not None:
        say(f"Nên tạo lại: {_WHY[due.value]}. Chạy: registry index build")
    return 0
