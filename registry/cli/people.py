"""`registry people list`: the records of the installation by public id and code. Never a name or a contact."""

import argparse
from typing import Any

from registry.accounts.rules import Viewer
from registry.cli.context import print_json, reading, say
from registry.people.queries import people_by_code
from registry.web.clock import today


def add_parser(commands: Any) -> None:
    """Add `people`."""
    parser = commands.add_parser("people", help="hồ sơ (chỉ mã, không có tên)")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="liệt kê hồ sơ theo mã")
    listing.add_argument("--json", action="store_true", help="in JSON ra stdout")
    listing.set_defaults(run=list_people)


def list_people(arguments: argparse.Namespace) -> int:
    """Print all records that may be used: id, code, external id, state."""
    with reading() as session:
        rows = [
            {
                "id": person.public_id,
                "code": person.code,
                "external_id": person.external_id,
                "state": person.state.value,
            }
            for person in people_by_code(session, Viewer.installation(), on=today())
        ]
    if arguments.json:
        print_json(rows)
        return 0
    for row in rows:
        print(row["code"], row["id"], row["state"])
    say(f"{len(rows)} hồ sơ")
    return 0
