"""`registry privacy`: who was erased, erasing them again in a restored backup, clearing the database's files."""

import argparse
from pathlib import Path
from typing import Any

from registry.cli.context import CommandRefused, open_from_environment, print_json, reading, say
from registry.config import load_settings
from registry.privacy.operations.erasing import KeptByLaw
from registry.privacy.operations.replaying import FILE_NAME, erased_people, keep_outside, read_list, replay
from registry.privacy.operations.scrubbing import scrub
from registry.web.clock import now


def add_parser(commands: Any) -> None:
    """Add `privacy erased`, `privacy replay` and `privacy scrub`."""
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
    for verb, run in ((listing, print_erased), (again, erase_again), (clearing, scrub_files)):
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
