"""The commands `registry accounts create` and `registry audit …`, as an installation runs them."""

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from registry.accounts.models import Account, AccountRole
from registry.accounts.operations import (
    PasswordHashing,
    accept_code,
    create_account,
    reset_second_factor,
    secret_kept,
)
from registry.accounts.queries import account_by_email
from registry.app.demonstration.fill import ACCOUNTS, equip
from registry.audit.operations import record_read
from registry.cli import main
from registry.cli.demo import sign_ins
from registry.db import Database
from registry.web.installation import DEMONSTRATION, keep_fact
from registry.web.models import InstallationFact
from tests.factories.databases import own_database

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
PASSWORD = "một đàn cò trắng bay quanh"


@pytest.fixture(scope="module")
def installation(
    database: Database, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[str, Database]]:
    """The address of a database with its places, which commands may commit to, and the database."""
    with own_database(database, request, tmp_path_factory.mktemp("lenh"), "commands") as (url, opened):
        yield url, opened


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    installation: tuple[str, Database],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs a command against that database: exit code, output, words."""
    monkeypatch.setenv("REGISTRY_DATABASE_URL", installation[0])
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REGISTRY_FIELD_KEYS", "k" * 40)
    monkeypatch.setenv("REGISTRY_PASSWORD_COST", "19456,2,1")

    def running(*arguments: str, typed: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(str(left.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def create(
    run: Run, email: str, *more: str, role: str = "officer", scope: str = "12", typed: bytes = b""
) -> tuple[int, str, str]:
    return run("accounts", "create", "--email", email, "--role", role, "--scope", scope, *more, typed=typed)


def test_an_account_is_made_and_printed_as_the_contract_says(
    run: Run, installation: tuple[str, Database]
) -> None:
    code, out, _ = create(run, "quan.tri@vidu.vn", "--json", role="system_admin", scope="VN")
    printed: dict[str, Any] = json.loads(out)
    assert code == 0
    assert set(printed) == {"id", "email", "role", "scope", "password"}
    assert (printed["email"], printed["role"], printed["scope"]) == ("quan.tri@vidu.vn", "system_admin", "VN")
    assert re.fullmatch(r"[0-9a-z]{26}", printed["id"])
    session = installation[1].read_session()
    made = session.scalars(select(Account).where(Account.public_id == printed["id"])).one()
    role = session.scalars(select(AccountRole).where(AccountRole.account_id == made.id)).one()
    session.close()
    assert (role.unit_path, made.display_name, made.password_is_temporary) == ("", "quan.tri", False)
    assert PasswordHashing(19456, 2, 1).verify(made.password_hash, printed["password"])


def test_a_typed_password_is_not_printed(run: Run, installation: tuple[str, Database]) -> None:
    code, out, _ = create(
        run,
        "go.mat.khau@vidu.vn",
        "--name",
        "Sùng A Tủa",
        "--password-stdin",
        "--json",
        typed=f"{PASSWORD}\n".encode(),
    )
    assert code == 0
    assert "password" not in json.loads(out)
    session = installation[1].read_session()
    made = session.scalars(select(Account).where(Account.email == "go.mat.khau@vidu.vn")).one()
    session.close()
    assert made.display_name == "Sùng A Tủa"
    assert PasswordHashing(19456, 2, 1).verify(made.password_hash, PASSWORD)


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("12", "VN/12/"),
        ("Lai Châu", "VN/12/"),
        ("tỉnh lai châu", "VN/12/"),
        ("Thành phố Hải Phòng", "VN/31/"),
        ("vn", ""),
    ],
)
def test_a_scope_is_a_code_or_a_name(
    run: Run, installation: tuple[str, Database], scope: str, path: str
) -> None:
    email = f"pham.vi.{abs(hash(scope))}@vidu.vn"
    code, out, err = create(run, email, "--json", scope=scope)
    assert code == 0, err
    session = installation[1].read_session()
    made = session.scalars(
        select(AccountRole).join(Account, AccountRole.account_id == Account.id).where(Account.email == email)
    )
    assert made.one().unit_path == path
    session.close()
    assert json.loads(out)["scope"] == scope


@pytest.mark.parametrize(
    ("email", "scope", "typed", "words"),
    [
        ("không phải thư", "12", None, "ten@vidu.vn"),
        ("a@vidu.vn", "không có nơi này", None, "không có nơi này"),
        ("a@vidu.vn", "", None, "Không có đúng một đơn vị"),
        ("a@vidu.vn", "12", b"matkhau123\n", "hay bị đoán"),
        ("a@vidu.vn", "12", b"\n", "ít nhất 8"),
        ("a@vidu.vn", "12", b"\xff\xfe\n", "UTF-8"),
    ],
)
def test_what_is_wrong_exits_1_with_words_and_makes_nothing(
    run: Run, installation: tuple[str, Database], email: str, scope: str, typed: bytes | None, words: str
) -> None:
    more = ["--json"] if typed is None else ["--json", "--password-stdin"]
    code, out, err = create(run, email, *more, scope=scope, typed=typed or b"")
    assert (code, out) == (1, "")
    assert words in err
    session = installation[1].read_session()
    assert session.scalars(select(Account).where(Account.email == email)).all() == []
    session.close()


def test_the_same_address_twice_is_refused(run: Run) -> None:
    assert create(run, "hai.lan@vidu.vn")[0] == 0
    code, out, err = create(run, "Hai.Lan@VIDU.vn", "--json")
    assert (code, out) == (1, "")
    assert "đã có tài khoản" in err


@pytest.mark.parametrize("role", ["vua", ""])
def test_an_unknown_role_is_a_usage_error(run: Run, role: str) -> None:
    assert create(run, "b@vidu.vn", role=role)[0] == 2


def test_the_log_verifies_and_its_heads_find_a_cut_tail(
    run: Run, installation: tuple[str, Database], tmp_path: Path
) -> None:
    assert create(run, "nhat.ky@vidu.vn")[0] == 0
    code, out, _ = run("audit", "verify", "--json")
    before = json.loads(out)
    assert (code, before["ok"], before["broken"]) == (0, True, None)
    assert before["events"] >= 3
    with installation[1].writing() as session:
        record_read(session, 77, "person.read", people=["p1"])
        record_read(session, 77, "person.read", people=["p2"])
        session.commit()
    _, kept, _ = run("audit", "head")
    heads = tmp_path / "dau-chuoi.json"
    heads.write_text(kept, encoding="utf-8")
    assert run("audit", "verify", "--head", str(heads), "--json")[0] == 0
    cut_tail(installation[1])
    assert run("audit", "verify", "--json")[0] == 0
    code, out, _ = run("audit", "verify", "--head", str(heads), "--json")
    assert code == 1
    assert json.loads(out)["broken"] == {
        "stream": "account-77",
        "position": 2,
        "why": "events are missing at the end",
    }
    code, out, err = run("audit", "verify", "--head", str(heads))
    assert (code, out) == (1, "")
    assert "account-77" in err


def cut_tail(database: Database) -> None:
    """What only somebody with the database in their hands can do: the triggers are switched off for it."""
    is_sqlite = database.write_engine.dialect.name == "sqlite"
    last = "(SELECT max(id) FROM audit_event)"
    with database.write_engine.begin() as connection:
        for table, key in (("audit_event_person", "event_id"), ("audit_event", "id")):
            if is_sqlite:
                connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(f"DELETE FROM {table} WHERE {key} = {last}"))  # noqa: S608 - our own names


@pytest.mark.parametrize(
    "content", ["", "{}", '{"streams": {"a": 1}}', '{"streams": {"a": {"length": "x"}}}', "[]"]
)
def test_heads_that_cannot_be_read_are_refused_in_words(run: Run, tmp_path: Path, content: str) -> None:
    heads = tmp_path / "dau-chuoi.json"
    heads.write_text(content, encoding="utf-8")
    code, out, err = run("audit", "verify", "--head", str(heads), "--json")
    assert (code, out) == (1, "")
    assert "registry audit head" in err
    assert run("audit", "verify", "--head", str(tmp_path / "khong-co"), "--json")[0] == 1


def test_digits_are_given_for_demonstration_accounts_alone(
    run: Run, installation: tuple[str, Database]
) -> None:
    email, at = ACCOUNTS[0].email, datetime.now(UTC)
    assert create(run, email, typed=b"")[0] == 0
    code, out, err = run("accounts", "code", email)
    assert (code, out) == (1, "")
    assert "dữ liệu minh họa" in err
    with installation[1].writing() as session:
        keep_fact(session, DEMONSTRATION, "")
        equip(session, at)
        session.commit()
    try:
        code, out, err = run("accounts", "code", email, "--json")
        told = json.loads(out)
        assert (code, told["email"], told["usable_in_seconds"]) == (0, email, 0)
        assert run("accounts", "code", "quan.tri@vidu.vn")[0] == 1
        codes = accepted_one_after_the_other(run, installation[1], email)
        assert len(set(codes)) == len(codes) >= 2
        code, out, err = run("accounts", "code", email)
        assert (code, "Đợi" in err) == (0, True)
        assert re.fullmatch(r"\d{6}\n", out)
    finally:
        with installation[1].writing() as session:
            session.execute(delete(InstallationFact))
            session.commit()


def accepted_one_after_the_other(run: Run, database: Database, email: str) -> list[str]:
    """The codes that the command gives and a sign-in takes, without waiting for one."""
    codes: list[str] = []
    while True:
        told = json.loads(run("accounts", "code", email, "--json")[1])
        if told["usable_in_seconds"]:
            return codes
        codes.append(told["code"])
        with database.writing() as session:
            own = account_by_email(session, email)
            assert own is not None
            assert accept_code(session, own, told["code"], at=datetime.now(UTC))
            session.commit()


def test_demonstration_data_of_an_older_release_gets_its_secrets_once(
    installation: tuple[str, Database],
) -> None:
    with installation[1].writing() as session:
        made = create_account(
            session, email=ACCOUNTS[1].email, display_name="x", password_hash=None, by=None, at=AT
        )
        keep_fact(session, DEMONSTRATION, "")
        equip(session, AT)
        first = secret_kept(session, made)
        assert re.fullmatch(r"[A-Z2-7]{32}", first or "")
        reset_second_factor(session, made, by=made.id, reason="thử", at=AT)
        equip(session, AT)
        assert secret_kept(session, made) is None
        assert [one["totp_secret"] for one in sign_ins(session) if one["email"] == made.email] == [None]
        session.rollback()
