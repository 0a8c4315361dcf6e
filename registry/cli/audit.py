"""`registry audit verify` and `registry audit head`: is the log still what was written?"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from registry.audit.queries import heads, verify
from registry.audit.rules import Head
from registry.cli.context import CommandRefused, print_json, reading, say


def add_parser(commands: Any) -> None:
    """Add `audit verify` and `audit head`."""
    parser = commands.add_parser(
        "audit", help="nhật ký: kiểm tra chuỗi và lấy đầu chuỗi để cất ngoài hệ thống"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    checking = verbs.add_parser("verify", help="tính lại mọi chuỗi; 0 là nguyên vẹn, 1 là có chỗ bị sửa")
    checking.add_argument(
        "--head", type=Path, metavar="FILE", help="đầu chuỗi đã cất, để thấy cả phần đuôi bị cắt"
    )
    checking.add_argument("--json", action="store_true")
    checking.set_defaults(run=verify_log)
    ending = verbs.add_parser("head", help="in đầu của mọi chuỗi (JSON) để cất ở nơi khác")
    ending.add_argument("--json", action="store_true", help="luôn là JSON")
    ending.set_defaults(run=print_heads)


def verify_log(arguments: argparse.Namespace) -> int:
    """Exit 0 with the counts, or 1 with the first broken place."""
    known = _kept_heads(arguments.head) if arguments.head else None
    with reading() as session:
        verdict = verify(session, known)
    broken = verdict.broken
    if arguments.json:
        place = (
            None
            if broken is None
            else {"stream": broken.stream, "position": broken.position, "why": broken.why}
        )
        print_json(
            {"ok": broken is None, "events": verdict.events, "streams": verdict.streams, "broken": place}
        )
    elif broken is None:
        say(f"Nhật ký nguyên vẹn: {verdict.events} sự kiện trong {verdict.streams} chuỗi.")
    else:
        say(f"Nhật ký bị sửa: chuỗi {broken.stream}, vị trí {broken.position}: {broken.why}.")
    return 0 if broken is None else 1


def print_heads(_arguments: argparse.Namespace) -> int:
    """Print the heads; keep them where whoever can change the database cannot."""
    with reading() as session:
        found = heads(session)
    streams = {name: {"length": head.length, "mac": head.mac} for name, head in found.items()}
    print_json({"at": datetime.now(UTC).isoformat(timespec="seconds"), "streams": streams})
    return 0


def _kept_heads(path: Path) -> dict[str, Head]:
    try:
        streams: dict[str, Any] = json.loads(path.read_text("utf-8"))["streams"]
        return {str(name): Head(int(kept["length"]), str(kept["mac"])) for name, kept in streams.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandRefused(
            f"Không đọc được đầu chuỗi trong {path}: cần tệp do «registry audit head» in ra"
        ) from error
