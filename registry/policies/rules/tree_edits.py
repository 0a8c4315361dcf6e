"""Steps of composing a rule in its data form: add, replace, remove, move, wrap a part of the tree. Pure.

A path is the numbers of the parts from the top down; () is the whole rule. Nothing is changed in place, and what a
step does not touch stays as it was written. Steps on a path that leads nowhere raise LookupError.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
Path = tuple[int, ...]
BRANCHES = ("all", "any", "not")


def branch_of(node: Node) -> str:
    """«all», «any» or «not»; "" for a single condition."""
    return next((one for one in BRANCHES if one in node), "")


def parts_of(node: Node) -> list[Node]:
    """The parts of a branch; a single condition has none."""
    branch = branch_of(node)
    if branch == "not":
        return [node["not"]]
    return list(node[branch]) if branch else []


def read_path(text: str) -> Path:
    """«0.2» as (0, 2); "" as (). Raises LookupError."""
    numbers = text.split(".") if text else []
    if len(numbers) > 10 or not all(one.isascii() and one.isdecimal() and len(one) < 4 for one in numbers):
        raise LookupError(text[:40])
    return tuple(map(int, numbers))


def write_path(path: Path) -> str:
    """(0, 2) as «0.2»."""
    return ".".join(map(str, path))


def node_at(rule: Node, path: Path) -> Node:
    """The part at a path."""
    for number in path:
        parts = parts_of(rule)
        if number >= len(parts):
            raise LookupError(number)
        rule = parts[number]
    return rule


def replaced(rule: Node, path: Path, node: Node) -> Node:
    """The rule with another part at a path."""
    if not path:
        return node
    parts = parts_of(rule)
    if path[0] >= len(parts):
        raise LookupError(path)
    parts[path[0]] = replaced(parts[path[0]], path[1:], node)
    return _with_parts(rule, parts)


def added(rule: Node | None, path: Path, node: Node) -> Node:
    """A part added at the end of the branch at a path; what is no list of parts there becomes «all» of both."""
    if rule is None:
        return node
    there = node_at(rule, path)
    branch = branch_of(there)
    if branch in ("all", "any"):
        return replaced(rule, path, _with_parts(there, [*parts_of(there), node]))
    return replaced(rule, path, {"all": [there, node]})


def removed(rule: Node, path: Path) -> Node | None:
    """The rule without the part at a path; a branch left empty goes too, one left with one part becomes that part."""
    node_at(rule, path)
    if not path:
        return None
    above = path[:-1]
    parent = node_at(rule, above)
    parts = parts_of(parent)
    del parts[path[-1]]
    if not parts:
        return removed(rule, above)
    return replaced(rule, above, parts[0] if len(parts) == 1 else _with_parts(parent, parts))


def moved(rule: Node, path: Path, by: int) -> Node:
    """The rule with a part one place further up (-1) or down (1) among its neighbours; at an end it stays."""
    node_at(rule, path)
    if not path:
        return rule
    parent = node_at(rule, path[:-1])
    parts = parts_of(parent)
    here, there = path[-1], path[-1] + by
    if not 0 <= there < len(parts):
        return rule
    parts[here], parts[there] = parts[there], parts[here]
    return replaced(rule, path[:-1], _with_parts(parent, parts))


def wrapped(rule: Node, path: Path, branch: str) -> Node:
    """The part at a path put into a branch of its own, which others can be added to."""
    node = node_at(rule, path)
    return replaced(rule, path, {"not": node} if branch == "not" else {branch: [node]})


def switched(rule: Node, path: Path) -> Node:
    """«All» at a path becomes «any» and the other way round."""
    node = node_at(rule, path)
    branch = branch_of(node)
    if branch not in ("all", "any"):
        raise LookupError(path)
    return replaced(rule, path, {"any" if branch == "all" else "all": parts_of(node)})


def unwrapped(rule: Node, path: Path) -> Node:
    """The parts of the branch at a path put into the branch around it; at the top only a single part can be."""
    node = node_at(rule, path)
    parts = parts_of(node)
    if len(parts) == 1:
        return replaced(rule, path, parts[0])
    parent: Node = node_at(rule, path[:-1]) if path else {}
    if not parts or branch_of(parent) not in ("all", "any"):
        raise LookupError(path)
    around = parts_of(parent)
    around[path[-1] : path[-1] + 1] = parts
    return replaced(rule, path[:-1], _with_parts(parent, around))


def _with_parts(node: Node, parts: Sequence[Node]) -> Node:
    branch = branch_of(node)
    return {**node, branch: parts[0] if branch == "not" else list(parts)}
