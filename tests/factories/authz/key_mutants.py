"""What opens the addresses for programs, loosened one at a time: the guard of each, and what makes a key open anything.

That the viewer is limited to the permission of the scope has no mutant of its own: a key has one place for all its
scopes, and one without the scope was turned away before, so that without the limit every answer is the same.
"""

import ast
import functools
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from tests.factories.authz.mutating import ANY_KEY, NO_KEY, Mutant, Place, recode, redecorate

_GUARD = "require_scope"
_TOKENS = "registry.api.queries.tokens"
_ACCESS = "registry.api.access"
"""Its functions make guards when the application is built: changed afterwards they change nothing."""


def is_built_once(place: Place) -> bool:
    """Whether a change of this function comes too late to be seen by anybody."""
    return place.module == _ACCESS and place.function == _GUARD


def key_guards(outer: ast.FunctionDef, endpoint: str) -> Iterator[Mutant]:
    """The guard of a view is left out, or lets any key pass."""
    kept = [one for one in outer.decorator_list if not ast.unparse(one).startswith("programs.")]
    for index, one in enumerate(kept):
        said = ast.unparse(one)
        if said.split("(")[0] != _GUARD:
            continue
        for words, name in ((f"bỏ @{said}", NO_KEY), (f"@{said} thành khóa nào cũng được", ANY_KEY)):
            guards = [*kept[:index], ast.Name(name, ast.Load()), *kept[index + 1 :]]
            make = functools.partial(redecorate, endpoint, guards)
            yield Mutant(f"{endpoint}: {words}", "guard", make, endpoint)


def key_checks(place: Place) -> Iterator[Mutant]:
    """What is asked of a key itself: that it is not over, that its maker may still make it, its scopes, its place."""
    if place.module != _TOKENS:
        return
    for node in ast.walk(place.node):
        for words, other in _loosened(place.function, node):
            said = " ".join(ast.unparse(node).split())[:90]
            here = replace(place, node=node)
            name = f"{place.module}:{getattr(node, 'lineno', 0)} {place.function}: {words} «{said}»"
            yield Mutant(name, "filter", functools.partial(recode, here, other), "", here)


def _loosened(function: str, node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if function == "opens" and isinstance(node, ast.BoolOp):
        for index in range(len(node.values)):
            other = deepcopy(node)
            del other.values[index]
            yield f"không hỏi {ast.unparse(node.values[index])[:40]}", other
    if function == "may_vouch" and (
        isinstance(node, ast.BoolOp) or ast.unparse(node).startswith("account.state is")
    ):
        yield "không hỏi", ast.Constant(value=False)
    if function == "Caller.may" and isinstance(node, ast.Compare):
        yield "phạm vi việc nào cũng được", ast.Constant(value=True)
    if function == "caller_of" and isinstance(node, ast.Call) and ast.unparse(node.func) == "Scope":
        yield "ở mọi nơi", ast.Call(deepcopy(node.func), [], [])
