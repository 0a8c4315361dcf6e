"""`registry match` and `registry score`: the explained ranking of a need, for programs. People are public ids."""

import argparse
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.rules import Viewer
from registry.cli.context import CommandRefused, print_json, reading, say
from registry.matching.queries import match_document, score_document
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.web.clock import today


def add_parser(commands: Any) -> None:
    """Add `match` and `score`."""
    match = commands.add_parser("match", help="xếp hạng người cho một nhu cầu")
    match.add_argument("need", metavar="NEED_ID", help="mã công khai của nhu cầu")
    match.add_argument("--top", type=_count, metavar="K", help="chỉ in K người đầu (mặc định: tất cả)")
    _add_shared(match)
    match.set_defaults(run=print_match)
    score = commands.add_parser("score", help="điểm của một người cho một nhu cầu")
    score.add_argument("need", metavar="NEED_ID", help="mã công khai của nhu cầu")
    score.add_argument("person", metavar="PERSON_ID", help="mã công khai của người")
    _add_shared(score)
    score.set_defaults(run=print_score)


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="tính tại ngày này, yyyy-mm-dd (mặc định: hôm nay)"
    )
    parser.add_argument("--json", action="store_true", help="in JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» không phải ngày dạng yyyy-mm-dd") from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"«{text}» không phải số nguyên dương")
    return int(text)


def print_match(arguments: argparse.Namespace) -> int:
    """Print the ranking: counts, reasons and rows."""
    with reading() as session:
        need = _need(session, arguments.need)
        made = match_document(
            session, need, Viewer.installation(), arguments.as_of or today(), top=arguments.top
        )
    if arguments.json:
        print_json(made)
        return 0
    for row in made["rows"]:
        print(_line(row))
    say(
        f"{made['considered']} người được xét, {made['excluded_people']} bị loại, "
        f"{made['not_enough_data']} chưa đủ dữ liệu"
    )
    return 0


def print_score(arguments: argparse.Namespace) -> int:
    """Print the row of one person; `rank` is null for somebody who is not ranked."""
    with reading() as session:
        need = _need(session, arguments.need)
        row = score_document(
            session, need, arguments.person, Viewer.installation(), arguments.as_of or today()
        )
    if row is None:
        raise CommandRefused(f"Không có người «{arguments.person}» trong số người được so khớp.")
    if arguments.json:
        print_json(row)
    else:
        print(_line(row))
    return 0


def _need(session: Session, public_id: str) -> Need:
    need = get_need(session, Viewer.installation(), public_id)
    if need is None:
        raise CommandRefused(f"Không có nhu cầu «{public_id}».")
    return need


def _line(row: dict[str, Any]) -> str:
    place = formats.missing if row["rank"] is None else row["rank"]
    points = f"{formats.points(row['score']):>6} (tối đa {formats.points(row['potential'])})"
    return f"{place:>4}  {row['person']}  {points}  {row['state']}"
