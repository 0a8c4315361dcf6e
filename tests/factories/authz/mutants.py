"""Permission checks and scope filters of the sources, each taken away or loosened, one at a time.

A mutant is a change of the syntax tree. It is put into force in a copy of the process that has everything loaded
(`os.fork`), so that hundreds of them can be tried: the changed function gets its new code, a view its changed guards.
"""

import ast
import functools
import gc
import importlib
import inspect
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from flask import Flask
from sqlalchemy import true

from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Role, Viewer

ROOT = Path(__file__).resolve().parents[3]
_GUARDS = frozenset({"require", "signed_in_only", "proved_lately"})
# Whom a filter is asked for: such an argument becomes somebody who may see everything.
_VIEWERS = frozenset({"viewer", "reader", "keeper"})
_FILTERS = frozenset(
    {
        "people_for", "visible_condition", "named_condition", "scope_condition", "in_scope", "get_visible", "get_need",
        "get_of_office", "get_without_ground", "may_be_named", "display_name", "visible_people", "held_registration",
        "held_registrations", "shortlist_named", "open_to", "visible", "get_batch", "account_for", "accounts", "request_in_scope",
        "get_evidence", "waiting_evidence", "organisation_for", "may_change", "register", "shown_to", "within",
    }
)  # fmt: skip
_OWNERS = frozenset({"owner_id", "account_id", "person_id", "created_by", "need_id"})
OF_ANYBODY = "của bất kỳ ai"


@dataclass(frozen=True)
class Mutant:
    """One change: its name for people, the endpoint of a view or the function whose code changes, how to make it."""

    name: str
    module: str
    function: str
    endpoint: str
    apply: Callable[[Flask], None]


