"""House rules that no single room can keep alone: guards, commits, migrations, names of constraints."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from registry.app.schema import METADATA, alembic_config, is_modelled
from registry.db import Database
from tests.conftest import Client
from tests.factories.databases import own_database
from tests.lists import LONGEST, ONE_DATABASE, by_file

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "registry").rglob("*.py"))
# A browser's report, and the button of mail programs (RFC 8058): the address of the latter carries a signed mark.
WITHOUT_TOKEN = {"/bao-cao-csp", "/thu/dung/<ma>"}
MAY_COMMIT = ("views", "cli", "jobs", "app")


def unsafe_rules(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            yield rule.rule, method


def commits_outside(path: Path, source: str) -> list[int]:
    """Lines of `.commit(` in a file that may not commit."""
    parts = path.relative_to(ROOT / "registry").with_suffix("").parts
    if any(part in MAY_COMMIT for part in parts):
        return []
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_view_says_who_may_enter(app: Flask) -> None:
    open_doors = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access")
    ]
    assert open_doors == []


def test_the_guard_check_sees_an_unguarded_view(app: Flask) -> None:
    assert not hasattr(lambda: None, "access")
    assert len(app.view_functions) > 5


def test_unsafe_requests_without_a_token_are_refused(app: Flask, client: Client) -> None:
    refused = 0
    for rule, method in unsafe_rules(app):
        path = rule
        for part in ("<ma>", "<code>", "<section>"):
            path = path.replace(part, "x")
        if "<" in path or rule in WITHOUT_TOKEN:
            continue
        answer = client.open(path, method=method, data={})
        refusals = {401} if rule.startswith("/api/") else {400, 405}
        assert answer.status_code in refusals, (method, rule, answer.status_code)
        refused += 1
    assert refused >= 2


def test_only_views_commands_and_jobs_commit() -> None:
    found = {
        str(path): lines for path in SOURCES if (lines := commits_outside(path, path.read_text("utf-8")))
    }
    assert found == {}


def test_the_commit_check_sees_a_commit() -> None:
    planted = ROOT / "registry" / "people" / "operations.py"
    assert commits_outside(planted, "session.commit()") == [1]


def test_a_view_takes_for_sent_only_what_was_posted() -> None:
    """HEAD is answered as GET is and carries no token: a view that asks for «GET» would take it for a form that was sent."""
    asking = [str(path) for path in SOURCES if 'request.method == "GET"' in path.read_text("utf-8")]
    assert asking == []


def test_every_module_has_a_docstring() -> None:
    bare = [str(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert bare == []


@pytest.mark.parametrize("listed", [LONGEST, ONE_DATABASE], ids=["longest", "one database"])
def test_what_is_left_out_is_there(listed: Path) -> None:
    gone = [
        f"{file} {name}"
        for file, names in by_file(listed).items()
        for name in {"", *names}
        if not (listed.parent / file).exists()
        or f"def {name}" not in (listed.parent / file).read_text("utf-8")
    ]
    assert gone == []


def test_every_constraint_has_a_name() -> None:
    kinds = (CheckConstraint, ForeignKeyConstraint, UniqueConstraint)
    nameless = [
        f"{table.name}: {constraint}"
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, kinds) and not constraint.name
    ]
    assert nameless == []


def test_models_and_migrations_agree(connection: Connection) -> None:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": is_modelled}
    )
    assert compare_metadata(context, METADATA) == []


@pytest.mark.slow
def test_every_revision_goes_up_down_and_up_with_data(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The stairway: each step is undone and taken again, with the reference data in the tables; no row is lost."""
    with (
        own_database(database, request, tmp_path, "stairway") as (_url, own),
        own.write_engine.connect() as connection,
    ):
        config = alembic_config(connection)
        counted = text("SELECT (SELECT count(*) FROM skill), (SELECT count(*) FROM skill_label)")
        before = tuple(connection.execute(counted).one())
        connection.commit()
        for revision in ScriptDirectory.from_config(config).walk_revisions():
            if revision.down_revision is not None:
                command.downgrade(config, str(revision.down_revision))
                command.upgrade(config, revision.revision)
                command.downgrade(config, str(revision.down_revision))
                assert tuple(connection.execute(counted).one()) == before
                connection.commit()
        command.downgrade(config, "base")
        connection.commit()
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert left == set()
        command.upgrade(config, "head")
        connection.commit()
        assert len(inspect(connection).get_table_names()) > 5
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
