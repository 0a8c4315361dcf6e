"""Permission checks and scope filters of the sources, each taken away or loosened, one at a time.

A mutant is a change of the syntax tree; `mutating` puts it into force.
"""

import ast
import functools
import inspect
import textwrap
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from flask import Flask

from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Role
from tests.factories.authz.key_mutants import is_built_once, key_checks, key_guards
from tests.factories.authz.mutating import (
    ALWAYS,
    EVERYBODY,
    SIGNED_IN_ONLY,
    Mutant,
    Place,
    give,
    raw_view,
    recode,
    redecorate,
)

ROOT = Path(__file__).resolve().parents[3]
_GUARDS = frozenset({"require", "signed_in_only", "proved_lately"})
# Whom a filter is asked for: such an argument becomes somebody who may see everything.
_VIEWERS = frozenset({"viewer", "reader", "keeper"})
_FILTERS = frozenset(
    {
        "people_for", "visible_condition", "listed_condition", "scope_condition", "in_scope", "get_visible", "get_need",
        "get_of_office", "get_without_ground", "visible_people", "held_registration",
        "held_registrations", "shortlist_named", "open_to", "visible", "get_batch", "account_for", "accounts", "request_in_scope",
        "get_evidence", "waiting_evidence", "organisation_for", "may_change", "register", "shown_to", "within",
    }
)  # fmt: skip
_NAMING = frozenset({"may_be_named", "display_name", "named_condition"})
_OWNERS = frozenset({"owner_id", "account_id", "person_id", "created_by", "need_id"})
OF_ANYBODY = "của bất kỳ ai"


def find_mutants(app: Flask) -> list[Mutant]:
    """All mutants, in a fixed order: guards of views, roles, then filters in functions."""
    endpoints = {
        raw_view(view).__module__ + "." + raw_view(view).__qualname__: name
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
            found += [*_guards(outer, endpoint), *key_guards(outer, endpoint)] if endpoint else []
            place = Place(path, module, name, tree, outer)
            found += key_checks(place)
            found += [] if is_built_once(place) else _filters(place, endpoint)
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
                make = functools.partial(give, role, permission)
                yield Mutant(f"{role} được thêm {permission}", "role", make)


def _guards(outer: ast.FunctionDef, endpoint: str) -> Iterator[Mutant]:
    """A guard of a view is left out; one that asks for a right becomes one that asks for any account."""
    kept = [one for one in outer.decorator_list if not _is_route(one)]
    for index, one in enumerate(kept):
        said = ast.unparse(one)
        if said.split("(")[0] not in _GUARDS:
            continue
        if said == "signed_in_only" and _asks_again(outer):
            continue
        before, behind = kept[:index], kept[index + 1 :]
        left_out = functools.partial(redecorate, endpoint, [*before, *behind])
        yield Mutant(f"{endpoint}: bỏ @{said}", "guard", left_out, endpoint)
        if said.startswith("require"):
            loose = ast.Name(SIGNED_IN_ONLY, ast.Load())
            loosened = functools.partial(redecorate, endpoint, [*before, loose, *behind])
            yield Mutant(f"{endpoint}: @{said} thành @signed_in_only", "guard", loosened, endpoint)


# What a view may do before it asks who is signed in, without anybody's noticing.
_WITHOUT_TRACE = frozenset({"now", "today", "db_session", "write_session", "reads_only"})
_PERHAPS = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.comprehension)
_ASKING = frozenset({"current_account", "current_sign_in"})


def _asks_again(view: ast.FunctionDef) -> bool:
    """Whether the view asks who is signed in whatever happens, and before it does anything.

    `signed_in_only` and `current_account()` lead whoever is not to the sign-in page by the same call: without the guard
    such a view answers the same, so leaving it out is no mutant. `proved_lately` asks as its first act when a form is sent.
    """
    routes = [ast.unparse(one) for one in view.decorator_list if _is_route(one)]
    guards = [ast.unparse(one) for one in view.decorator_list]
    if "proved_lately" in guards and all(one.startswith("bp.post") for one in routes):
        return True
    for statement in view.body:
        if not isinstance(statement, ast.Assign | ast.Expr | ast.Return):
            return False
        if any(isinstance(one, _PERHAPS) for one in ast.walk(statement)):
            return False
        for called in _calls_in_order(statement):
            if called in _ASKING:
                return True
            if called not in _WITHOUT_TRACE and not called[:1].isupper():  # to make a form changes nothing
                return False
    return False


def _calls_in_order(node: ast.AST) -> Iterator[str]:
    """What is called, in the order of the calls: arguments before what they are for."""
    for inner in ast.iter_child_nodes(node):
        yield from _calls_in_order(inner)
    if isinstance(node, ast.Call):
        yield node.func.id if isinstance(node.func, ast.Name) else "?"


def equal_guards(app: Flask) -> list[str]:
    """The views whose guard is asked for again by their first line, for saying so: no mutant is made of them."""
    guarded = ((name, raw_view(view)) for name, view in app.view_functions.items())
    sources = ((name, ast.parse(textwrap.dedent(inspect.getsource(view)))) for name, view in guarded)
    found = ((name, tree.body[0]) for name, tree in sources if tree.body)
    return sorted(
        name
        for name, view in found
        if isinstance(view, ast.FunctionDef)
        and any(ast.unparse(one) == "signed_in_only" for one in view.decorator_list)
        and _asks_again(view)
    )


def _is_route(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith("bp.")


def _filters(place: Place, endpoint: str) -> Iterator[Mutant]:
    for node in ast.walk(place.node):
        for words, other in _loosened(node):
            if words == OF_ANYBODY and ".queries" not in place.module:
                continue  # in operations it is which rows belong together, not who may see them
            said = " ".join(ast.unparse(node).split())[:90]
            here = replace(place, node=node)
            name = f"{place.module}:{getattr(node, 'lineno', 0)} {place.function}: {words} «{said}»"
            yield Mutant(name, "filter", functools.partial(recode, here, other), endpoint, here)


def _loosened(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What a node can become, and in words."""
    if isinstance(node, ast.Call):
        yield from _call_loosened(node)
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr in _OWNERS:
        is_column = isinstance(node.left.value, ast.Name) and node.left.value.id[:1].isupper()
        if is_column and isinstance(node.ops[0], ast.Eq) and not _joins(node.comparators[0]):
            yield OF_ANYBODY, ast.Name(ALWAYS, ast.Load())


def _call_loosened(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _FILTERS:
        place = next((i for i, one in enumerate(node.args) if _is_viewer(one)), None)
        if place is not None:
            other = deepcopy(node)
            other.args[place] = ast.Name(EVERYBODY, ast.Load())
            yield "mọi phạm vi", other
    if called in _NAMING:
        yield "tên luôn hiện", _named(called, node)
    if called in {"can", "covers"}:
        yield "luôn được", ast.Constant(value=True)
    if called == "limited_to" and isinstance(node.func, ast.Attribute):
        yield "không thu hẹp", deepcopy(node.func.value)


def _named(called: str, node: ast.Call) -> ast.expr:
    """A check of who may know a name, gone. To ask it for everybody would change nothing: they too know no name of
    somebody who did not agree.
    """
    if called == "display_name":
        return ast.Attribute(deepcopy(node.args[0]), "full_name", ast.Load())
    return ast.Constant(value=True) if called == "may_be_named" else ast.Name(ALWAYS, ast.Load())


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