def find_mutants(app: Flask) -> list[Mutant]:
    """All mutants, in a fixed order: guards of views, roles, then filters in functions."""
    endpoints = {
        _raw(view).__module__ + "." + _raw(view).__qualname__: name
        for name, view in app.view_functions.items()
    }
    found = [*_roles()]
    for path in sorted((ROOT / "registry").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "cli" in parts or "demonstration" in parts:
            continue
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        tree = ast.parse(path.read_text("utf-8"))
        for outer, name in _functions(tree):
            endpoint = endpoints.get(f"{module}.{name}", "")
            found += _guards(module, outer, name, endpoint) if endpoint else []
            found += _filters(path, module, tree, outer, name, endpoint)
    return found


def _functions(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node, node.name
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield inner, f"{node.name}.{inner.name}"


def _roles() -> Iterator[Mutant]:
    """Each role is given each right it has not."""
    for role in Role:
        for permission in Permission:
            if permission not in ROLE_PERMISSIONS[role]:
                yield Mutant(
                    f"{role} được thêm {permission}", "", "", "", functools.partial(_give, role, permission)
                )


def _give(role: Role, permission: Permission, _app: Flask) -> None:
    ROLE_PERMISSIONS[role] = ROLE_PERMISSIONS[role] | {permission}
    forget_what_was_kept()


def _guards(module: str, outer: ast.FunctionDef, name: str, endpoint: str) -> Iterator[Mutant]:
    """A guard of a view is left out; one that asks for a right becomes one that asks for any account."""
    kept = [one for one in outer.decorator_list if not _is_route(one)]
    for index, one in enumerate(kept):
        said = ast.unparse(one)
        if said.split("(")[0] not in _GUARDS:
            continue
        without = [*kept[:index], *kept[index + 1 :]]
        yield Mutant(
            f"{endpoint}: bỏ @{said}",
            module,
            name,
            endpoint,
            functools.partial(_redecorate, endpoint, without),
        )
        if said.startswith("require"):
            loose: list[ast.expr] = [
                *kept[:index],
                ast.Name("__signed_in_only", ast.Load()),
                *kept[index + 1 :],
            ]
            yield Mutant(
                f"{endpoint}: @{said} thành @signed_in_only", module, name, endpoint,
                functools.partial(_redecorate, endpoint, loose),
            )  # fmt: skip


def _is_route(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith("bp.")


def _redecorate(endpoint: str, decorators: list[ast.expr], app: Flask) -> None:
    from registry.accounts.access import signed_in_only  # noqa: PLC0415 - only the copy needs it

    view: Any = _raw(app.view_functions[endpoint])
    names = view.__globals__ | {"__signed_in_only": signed_in_only}
    for one in reversed(decorators):
        expression = ast.fix_missing_locations(ast.Expression(deepcopy(one)))
        view = eval(compile(expression, "<guard>", "eval"), names)(view)  # noqa: S307 - our own sources
    app.view_functions[endpoint] = view


def _raw(view: Any) -> Any:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def _filters(
    path: Path, module: str, tree: ast.Module, outer: ast.FunctionDef, name: str, endpoint: str
) -> Iterator[Mutant]:
    for node in ast.walk(outer):
        for words, other in _loosened(node):
            if words == OF_ANYBODY and ".queries" not in module:
                continue  # in operations it is which rows belong together, not who may see them
            said = " ".join(ast.unparse(node).split())[:90]
            make = functools.partial(_recode, path, module, tree, name, node, other)
            line = getattr(node, "lineno", 0)
            yield Mutant(f"{module}:{line} {name}: {words} «{said}»", module, name, endpoint, make)


def _loosened(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What a node can become, and in words."""
    if isinstance(node, ast.Call):
        yield from _call_loosened(node)
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr in _OWNERS:
        is_column = isinstance(node.left.value, ast.Name) and node.left.value.id[:1].isupper()
        if is_column and isinstance(node.ops[0], ast.Eq) and not _joins(node.comparators[0]):
            yield OF_ANYBODY, ast.Name("__always", ast.Load())


def _call_loosened(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _FILTERS:
        place = next((i for i, one in enumerate(node.args) if _is_viewer(one)), None)
        if place is not None:
            other = deepcopy(node)
            other.args[place] = ast.Name("__everybody", ast.Load())
            yield "mọi phạm vi", other
    if called in {"can", "covers"}:
        yield "luôn được", ast.Constant(value=True)
    if called == "limited_to" and isinstance(node.func, ast.Attribute):
        yield "không thu hẹp", deepcopy(node.func.value)


def _is_viewer(node: ast.expr) -> bool:
    said = ast.unparse(node)
    return said.split(".")[-1] in _VIEWERS or said.startswith(
        ("current_viewer()", "viewer.limited_to", "signed_in_viewer")
    )


def _joins(node: ast.expr) -> bool:
    """Whether the other side is a column too: rows that belong together, not rows of somebody."""
    return (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id[:1].isupper()
    )


def _recode(
    path: Path, module: str, tree: ast.Module, name: str, node: ast.AST, other: ast.expr, _app: Flask
) -> None:
    changed = _Replaced(node, other).visit(tree)  # the tree itself: this copy of the process is thrown away
    code = compile(ast.fix_missing_locations(changed), str(path), "exec")
    live = live_function(module, name)
    live.__code__ = _code_named(code, name)
    live.__globals__.setdefault("__everybody", Viewer.installation())
    live.__globals__.setdefault("__always", true())
    forget_what_was_kept()


class _Replaced(ast.NodeTransformer):
    def __init__(self, node: ast.AST, other: ast.expr) -> None:
        self.node, self.other = node, other

    def visit(self, node: ast.AST) -> Any:
        return self.other if node is self.node else super().visit(node)


def live_function(module: str, name: str) -> FunctionType:
    """The function by its name in a loaded module, without what decorates it."""
    first, *inner = name.split(".")
    found: Any = getattr(importlib.import_module(module), first)
    for part in inner:
        held: Any = inspect.getattr_static(found, part)
        found = held.fget if type(held) is property else held
    found = _raw(found)
    assert isinstance(found, FunctionType)
    return found


def _code_named(code: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part)
    return code


def kept_by_functions() -> list[Any]:
    """The functions of the product that keep what they answered."""
    every: list[Any] = gc.get_objects()
    kept = (one for one in every if type(one).__name__ == "_lru_cache_wrapper")
    return [one for one in kept if str(getattr(one, "__module__", "")).startswith("registry")]


def forget_what_was_kept() -> None:
    """Statements and viewers among it: a mutant must not be saved by what was kept before it."""
    for one in kept_by_functions():
        one.cache_clear()
