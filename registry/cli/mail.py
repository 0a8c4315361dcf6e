"""`registry mail`: letters that came back."""

import argparse
import sys
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.cli.context import CommandRefused, print_json, say, writing
from registry.mail.bounces import MOST_BYTES, Bounce, read_bounces
from registry.mail.operations import suppress_address, suppress_recipient
from registry.web.clock import now

_FAULT = "bounced"


def add_parser(commands: Any) -> None:
    """Add `mail bounce`."""
    parser = commands.add_parser("mail", help="thư gửi đi")
    verbs: Any = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    bounce = verbs.add_parser(
        "bounce", help="ghi địa chỉ không nhận thư: một địa chỉ, tệp thư báo .eml, hoặc - để đọc từ đầu vào"
    )
    bounce.add_argument("what", metavar="ADDRESS|FILE.eml|-")
    bounce.add_argument("--json", action="store_true")
    bounce.set_defaults(run=bounced)


def bounced(arguments: argparse.Namespace) -> int:
    """Write to an address no more: one that is named, or those a report of delivery names. Prints no address."""
    bounces = _bounces(arguments.what)
    with writing() as session:
        kept_back = sum(_suppress(session, one) for one in bounces)
        record(
            session,
            None,
            "letter.bounced",
            "letter",
            "",
            detail={"addresses": len(bounces), "kept_back": kept_back},
            at=now(),
        )
        session.commit()
    if arguments.json:
        print_json({"addresses": len(bounces), "kept_back": kept_back})
    else:
        say(f"Đã ghi {len(bounces)} địa chỉ không nhận thư; {kept_back} thư đang chờ được giữ lại.")
    return 0


def _suppress(session: Session, bounce: Bounce) -> int:
    """By the letter itself where the report names it: it may have been forwarded to another address."""
    by_letter = suppress_recipient(session, bounce.letter, _FAULT, at=now()) if bounce.letter else None
    return suppress_address(session, bounce.address, _FAULT, at=now()) if by_letter is None else by_letter


def _bounces(what: str) -> list[Bounce]:
    path = Path(what)
    if what != "-" and not path.is_file():
        if "@" not in what or "/" in what:
            raise CommandRefused("Không có tệp này, và cũng không phải địa chỉ thư.")
        return [Bounce(what, "", "")]
    content = sys.stdin.buffer.read(MOST_BYTES) if what == "-" else path.read_bytes()[:MOST_BYTES]
    found = read_bounces(content)
    if not found:
        raise CommandRefused(
            "Thư này không báo địa chỉ nào hỏng hẳn (cần multipart/report, Action: failed, Status: 5.x.x). Không ghi gì."
        )
    return found
