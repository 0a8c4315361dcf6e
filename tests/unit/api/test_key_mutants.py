"""The mutants of the matrix know the guard of the addresses for programs, whatever is added to them."""

import ast
from pathlib import Path

from registry.api.queries import tokens
from tests.factories.authz.key_mutants import key_checks, key_guards
from tests.factories.authz.mutating import Place

VIEW = """
@programs.get("/needs")
@documented(Operation("…"))
@require_scope(_NEEDS)
def needs():
    return 1
"""


def test_a_guard_of_a_scope_is_left_out_and_loosened() -> None:
    view = ast.parse(VIEW).body[0]
    assert isinstance(view, ast.FunctionDef)
    assert [one.name for one in key_guards(view, "api.needs")] == [
        "api.needs: bỏ @require_scope(_NEEDS)",
        "api.needs: @require_scope(_NEEDS) thành khóa nào cũng được",
    ]


def test_everything_asked_of_a_key_has_a_mutant() -> None:
    path = Path(str(tokens.__file__))
    tree = ast.parse(path.read_text("utf-8"))
    functions = [(one.name, one) for one in tree.body if isinstance(one, ast.FunctionDef)]
    for one in tree.body:
        if isinstance(one, ast.ClassDef):
            functions += [(f"{one.name}.{f.name}", f) for f in one.body if isinstance(f, ast.FunctionDef)]
    made = [
        mutant.name.partition(" ")[2].partition(" «")[0]
        for name, node in functions
        for mutant in key_checks(Place(path, tokens.__name__, name, tree, node))
    ]
    assert sorted(made) == [
        "Caller.may: phạm vi việc nào cũng được",
        "caller_of: ở mọi nơi",
        "may_vouch: không hỏi",
        "may_vouch: không hỏi",
        "opens: không hỏi at < token.expires_at",
        "opens: không hỏi may_vouch(token.made_by, token.unit_path",
        "opens: không hỏi token.ended_at is None",
    ]
