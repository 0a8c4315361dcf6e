"""`registry accounts create`: the first administrator and others, with the rights of the installation.

`registry accounts code`: the six digits of a demonstration account, and of no other.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from registry.accounts.forms import password_sentence
from registry.accounts.models import Account
from registry.accounts.operations import (
    EmailTaken,
    PasswordHashing,
    create_account,
    fault_of,
    grant_role,
    new_password,
    secret_kept,
)
from registry.accounts.rules import Role, Scope, is_email
from registry.accounts.rules.second_factor import STEP_SECONDS, code_of, must_have_second_factor, step_at
from registry.app.demonstration.fill import demonstration_accounts, is_demonstration
from registry.app.scopes import find_scope
from registry.cli.context import CommandRefused, print_json, reading, say, writing
from registry.config import load_settings
from registry.text import TextRefused, clean

_NAME_LIMIT = 120


def add_parser(commands: Any) -> None:
    """Add `accounts create` and `accounts code`."""
    parser = commands.add_parser("accounts", help="tài khoản đăng nhập")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create", help="tạo tài khoản với một vai trò trong một phạm vi")
    create.add_argument("--email", required=True)
    create.add_argument("--role", required=True, choices=[role.value for role in Role])
    create.add_argument(
        "--scope", required=True, metavar="UNIT", help="VN (cả nước), mã hoặc tên đơn vị hành chính"
    )
    create.add_argument("--name", help="tên hiện trên trang; mặc định là phần trước @ của địa chỉ thư")
    create.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")
    create.add_argument("--json", action="store_true")
    create.set_defaults(run=create_from_command)
    code = verbs.add_parser("code", help="mã 6 số để đăng nhập một tài khoản minh họa")
    code.add_argument("email", metavar="EMAIL")
    code.add_argument("--json", action="store_true")
    code.set_defaults(run=code_from_command)


def create_from_command(arguments: argparse.Namespace) -> int:
    """Create the account; without --password-stdin its password is made and printed, this once."""
    if not is_email(arguments.email):
        raise CommandRefused("Địa chỉ thư điện tử không đúng, ví dụ đúng: ten@vidu.vn")
    name = _name(arguments)
    password = _typed_password(arguments.email, name) if arguments.password_stdin else new_password()
    with reading() as session:
        path = _scope_path(session, arguments.scope)
    settings = load_settings()
    hashing = PasswordHashing(settings.password_memory_kib, settings.password_passes, settings.password_lanes)
    hashed = hashing.hash(password)
    with writing() as session:
        account = _create(session, arguments, name, hashed, path)
        session.commit()
    answer = {
        "id": account.public_id,
        "email": account.email,
        "role": arguments.role,
        "scope": arguments.scope,
    }
    if not arguments.password_stdin:
        answer["password"] = password
    if arguments.json:
        print_json(answer)
    else:
        _tell(answer)
    return 0


def _create(session: Session, arguments: argparse.Namespace, name: str, hashed: str, path: str) -> Account:
    at = datetime.now(UTC)
    today = at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    try:
        account = create_account(
            session, email=arguments.email, display_name=name, password_hash=hashed, by=None, at=at
        )
    except EmailTaken as error:
        raise CommandRefused("Địa chỉ này đã có tài khoản") from error
    grant_role(session, account, Role(arguments.role), Scope(path, ""), by=None, starts_on=today, at=at)
    return account


def _name(arguments: argparse.Namespace) -> str:
    try:
        name = clean(arguments.name or arguments.email.split("@")[0], limit=_NAME_LIMIT)
    except TextRefused as refused:
        raise CommandRefused(
            f"Tên không dùng được: bỏ ký tự lạ và giữ không quá {_NAME_LIMIT} ký tự"
        ) from refused
    if not name:
        raise CommandRefused("Nhập tên sau --name")
    return name


def _typed_password(email: str, name: str) -> str:
    """The first line of the input, taken as it is but for its line end."""
    try:
        password = sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise CommandRefused("Mật khẩu phải viết bằng UTF-8") from error
    fault = fault_of(password, [email, name])
    if fault is not None:
        raise CommandRefused(password_sentence(fault))
    return password


def _scope_path(session: Session, text: str) -> str:
    found = find_scope(session, text)
    if found is None:
        raise CommandRefused(
            f"Không có đúng một đơn vị «{text}». Dùng VN, mã tỉnh như 12, mã xã hoặc tên đầy đủ"
        )
    return found[0]


def code_from_command(arguments: argparse.Namespace) -> int:
    """Print a code that was not used yet. Refused for whatever is not demonstration data."""
    at = datetime.now(UTC)
    with reading() as session:
        if not is_demonstration(session):
            raise CommandRefused("Lệnh này chỉ dùng với dữ liệu minh họa. Mở ứng dụng xác thực để lấy mã.")
        account = demonstration_accounts(session).get(arguments.email)
        secret = None if account is None else secret_kept(session, account)
        used = None if account is None else account.totp_step
    if secret is None:
        raise CommandRefused(
            "Không có tài khoản minh họa nào ở địa chỉ này còn khóa bí mật ban đầu. «registry demo» in các tài khoản."
        )
    code, wait = _next_code(secret, used, at)
    if arguments.json:
        print_json({"email": arguments.email, "code": code, "usable_in_seconds": wait})
        return 0
    if wait:
        say(f"Các mã đang dùng được đều đã dùng. Đợi {wait} giây rồi gõ mã này:")
    print(code)
    return 0


def _next_code(secret: str, used: int | None, at: datetime) -> tuple[str, int]:
    """A code that no sign-in used, and in how many seconds it is accepted (0: now)."""
    now = step_at(at)
    step = now if used is None or used < now else used + 1
    # The code of the next step is accepted already: clocks may differ by one.
    wait = max(0, (step - 1) * STEP_SECONDS - int(at.timestamp()))
    return code_of(secret, step), wait


def _tell(answer: dict[str, str]) -> None:
    say(f"Đã tạo tài khoản {answer['id']} ({answer['role']}, {answer['scope']}).")
    if must_have_second_factor([Role(answer["role"])]):
        say("Lần đăng nhập đầu, người này bật đăng nhập hai lớp bằng ứng dụng xác thực trên điện thoại.")
    if "password" in answer:
        say("Mật khẩu chỉ hiện lần này:")
        print(answer["password"])
