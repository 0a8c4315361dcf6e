"""The methods that nobody writes a line for: HEAD answers as GET does, without a body; OPTIONS says nothing of anybody."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from tests.factories.authz.asking import Asker, Cell, Findings, all_cells, judge
from tests.factories.authz.changes import MAY_CHANGE
from tests.factories.authz.expected import Matrix

_IN_TURN = ("offB", "self", "offU", "sysN", "cadA", "audN", "offO", "anon")


def judge_head(asker: Asker, matrix: Matrix, findings: Findings) -> int:
    """Every line of GET and object by HEAD, as two actors; how many were asked."""
    before = findings.asked
    for cell in head_cells(matrix):
        answer = asker.ask(cell)
        judge(matrix, cell, answer, findings)
        if answer.page:
            findings.unexpected.append(f"{cell}: HEAD có nội dung")
    return findings.asked - before


def head_cells(matrix: Matrix) -> Iterator[Cell]:
    """The cells of GET of the officer of A and of one more in turn. A question to prove oneself cannot be read there."""
    actors, turn = frozenset[str](), 0
    for cell in all_cells(matrix):
        if cell.ask.method != "GET":
            continue
        if cell.actor == "anon":
            turn += 1
            actors = frozenset({"offA", _IN_TURN[turn % len(_IN_TURN)]})
        if cell.actor in actors:
            expected = "S" if cell.expected == "Q" else cell.expected
            yield replace(cell, ask=replace(cell.ask, method="HEAD"), expected=expected)


def judge_options(asker: Asker, matrix: Matrix, findings: Findings) -> int:
    """Every line by OPTIONS, as the person of A: the methods and nothing else, where there is such an address; how many were asked."""
    asked = 0
    for cell in all_cells(matrix):
        if cell.actor == "self":
            answer = asker.ask(replace(cell, ask=replace(cell.ask, method="OPTIONS", fields=())))
            asked += 1
            is_nowhere = answer.status == 404 and not answer.rule
            if not is_nowhere and (answer.status != 200 or answer.page or answer.written - MAY_CHANGE):
                findings.unexpected.append(f"OPTIONS {cell}: {answer.status} {sorted(answer.shown)}")
    return asked


def sees_hidden_write(asker: Asker, matrix: Matrix) -> bool:
    """Positive control: a refusal that wrote past every statement that is noted would be reported."""
    ask = next(one for one in matrix.asks if one.path == "/danh-sach/<ma>/bo" and one.kind == "shortlist")
    endpoint = "matching.shortlist_remove"
    view = asker.app.view_functions[endpoint]

    def writing(**_parts: str) -> ResponseReturnValue:
        driver: Any = asker.connection.connection.driver_connection
        driver.execute("UPDATE shortlist SET name = name")
        abort(404)

    asker.app.view_functions[endpoint] = writing
    try:
        findings, cell = Findings(), Cell(ask, "none", "offB", "N")
        judge(matrix, cell, asker.ask(cell), findings)
        return any("đã đổi khi trả lời N" in one for one in findings.unexpected)
    finally:
        asker.app.view_functions[endpoint] = view
