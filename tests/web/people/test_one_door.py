"""Nobody reaches people past the one predicate: by the source of the whole product, and command by command."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import registry
from registry.cli import people as command
from registry.cli.main import build_parser
from registry.people.rules import PersonState
from tests.factories import people as make
from tests.factories.people import ANONYMOUS

ROOT = Path(registry.__file__).parent

# The files that hold the predicate, and those that write rows or look at rows they were handed.
MAY_SELECT = {
    "people/queries/visible.py": "the predicate itself",
    "candidacies/queries/ties.py": "the record an account has, whatever may be seen of it: numbers for a guard",
    "people/models/keeping_text.py": "holds the rows whose texts are written",
    "people/models/person.py": "has_agreed, which the predicate is made of",
    "people/queries/narrowing.py": "numbers to names, for conditions",
    "people/operations/many.py": "are codes taken",
    "people/operations/registration.py": "is a code taken",
    "people/operations/texts.py": "whose full text is not kept yet",
    "privacy/operations/erasing.py": "records merged into one that is erased",
    "privacy/operations/replaying.py": "who is erased again after a backup was restored",
    "privacy/queries/starts.py": "whose data fall due: numbers alone, whatever use is left of the records",
    "privacy/operations/retaining.py": "the record that falls due, by its number",
    "incidents/queries/affected.py": "codes of people whom events of the log name, whatever became of them",
    "duplicates/queries/pairs.py": "holds two records; the codes of merged ones",
    "duplicates/queries/everybody.py": "`_kept` is the predicate",
    "duplicates/operations/merging.py": "records merged earlier follow",
    "duplicates/operations/undoing.py": "the two records of a merge that was found",
    "people/queries/identified.py": "the holder of a number, of whom only a visible one is given",
    "exchange/operations/people.py": "external ids in the importer's scope; taking back what an import made",
    "matching/queries/search/criteria.py": "numbers, of which a roll keeps those of people who may be searched",
    "people/queries/writing.py": "who may be written to: numbers among those asked about, whose letter a mark is from",
    "app/demonstration/fill.py": "is the database empty",
    "app/demonstration/balance.py": "made-up people who moved",
    "app/demonstration/indicators.py": "made-up people who hold what a source counts",
    "app/demonstration/networks.py": "made-up people who are members, or told where they come from",
    "networks/queries/origin.py": "numbers joined with those whom the predicate gives; the kinds of people a page shows",
    "balance/queries/counting.py": "`Part.people` holds the predicate; numbers that are counted",
    "balance/operations/moving.py": "whose movement it is that is taken away",
    "indicators/queries/computed/cadres.py": "numbers that a figure counts; its rows name those the reader may see",
    "indicators/queries/computed/staying.py": "numbers that a figure counts; its rows name those the reader may see",
}


def selects_of_person(source: str) -> Iterator[int]:
    """Lines where a statement selects Person or one of its columns, or gets one by its number."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in {"select", "get", "get_one", "query"} and any(_is_person(one) for one in node.args):
            yield node.lineno


def _is_person(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "Person" for one in ast.walk(node))


def guarded(source: str, line: int) -> bool:
    """Whether the statement around a line names the predicate."""
    tree = ast.parse(source)
    functions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line)
    ]
    text = ast.unparse(functions[-1]) if functions else ""
    return any(one in text for one in ("visible_condition(", "listed_condition(", "people_for("))


def test_every_select_of_people_goes_through_the_predicate() -> None:
    open_doors: list[str] = []
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text("utf-8")
        open_doors += [
            f"{name}:{line}"
            for line in selects_of_person(source)
            if name not in MAY_SELECT and not guarded(source, line)
        ]
    assert open_doors == []


def test_views_never_select_people_themselves() -> None:
    for path in sorted((ROOT / "people" / "views").glob("*.py")):
        assert list(selects_of_person(path.read_text("utf-8"))) == [], path.name


def test_the_check_sees_a_planted_door() -> None:
    planted = "def f(session):\n    return session.scalars(select(Person).where(Person.code == 'x'))\n"
    assert list(selects_of_person(planted)) == [2]
    assert not guarded(planted, 2)
    assert list(selects_of_person("session.get(Person, 1)")) == [1]


def test_the_command_lists_codes_and_no_names(
    session: Session, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = make.person(session, "Lò Văn Chiến", external_id="CB-1")
    hidden = make.person(session, "Vàng A Páo", consents=ANONYMOUS, state=PersonState.INCOMPLETE)
    make.person(session, "Người Đã Rút", state=PersonState.WITHDRAWN)

    class Reading:
        def __enter__(self) -> Session:
            return session

        def __exit__(self, *_error: object) -> None:
            return None

    monkeypatch.setattr(command, "reading", Reading)
    arguments = build_parser().parse_args(["people", "list", "--json"])
    assert arguments.run(arguments) == 0
    printed = capsys.readouterr().out
    assert sorted(json.loads(printed), key=lambda row: row["state"]) == [
        {"id": named.public_id, "code": named.code, "external_id": "CB-1", "state": "active"},
        {"id": hidden.public_id, "code": hidden.code, "external_id": None, "state": "incomplete"},
    ]
    arguments = build_parser().parse_args(["people", "list"])
    assert arguments.run(arguments) == 0
    printed = capsys.readouterr().out
    assert named.code in printed
    assert "Chiến" not in printed
