"""`registry demo`: fills an empty database with demonstration data, or prints the sign-ins of one that has it."""

import argparse
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from registry.accounts.operations.passwords import PasswordHashing
from registry.accounts.operations.second_factor import secret_kept
from registry.app.demonstration.fill import (
    ACCOUNTS,
    NotEmpty,
    demonstration_accounts,
    demonstration_password,
    equip,
    fill,
    is_demonstration,
    is_empty,
)
from registry.cli.context import CommandRefused, print_json, writing
from registry.config import load_settings
from registry.db import Database

DEFAULT_PEOPLE = 500
DEFAULT_NEEDS = 30
_MOST_PEOPLE = 1_000_000


def add_parser(commands: Any) -> None:
    """Add `demo`."""
    parser = commands.add_parser("demo", help="nạp dữ liệu minh họa vào cơ sở dữ liệu trống")
    parser.add_argument("--people", type=_count, default=DEFAULT_PEOPLE, metavar="N")
    parser.add_argument("--needs", type=_count, default=DEFAULT_NEEDS, metavar="N")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=demo)


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"từ 0 đến {_MOST_PEOPLE}")
    return number


def demo(arguments: argparse.Namespace) -> int:
    """Fill or only print; refuses a database with data that is not for demonstration."""
    with writing() as session:
        fill_once(session, people=arguments.people, needs=arguments.needs, seed=arguments.seed)
        session.commit()
        accounts = sign_ins(session)
    if arguments.json:
        print_json({"accounts": accounts})
    else:
        print_sign_ins(accounts)
    return 0


def fill_once(session: Session, *, people: int, needs: int, seed: int | None) -> None:
    """Fill the database unless it already holds demonstration data; data of an older release gets what it lacks."""
    now = datetime.now(UTC)
    if is_demonstration(session):
        equip(session, now)
        return
    try:
        fill(
            session,
            _hashing(),
            people=people,
            needs=needs,
            seed=seed,
            now=now,
            today=now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date(),
        )
    except NotEmpty as error:
        raise CommandRefused(
            "Cơ sở dữ liệu đã có dữ liệu thật, không nạp dữ liệu minh họa. Đặt REGISTRY_DATA_DIR vào thư mục khác để thử."
        ) from error


def offer_demonstration(database: Database) -> None:
    """At the start of the server: fill an empty database and print the sign-ins; leave real data alone."""
    with database.writing() as session:
        if not is_demonstration(session) and not is_empty(session):
            return
        fill_once(session, people=DEFAULT_PEOPLE, needs=DEFAULT_NEEDS, seed=None)
        session.commit()
        print_sign_ins(sign_ins(session))


def _hashing() -> PasswordHashing:
    settings = load_settings()
    return PasswordHashing(settings.password_memory_kib, settings.password_passes, settings.password_lanes)


def sign_ins(session: Session) -> list[dict[str, str | None]]:
    """The demonstration accounts; `totp_secret` (base 32) is null for one whose second factor was reset."""
    password, kept = demonstration_password(session), demonstration_accounts(session)
    return [
        {
            "role": one.role.value,
            "email": one.email,
            "password": password,
            "totp_secret": secret_kept(session, kept[one.email]) if one.email in kept else None,
        }
        for one in ACCOUNTS
    ]


def print_sign_ins(accounts: list[dict[str, str | None]]) -> None:
    """A small table for the person at the terminal."""
    print("Tài khoản minh họa (người và nhu cầu đều là giả định):")
    for account in accounts:
        print(f"  {account['role']:<15} {account['email']:<28} {account['password']}")
    print("Sau mật khẩu còn mã 6 số. Lấy mã:")
    print(f"  .venv/bin/registry accounts code {accounts[0]['email']}")
