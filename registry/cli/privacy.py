"""`registry privacy`: who was erased, erasing them again in a restored backup, clearing files, what falls due."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from registry.app.schema import METADATA
from registry.cli.context import CommandRefused, open_from_environment, print_json, reading, say
from registry.config import load_settings
from registry.privacy.operations.erasing import KeptByLaw
from registry.privacy.operations.replaying import FILE_NAME, erased_people, keep_outside, read_list, replay
from registry.privacy.operations.retention_work import attend_all, tasks_due
from registry.privacy.operations.scrubbing import scrub
from registry.privacy.queries.retention import Standing, dry_run
from registry.web.clock import now, today

_TABLES = METADATA.tables  # erasing reaches those of every room, so all must be known


def add_parser(commands: Any) -> None:
    """Add `privacy erased`, `privacy replay`, `privacy scrub` and `privacy retention`."""
    parser = commands.add_parser("privacy", help="xóa theo yêu cầu: danh sách, làm lại, dọn tệp")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("erased", help="in mã của những hồ sơ đã xóa")
    again = verbs.add_parser("replay", help="xóa lại trong bản khôi phục những hồ sơ đã xóa")
    again.add_argument(
        "file", nargs="?", type=Path, help=f"danh sách (mặc định: {FILE_NAME} trong thư mục dữ liệu)"
    )
    clearing = verbs.add_parser(
        "scrub", help="ghi mới tệp cơ sở dữ liệu để không còn dấu vết của dòng đã xóa"
    )
    due = verbs.add_parser("retention", help="báo trước và xóa dữ liệu hết hạn lưu giữ")
    due.add_argument("--dry-run", action="store_true", help="chỉ in sẽ làm gì, không đổi gì")
    runs = ((listing, print_erased), (again, erase_again), (clearing, scrub_files), (due, retain))
    for verb, run in runs:
        verb.add_argument("--json", action="store_true", help="in JSON")
        verb.set_defaults(run=run)


def print_erased(arguments: argparse.Namespace) -> int:
    """Print who was erased: public ids and times."""
    with reading() as session:
        people = erased_people(session)
    if arguments.json:
        print_json([{"person": one.person, "erased_at": one.erased_at.isoformat()} for one in people])
        return 0
    for one in people:
        print(one.person, one.erased_at.isoformat())
    say(f"{len(people)} hồ sơ đã xóa")
    return 0


def erase_again(arguments: argparse.Namespace) -> int:
    """Erase whoever the list names and the database still has; then clear its files."""
    folder = load_settings().data_dir
    path: Path = arguments.file or folder / FILE_NAME
    if not path.exists():
        raise CommandRefused(f"Không có tệp {path.name}. Chép danh sách đã cất vào đó rồi chạy lại.")
    database = open_from_environment()
    try:
        people = list(read_list(path))
        with database.writing() as session:
            again = replay(session, people, at=now())
            session.commit()
            keep_outside(folder, [*people, *erased_people(session)])
        scrub(database, is_whole=bool(again))
    except ValueError:
        raise CommandRefused(f"Tệp {path.name} không phải danh sách hồ sơ đã xóa.") from None
    except KeptByLaw:
        raise CommandRefused(
            "Một hồ sơ trong danh sách nay được giữ theo luật. Kiểm tra rồi chạy lại."
        ) from None
    finally:
        database.dispose()
    if arguments.json:
        print_json({"listed": len(people), "erased": again})
    else:
        say(f"Đã xóa lại {again} trong {len(people)} hồ sơ của danh sách.")
    return 0


def scrub_files(arguments: argparse.Namespace) -> int:
    """Write the database's files anew, so that nothing of deleted rows is left in them."""
    database = open_from_environment()
    try:
        scrub(database, is_whole=True)
    finally:
        database.dispose()
    if arguments.json:
        print_json({"scrubbed": True})
    else:
        say("Đã ghi mới các tệp.")
    return 0


def retain(arguments: argparse.Namespace) -> int:
    """Print what is due by the rows of retention, or do it as the daily job does."""
    if arguments.dry_run:
        with reading() as session:
            standings = dry_run(session, on=today())
        _print_standings(standings, as_json=arguments.json)
        return 0
    settings, database = load_settings(), open_from_environment()
    try:
        with database.writing() as session:
            done = attend_all(session, tasks_due(session, now()), settings.public_url, at=now())
            session.commit()
            keep_outside(settings.data_dir, erased_people(session))
    finally:
        database.dispose()
    if arguments.json:
        print_json(dict(done))
    else:
        say(", ".join(f"{name}: {number}" for name, number in sorted(done.items())) or "Không có gì đến hạn.")
    return 0


def _print_standings(standings: Sequence[Standing], *, as_json: bool) -> None:
    if as_json:
        print_json([_plain(one) for one in standings])
        return
    for one in standings:
        counts = f"báo {one.to_tell}, đang chờ {one.waiting}, đến hạn {one.goes_now}"
        print(f"{one.rule.code}: {counts}, không báo được {one.unreachable}, tạm giữ {one.held}")


def _plain(one: Standing) -> dict[str, Any]:
    return {
        "rule": one.rule.code,
        "confirmed": one.rule.is_confirmed,
        "to_tell": one.to_tell,
        "waiting": one.waiting,
        "goes_now": one.goes_now,
        "unreachable": one.unreachable,
        "held": one.held,
        "gone_by_day": {day.isoformat(): number for day, number in one.gone_by_day.items()},
    }
