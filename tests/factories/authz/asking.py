"""Asks one cell of the matrix through the whole application and says what came of it. Nothing asked stays."""

import html
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from registry.db import Database
from tests.conftest import RequestDatabase
from tests.factories.authz.actors import form_fields
from tests.factories.authz.changes import MAY_CHANGE, Changes
from tests.factories.authz.expected import NO_OBJECT, SERVED, Ask, Matrix, cells_of
from tests.factories.authz.world import World, parts_of

# What a verdict is called; `!` is an error of ours.
_BY_STATUS = {
    200: "S",
    201: "S",
    204: "S",
    400: "B",
    422: "B",
    428: "B",
    401: "U",
    403: "F",
    404: "N",
    405: "X",
    409: "C",
    410: "G",
    429: "R",
}
_LED_TO = {"/dang-nhap": "L", "/tai-khoan/hai-lop": "E", "/tai-khoan/mat-khau": "P"}
REFUSING = frozenset("FNLEPBQXGU")
WRITING = frozenset({"POST", "PATCH"})
"""After these nothing but the log may have been written."""
_ASKS_FOR_PROOF = 'name="proof_password"'
_TAG = re.compile(r"<[^>]*>")
_TOKEN = re.compile(r'name="csrf_token"[^>]*>|value="[^"]*"|nonce="[^"]*"|<a [^>]*>')


@dataclass(frozen=True)
class Cell:
    """One question and the verdict that is expected."""

    ask: Ask
    where: str
    actor: str
    expected: str

    def __str__(self) -> str:
        asked = "&".join(f"{name}={value}" for name, value in self.ask.fields)
        stale = " (đã lâu chưa xác nhận)" if self.ask.is_stale else ""
        return f"{self.ask.method} {self.ask.path} {asked} [{self.ask.kind}:{self.where}] {self.actor}{stale}"


@dataclass(frozen=True)
class Answer:
    """What came: the verdict, what gives away records, the tables written to, the page for comparing, the page itself,
    and after a refusal what the database says was changed all the same.
    """

    verdict: str
    status: int
    shown: frozenset[str]
    written: frozenset[str]
    page: str
    rule: str
    text: str
    changed: frozenset[str]


@dataclass
class Asker:
    """An app over one connection with an open transaction, and the world in its database."""

    app: Flask
    connection: Connection
    world: World

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.app.test_client(use_cookies=False)
        self.token = form_fields(self.app)
        self.changes = Changes(self.connection)
        self.adapter = self.app.url_map.bind("localhost")

    def ask(self, cell: Cell) -> Answer:
        """Send the request of a cell and undo whatever it did."""
        path, query = self.address(cell)
        with _undone(self.connection):
            self.changes.begin()
            answer = self._sent(cell, path, query)
            page = answer.get_data().decode("utf-8", "replace")
            answer.close()
            verdict = _verdict(answer, page)
            changed = self.changes.past() if is_refused(cell, verdict) else frozenset[str]()
        # Whoever asks knows what they wrote into the address.
        shown = frozenset(
            mark for mark, text in self.world.marks.items() if text in page and text not in path
        )
        return Answer(
            verdict,
            answer.status_code,
            shown,
            self.changes.tables,
            _comparable(page, path),
            self.rule_of(path, cell.ask.method),
            page,
            changed,
        )

    def body_of(self, cell: Cell) -> bytes:
        """What is sent back to the request of a cell, as it is; nothing for who is refused."""
        with _undone(self.connection):
            answer = self._sent(cell, *self.address(cell))
            return answer.get_data() if answer.status_code == 200 else b""

    def _sent(self, cell: Cell, path: str, query: str) -> Any:
        actor = self.world.actors[cell.actor]
        # Versions are not the point here: whichever there is is meant.
        version = {"If-Match": "*"} if cell.ask.method == "PATCH" else {}
        return self.client.open(
            f"{path}?{query}" if query else path,
            method=cell.ask.method,
            headers={"Cookie": actor.stale if cell.ask.is_stale else actor.fresh} | actor.headers | version,
            **self._body(cell),
        )

    def _body(self, cell: Cell) -> dict[str, Any]:
        """What is sent: a form, or to an address for programs the JSON that the line gives."""
        if cell.ask.method not in WRITING:
            return {}
        if not cell.ask.path.startswith("/api/"):
            return {"data": self._form(cell)}
        return {"data": dict(cell.ask.fields).get("json", "{}"), "content_type": "application/json"}

    def rule_of(self, path: str, method: str) -> str:
        """The rule that answers an address."""
        try:
            rule, _parts = self.adapter.match(path, method=method, return_rule=True)
        except (HTTPException, RequestRedirect):
            return ""
        return rule.rule

    def address(self, cell: Cell) -> tuple[str, str]:
        """The path of a cell and what stands behind the question mark."""
        path, _mark, query = cell.ask.path.partition("?")
        parts = {} if cell.ask.kind == NO_OBJECT else parts_of(self.world, cell.ask.kind, cell.where)
        for name, value in parts.items():
            path = path.replace(f"<{name}>", value)
        return path, self._filled(query, parts)

    def _filled(self, text: str, parts: Mapping[str, str]) -> str:
        """`{kind.where}` is the id of an object, `{ma}` a part of this very address."""

        def fill(found: re.Match[str]) -> str:
            kind, _dot, where = found[1].partition(".")
            return self.world.objects[kind][where]["ma"] if where else parts[kind]

        return re.sub(r"\{([\w.]+)\}", fill, text)

    def _form(self, cell: Cell) -> MultiDict[str, str]:
        parts = {} if cell.ask.kind == NO_OBJECT else parts_of(self.world, cell.ask.kind, cell.where)
        typed = [(name, self._filled(value, parts)) for name, value in cell.ask.fields]
        return MultiDict([*typed, *self.token.items()])


