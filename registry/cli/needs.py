"""`registry needs`: the needs of the installation, for programs."""

import argparse
from typing import Any

from registry.accounts.rules import Viewer
from registry.cli.context import print_json, reading, say
from registry.needs.queries import listed_needs


def add_parser(commands: Any) -> None:
    """Add `needs list`."""
    parser = commands.add_parser("needs", help="nhu cầu nhân lực")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="liệt kê các nhu cầu, cũ nhất trước")
    listing.add_argument("--json", action="store_true", help="in JSON")
    listing.set_defaults(run=list_needs)


def list_needs(arguments: argparse.Namespace) -> int:
    """Print every need: public id, external id, title, state, headcount."""
    with reading() as session:
        needs = [
            {
                "id": need.public_id,
                "external_id": need.external_id,
                "title": need.title,
                "state": str(need.state),
                "headcount": need.headcount,
            }
            for need in listed_needs(session, Viewer.installation())
        ]
    if arguments.json:
        print_json(needs)
        return 0
    for need in needs:
        print(f"{need['id']}  {need['state']:<10} {need['headcount']:>5}  {need['title']}")
    say(f"{len(needs)} nhu cầu")
    return 0
