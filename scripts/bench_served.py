"""The product and a bare app as servers of their own, started and stopped for measuring."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from registry.accounts.operations import PasswordHashing, create_account, grant_role, keep_secret
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.second_factor import code_of, step_at
from registry.db import Database
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.operations import rebuild, record_snapshot
from registry.web.clock import now, today
from scripts.bench_needs import enter_needs
from scripts.bench_population import draw
from scripts.bench_registry import KEY, enter_people, ground_of, own_registry

HOUSE = Path(__file__).parent.parent
_EMAIL, _PASSWORD = "do-toc-do@vidu.vn", "đàn gà con chạy quanh sân"
_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an account made for measuring
# A code is accepted once: what this run has sent.
_used_steps = [0]
_SERVE = "from registry.cli import main; raise SystemExit(main())"
_STARTING = 60
_SETTLING = 8
"""Seconds until each process of a server has read what it keeps in memory (registry/cli/serving.py)."""


@dataclass(frozen=True)
class Served:
    """Where the product listens, the cookies of somebody signed in who may see everybody, and a need."""

    port: int
    cookie: str
    need: str


@contextmanager
def registry_served(kind: str, people: int, folder: Path, processes: int) -> Generator[Served]:
    """The product over so many generated people, with an index made, signed in."""
    with own_registry(kind) as (database, url):
        need = fill(database, people)
        database.dispose()
        with serving(database, url, folder, processes) as port:
            cookie = signed_in(port)
            time.sleep(_SETTLING)
            yield Served(port, cookie, need)


@contextmanager
def serving(database: Database, url: str, folder: Path, processes: int) -> Generator[int]:
    """A server of so many processes over a database; its port. What it says goes into a file in the folder."""
    port = _free_port()
    environment = {
        "REGISTRY_DATABASE_URL": url,
        "REGISTRY_DATA_DIR": str(database.folder),
        "REGISTRY_SECRET_KEY": "s" * 40,
        "REGISTRY_FIELD_KEYS": KEY,
        "REGISTRY_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    program = [sys.executable, "-c", _SERVE, "serve", "--port", str(port), "--processes", str(processes)]
    with _running(program, environment, port, folder):
        yield port


@contextmanager
def hello_served(processes: int) -> Generator[int]:
    """A bare Flask app in so many processes; its port."""
    port = _free_port()
    program = [sys.executable, str(HOUSE / "scripts" / "bench_hello.py"), str(port), str(processes)]
    with _running(program, {}, port, None):
        yield port


@contextmanager
def storming(served: Served, clients: int) -> Generator[list[str]]:
    """So many clients of another process search for anything; what they were answered is told afterwards."""
    program = [sys.executable, str(HOUSE / "scripts" / "bench_client.py"), str(served.port), str(clients)]
    answers: list[str] = []
    storm = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert storm.stdin is not None  # noqa: S101 - asked for above
    storm.stdin.write(f"{served.cookie}\n")
    storm.stdin.flush()
    time.sleep(3)  # until all of them wait for an answer
    try:
        yield answers
    finally:
        answers.append(storm.communicate(timeout=600)[0].strip())


def fill(database: Database, people: int) -> str:
    """Somebody who may sign in, needs, people, an index; answers with the id of a need."""
    with database.writing() as session:
        _account(session)
        ground = ground_of(session)
        need = enter_needs(session, ground, 5)[0].public_id
        session.commit()
    enter_people(database, draw(people, ground, seed=1))
    build_index(database)
    return need


def build_index(database: Database) -> None:
    """The arrays as the worker would build them."""

    def keep(snapshot: Snapshot) -> None:
        with database.writing() as session:
            record_snapshot(session, snapshot, at=now())
            session.commit()

    rebuild(database, today(), keep)


def _account(session: Session) -> None:
    account = create_account(
        session,
        email=_EMAIL,
        display_name="Người đo",
        password_hash=PasswordHashing(19_456, 2, 1).hash(_PASSWORD),
        by=None,
        at=now(),
    )
    grant_role(session, account, Role.OFFICER, Scope("", ""), by=None, starts_on=today(), at=now())
    keep_secret(session, account, _SECRET, at=now())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(
    program: Sequence[str], environment: dict[str, str], port: int, folder: Path | None
) -> Generator[None]:
    log = subprocess.DEVNULL if folder is None else (folder / f"{port}.log").open("wb")
    server = subprocess.Popen(program, env={**os.environ, **environment}, cwd=HOUSE, stdout=log, stderr=log)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    given_up = time.monotonic() + _STARTING
    while time.monotonic() < given_up and server.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def signed_in(port: int) -> str:
    """Sign in as a browser does; the cookies to send from then on."""
    cookies: dict[str, str] = {}
    page = _browse(port, cookies, "GET", "/dang-nhap")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    fields = {"email": _EMAIL, "password": _PASSWORD, "next": "", "csrf_token": token[1] if token else ""}
    _browse(port, cookies, "POST", "/dang-nhap", urlencode(fields))
    page = _browse(port, cookies, "GET", "/dang-nhap/buoc-hai")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    code = {"code": _fresh_code(), "csrf_token": token[1] if token else ""}
    _browse(port, cookies, "POST", "/dang-nhap/buoc-hai", urlencode(code))
    _browse(port, cookies, "GET", "/")  # the session is whole after the first page, as in a browser
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _fresh_code() -> str:
    """Six digits that this run has not sent yet; waits when all that are accepted were."""
    step = max(step_at(now()), _used_steps[-1] + 1)
    while step > step_at(now()) + 1:
        time.sleep(0.5)
    _used_steps.append(step)
    return code_of(_SECRET, step)


def _browse(port: int, cookies: dict[str, str], method: str, path: str, body: str | None = None) -> str:
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    if answer.status not in (200, 303):
        raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
    for name, value in (
        one.split(";")[0].split("=", 1) for one in answer.headers.get_all("Set-Cookie") or ()
    ):
        cookies[name] = value
    connection.close()
    return text
