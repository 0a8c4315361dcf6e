"""Several processes behind one address: all answer, one that dies is replaced, and all end with the first.

Which of them answers is up to the system; hence one that is not asked for is held still meanwhile.
"""

import gzip
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from registry.cli import main, serving
from registry.config import Misconfigured, load_settings
from registry.db import Database
from registry.web import processes

_PROGRAM = """
import os, signal, sys
from pathlib import Path
from flask import Flask
from registry.web import compression, processes
from registry.web.logs import configure_logs
from registry.web.server import listening, serve_app

processes._PAUSE_SECONDS = 0.1
# Whoever is started in the background inherits that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
configure_logs()
app = Flask("process")
compression.install(app)
app.add_url_rule("/", "who", lambda: str(os.getpid()))
app.add_url_rule("/long", "long", lambda: f"{os.getpid()} " + "Lai Châu " * 500)
app.add_url_rule("/wait", "wait", lambda: Path("gate").read_text())
sockets = listening("127.0.0.1", 0)
print(sockets[0].getsockname()[1], flush=True)
serve_app(app, sockets, count=int(sys.argv[1]))
"""
_SECONDS = 20


class _Server:
    """The first process, started by us, and the port."""

    def __init__(self, count: int, folder: Path) -> None:
        house = str(Path(__file__).parents[3])
        self.first = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(count)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": house},
            start_new_session=True,
        )
        assert self.first.stdout is not None
        self.port = int(self.first.stdout.readline())

    def ask(self, path: str = "/") -> str:
        """The answer to a request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def unpacked(self, path: str) -> str:
        """The answer to a browser that takes gzip, once its length and its name are right."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            assert answer.getheader("Content-Encoding") == "gzip"
            assert int(answer.getheader("Content-Length", "0")) == len(body) < 1_000
            return gzip.decompress(body).decode()
        finally:
            connection.close()

    def who(self) -> int:
        """The process that answers."""
        return int(self.ask())

    def ended(self) -> tuple[int, str]:
        """The exit code of the first and all that was logged, once every process has let go of the log."""
        _out, said = self.first.communicate(timeout=_SECONDS)
        return self.first.returncode, said.decode()


@contextmanager
def _served(count: int, folder: Path) -> Generator[_Server]:
    server = _Server(count, folder)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.first.pid, signal.SIGKILL)
        server.first.communicate(timeout=_SECONDS)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    """Two processes that answer with who they are."""
    with _served(2, tmp_path) as started:
        yield started


@contextmanager
def _held_still(pid: int) -> Generator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _both(server: _Server) -> tuple[int, int]:
    one = server.who()
    with _held_still(one):
        return one, server.who()


def test_two_processes_answer_at_one_address(server: _Server) -> None:
    one, other = _both(server)
    assert len({one, other, server.first.pid}) == 3


def test_each_process_compresses_what_is_long(server: _Server) -> None:
    one = server.ask("/long")
    with _held_still(int(one.split()[0])):
        other = server.unpacked("/long")
    assert one.split()[0] != other.split()[0]
    assert one.split()[1:] == other.split()[1:]


def test_a_process_that_dies_is_started_again_and_logged(server: _Server) -> None:
    one, other = _both(server)
    os.kill(one, signal.SIGKILL)
    with _held_still(other):
        third = server.who()
    assert third not in (one, other)
    server.first.terminate()
    code, said = server.ended()
    assert (code, said.count("web_process_started_again")) == (0, 1)
    assert '"exit_code": -9' in said


def test_a_killed_first_process_leaves_nobody_behind(server: _Server) -> None:
    _both(server)
    server.first.kill()
    assert server.ended() == (-signal.SIGKILL, "")
    with pytest.raises(ConnectionRefusedError):
        server.ask()


@pytest.mark.parametrize("count", [1, 2])
def test_ctrl_c_ends_all_without_a_word(tmp_path: Path, count: int) -> None:
    with _served(count, tmp_path) as server:
        server.ask()
        os.killpg(server.first.pid, signal.SIGINT)
        assert server.ended() == (0, "")


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_in_hand_is_answered_when_all_are_told_to_end(tmp_path: Path, count: int) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with _served(count, tmp_path) as server:
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(server.ask("/wait")))
        asking.start()
        with gate.open("w") as opened:  # opens when the view reads
            server.first.terminate()
            opened.write("answered all the same")
        asking.join(_SECONDS)
        assert answers == ["answered all the same"]
        assert server.ended() == (0, "")


def test_an_address_in_use_is_told_in_one_line_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--upgrade", "--demo", "--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"Cổng {port} của 127.0.0.1 đang có chương trình khác dùng: dừng chương trình đó hoặc chọn --port khác.\n"
    )
    assert not (tmp_path / "registry.sqlite3").exists()


def test_no_connection_is_open_when_processes_are_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[list[int]] = []

    def connect(database: Database) -> None:
        for one in (database.read_engine, database.write_engine):
            one.connect().close()
        count(database)

    def count(database: Database) -> None:
        pools: list[Any] = [database.read_engine.pool, database.write_engine.pool]
        held.append([one.checkedin() for one in pools])

    def instead(app: Flask, sockets: list[socket.socket], **_options: object) -> None:
        sockets[0].close()
        count(app.extensions["registry.database"])

    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(serving, "configure_logs", lambda: None)
    monkeypatch.setattr(serving, "upgrade_installation", connect)
    monkeypatch.setattr(serving, "serve_app", instead)
    assert main(["serve", "--upgrade", "--port", "0"]) == 0
    assert held == [[1, 1], [0, 0]]


@pytest.mark.parametrize(("processors", "count"), [(1, 1), (3, 3), (64, 4)])
def test_there_are_as_many_processes_as_processors_and_at_most_four(
    monkeypatch: pytest.MonkeyPatch, processors: int, count: int
) -> None:
    def allowed(_pid: int) -> set[int]:
        return set(range(processors))

    monkeypatch.setattr(os, "sched_getaffinity", allowed, raising=False)
    assert processes.usual_count() == count
    monkeypatch.setattr(processes, "CAN_FORK", False)
    assert processes.usual_count() == 1


def test_the_environment_may_say_how_many_processes(tmp_path: Path) -> None:
    environ = {"REGISTRY_DATA_DIR": str(tmp_path)}
    assert load_settings(environ).processes is None
    assert load_settings({**environ, "REGISTRY_PROCESSES": "3"}).processes == 3
    with pytest.raises(Misconfigured):
        load_settings({**environ, "REGISTRY_PROCESSES": "0"})