@contextmanager
def asking(app: Flask, database: Database, world: World) -> Generator[Asker]:
    """An asker over a database that has the world in it; nothing asked stays.

    Each question is a transaction of its own: thousands of savepoints in one would fill the memory for locks of
    PostgreSQL.
    """
    with database.write_engine.connect() as connection:
        before = app.extensions["registry.database"]
        app.extensions["registry.database"] = RequestDatabase(connection, database)
        made = Asker(app, connection, world)
        yield made
        app.extensions["registry.database"] = before


@contextmanager
def _undone(connection: Connection) -> Generator[None]:
    asked = connection.begin_nested() if connection.in_transaction() else connection.begin()
    try:
        yield
    finally:
        asked.rollback()


def is_refused(cell: Cell, verdict: str) -> bool:
    """Whether nothing may have changed: a refusal, or a request that only looks."""
    return cell.ask.method not in WRITING or verdict in REFUSING


def _verdict(answer: Any, page: str) -> str:
    status: int = answer.status_code
    if status in {301, 302, 303, 308}:
        return _LED_TO.get(urlsplit(str(answer.headers["Location"])).path, "M")
    if status == 200 and _ASKS_FOR_PROOF in page:
        return "Q"
    return _BY_STATUS.get(status, "!")


def _comparable(page: str, path: str) -> str:
    return _TOKEN.sub("", page.replace(path, ""))


def all_cells(matrix: Matrix, asks: Sequence[Ask] | None = None) -> Iterator[Cell]:
    """Every cell of the lines, in the order of the file."""
    for ask in matrix.asks if asks is None else asks:
        for where, actor, verdict in cells_of(matrix, ask):
            yield Cell(ask, where, actor, verdict)


# Those whose scope decides; the others differ by role alone.
_KEYS = ("keyR", "keyB", "keyW", "keyE", "keyP", "keyM", "offA")
_SCOPED = ("offA", "offB", "offU", "offO", "cadA", "mixd", "sysA", "self", "cand")


def some_cells(matrix: Matrix) -> Iterator[Cell]:
    """A part of all that touches every line: of one's own and another object, by scoped actors and by all, in turn."""
    turn = 0
    for ask in matrix.asks:
        rows = list(matrix.shapes[ask.shape].items())
        for where, verdicts in dict([rows[0], rows[turn % len(rows)]]).items():
            turn += 1
            some = _SCOPED if turn % 2 else matrix.actors
            some = _KEYS if ask.path.startswith("/api/") else some
            actor = some[turn * 7 // 2 % len(some)]
            yield Cell(ask, where, actor, ask.served if verdicts[actor] == SERVED else verdicts[actor])


@dataclass
class Findings:
    """What a run of cells found."""

    asked: int = 0
    by_verdict: dict[str, int] = field(default_factory=dict[str, int])
    unexpected: list[str] = field(default_factory=list[str])
    covered: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    pages: dict[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])


def judge(matrix: Matrix, cell: Cell, answer: Answer, findings: Findings) -> None:
    """Hold one answer against the file."""
    findings.asked += 1
    findings.by_verdict[answer.verdict] = findings.by_verdict.get(answer.verdict, 0) + 1
    findings.covered.add((answer.rule, cell.ask.method))
    findings.seen |= {(mark, cell.actor) for mark in answer.shown}
    said = findings.unexpected
    if answer.verdict != cell.expected:
        said.append(f"{cell}: {answer.verdict} ({answer.status}), mong đợi {cell.expected}")
    said += [
        f"{cell}: cho thấy {mark}"
        for mark in sorted(answer.shown)
        if mark in matrix.sees and matrix.sees[mark][cell.actor] == "-"
    ]
    if cell.ask.method == "GET" and cell.expected == SERVED and not cell.ask.is_stale:
        said += _miscounted(cell, answer, matrix.counts.get(cell.ask.path, {}))
    if is_refused(cell, answer.verdict):
        said += [
            f"{cell}: ghi vào {one} khi trả lời {answer.verdict}"
            for one in sorted(answer.written - MAY_CHANGE)
        ]
        said += [f"{cell}: {one} đã đổi khi trả lời {answer.verdict}" for one in sorted(answer.changed)]
    if answer.verdict == "N" and cell.ask.method != "HEAD":
        first = findings.pages.setdefault((cell.ask.line, cell.actor), answer.page)
        if first != answer.page:
            said.append(f"{cell}: trang 404 khác với trang của thứ không có")


def _miscounted(
    cell: Cell, answer: Answer, counts: Mapping[re.Pattern[str], Mapping[str, str]]
) -> Iterator[str]:
    text = " ".join(html.unescape(_TAG.sub(" ", answer.text)).split()) if counts else ""
    for words, numbers in counts.items():
        found = words.search(text)
        number = "-" if found is None else found[1] if words.groups else "x"
        if number != numbers[cell.actor]:
            yield f"{cell}: «{words.pattern}» là {number}, mong đợi {numbers[cell.actor]}"


def unlisted(app: Flask, covered: set[tuple[str, str]]) -> list[str]:
    """Routes without a line in the file, each with what to add."""
    methods = {"GET", "POST", "PUT", "PATCH", "DELETE"}
    return [
        f"{method} {rule.rule} ({rule.endpoint}) chưa có trong tests/web/authz/matrix.txt: thêm một dòng "
        f"«{method}  {rule.rule}  <loại đối tượng>  <dạng>» ở [routes] (loại «-» khi địa chỉ không chỉ đối tượng nào; "
        "các dạng ở [shapes])"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & methods)
        if (rule.rule, method) not in covered
    ]
