"""Puts a change of the sources into force in a running process, and notes which places of the sources are come by.

Hundreds of changes are tried in copies of a process that has everything loaded (`os.fork`): the changed function gets
its new code, a view its changed guards. Nothing is taken back in a copy: it is thrown away.
"""

import ast
import gc
import importlib
import inspect
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from flask import Flask
from sqlalchemy import true

from registry.accounts.access import signed_in_only
from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Role, Viewer
from tests.factories.authz.loose_keys import any_key, no_key

# Names that changed code finds among the globals of its module. Two strokes at the end: without them a class would
# make them names of its own.
EVERYBODY, ALWAYS, SIGNED_IN_ONLY, _NOTED = "everybody__", "always__", "signed_in_only__", "noted__"
ANY_KEY, NO_KEY = "any_key__", "no_key__"


@dataclass(frozen=True)
class Place:
    """Where a filter stands: its function in a module of the sources, and the node of the tree."""

    path: Path
    module: str
    function: str
    tree: ast.Module
    node: ast.AST


@dataclass(frozen=True)
class Mutant:
    """One change: its name for people, its sort, how to make it; the endpoint of a guarded view, the place of a filter."""

    name: str
    sort: str
    apply: Callable[[Flask], None]
    endpoint: str = ""
    place: Place | None = None


def give(role: Role, permission: Permission, _app: Flask) -> None:
    """Give a role a right that it has not."""
    ROLE_PERMISSIONS[role] = ROLE_PERMISSIONS[role] | {permission}


def redecorate(endpoint: str, decorators: list[ast.expr], app: Flask) -> None:
    """Give a view other guards."""
    view: Any = raw_view(app.view_functions[endpoint])
    names = view.__globals__ | {SIGNED_IN_ONLY: signed_in_only, ANY_KEY: any_key, NO_KEY: no_key}
    for one in reversed(decorators):
        expression = ast.fix_missing_locations(ast.Expression(deepcopy(one)))
        view = eval(compile(expression, "<guard>", "eval"), names)(view)  # noqa: S307 - our own sources
    app.view_functions[endpoint] = view


def raw_view(view: Any) -> Any:
    """A function without what decorates it."""
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def recode(place: Place, other: ast.expr, _app: Flask) -> None:
    """Put another expression where a filter stands."""
    changed = _Replaced(place.node, other).visit(place.tree)
    code = compile(ast.fix_missing_locations(changed), str(place.path), "exec")
    live = live_function(place.module, place.function)
    live.__code__ = _code_named(code, place.function)
    live.__globals__[EVERYBODY] = Viewer.installation()
    live.__globals__[ALWAYS] = true()


class _Replaced(ast.NodeTransformer):
    def __init__(self, node: ast.AST, other: ast.expr) -> None:
        self.node, self.other = node, other

    def visit(self, node: ast.AST) -> Any:
        return self.other if node is self.node else super().visit(node)


@contextmanager
def noting(places: Sequence[Place]) -> Generator[set[int]]:
    """Within, the numbers of the places that were come by are put into the set that is given."""
    seen: set[int] = set()
    kept: list[tuple[FunctionType, CodeType]] = []
    for module in {place.module for place in places}:
        numbers = [number for number, place in enumerate(places) if place.module == module]
        for number in numbers:
            held: Any = places[number].node
            held.numbers = [*getattr(held, "numbers", ()), number]
        first = places[numbers[0]]
        code = compile(
            ast.fix_missing_locations(_Noting().visit(deepcopy(first.tree))), str(first.path), "exec"
        )
        for function in {places[number].function for number in numbers}:
            live = live_function(module, function)
            kept.append((live, live.__code__))
            live.__globals__[_NOTED] = seen.update
            live.__code__ = _code_named(code, function)
    try:
        yield seen
    finally:
        for live, code in kept:
            live.__code__ = code
        for place in places:
            if hasattr(place.node, "numbers"):
                del place.node.numbers  # pyright: ignore[reportAttributeAccessIssue] - put there above


class _Noting(ast.NodeTransformer):
    """`place` becomes `(noted__((3, 4)), place)[1]`."""

    def visit(self, node: ast.AST) -> Any:
        made: Any = super().visit(node)
        numbers = getattr(node, "numbers", None)
        if numbers is None:
            return made
        said = ast.Tuple([ast.Constant(int(number)) for number in numbers], ast.Load())
        call = ast.Call(ast.Name(_NOTED, ast.Load()), [said], [])
        return ast.Subscript(ast.Tuple([call, made], ast.Load()), ast.Constant(1), ast.Load())


def live_function(module: str, name: str) -> FunctionType:
    """The function by its name in a loaded module, without what decorates it."""
    first, *inner = name.split(".")
    found: Any = getattr(importlib.import_module(module), first)
    for part in inner:
        held: Any = inspect.getattr_static(found, part)
        found = held.fget if type(held) is property else held
    found = raw_view(found)
    assert isinstance(found, FunctionType)
    return found


def _code_named(code: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part)
    return code


# What keeps viewers, statements and what is offered to whom; the others keep words, files and tables of a standard.
_KEEPING = (".queries", ".rules.rights", ".navigation")


def keeping_functions() -> list[Any]:
    """The functions of the product that keep answers in which rights have a part."""
    gc.unfreeze()  # what was frozen for copies of the process is not among the objects
    every: list[Any] = gc.get_objects()
    kept = (one for one in every if type(one).__name__ == "_lru_cache_wrapper")
    named = ((one, str(getattr(one, "__module__", ""))) for one in kept)
    return [
        one for one, module in named if module.startswith("registry") and any(p in module for p in _KEEPING)
    ]


def forget(keeping: Sequence[Any]) -> None:
    """A mutant must not be saved by what was kept before it, nor a place be passed by unseen."""
    for one in keeping:
        one.cache_clear()
