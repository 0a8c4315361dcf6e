"""`registry policies`: loading what is shipped, and what a person qualifies for. People are public ids."""

import argparse
from datetime import date
from typing import Any

from registry.accounts.rules import Viewer
from registry.cli.context import CommandRefused, print_json, reading, say, writing
from registry.people.queries import get_visible
from registry.policies.operations import load_policies
from registry.policies.queries.facts import facts_of
from registry.policies.queries.law import law_of
from registry.policies.rules import Asked, answer, answer_data, prepare
from registry.web.clock import today

_STATES = {"met": "đạt", "not_met": "không đạt", "unknown": "thiếu dữ liệu"}


def add_parser(commands: Any) -> None:
    """Add `policies` with `load` and `check`."""
    policies = commands.add_parser("policies", help="chính sách")
    verbs = policies.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="nạp văn bản, tham số và chính sách đi kèm phần mềm")
    load.add_argument("--json", action="store_true", help="in JSON")
    load.set_defaults(run=load_shipped)
    check = verbs.add_parser("check", help="một người thuộc nhóm nào của từng chính sách")
    check.add_argument("person", metavar="PERSON_ID", help="mã công khai của người")
    check.add_argument(
        "--on", type=_day, metavar="DATE", help="ngày quyết định, yyyy-mm-dd (mặc định: hôm nay)"
    )
    check.add_argument("--json", action="store_true", help="in JSON")
    check.set_defaults(run=check_person)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» không phải ngày dạng yyyy-mm-dd") from None


def load_shipped(arguments: argparse.Namespace) -> int:
    """Load what is missing; what was decided here stays."""
    with writing() as session:
        found = load_policies(session)
        session.commit()
    if arguments.json:
        print_json(found)
    else:
        say(f"Đã nạp: {sum(found.values())} dòng mới hoặc sửa.")
    return 0


def check_person(arguments: argparse.Namespace) -> int:
    """Print what every published version says of a person: groups with clauses, benefits, smallest changes.

    Without a post: places are not asked, and what depends on the post stays unknown.
    """
    on = arguments.on or today()
    with reading() as session:
        person = get_visible(session, Viewer.installation(), arguments.person, on=on)
        if person is None:
            raise CommandRefused(f"Không có người «{arguments.person}».")
        facts, law = facts_of(session, person, on=on), law_of(session)
    asked = Asked(applied_on=on, decided_on=on)
    found = [answer_data(answer(prepare(version, law), facts, asked)) for version in law.versions.values()]
    for one in found:
        one["benefits"] = [{"amount": None} | benefit for benefit in one["benefits"]]
    if arguments.json:
        print_json(found)
        return 0
    for one in found:
        groups = ", ".join(f"{group['code']}: {_STATES[group['state']]}" for group in one["groups"])
        print(f"{one['version']:<28}  {one['reason'] or 'áp dụng được'}  [{groups}]")
    return 0
