"""Chains of documents and trees of objectives: both are rows with a parent. What is wrong with a place in a tree. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from registry.programmes.rules.words import NodeKind


class NodeFault(StrEnum):
    """What a place in the tree lacks."""

    NO_OWNER = "no_owner"
    NO_SOURCE = "no_source"
    NO_KEY_RESULT = "no_key_result"


_UNDER: Mapping[NodeKind, frozenset[NodeKind | None]] = {
    NodeKind.OBJECTIVE: frozenset({None, NodeKind.OBJECTIVE}),
    NodeKind.KEY_RESULT: frozenset({NodeKind.OBJECTIVE}),
    NodeKind.TASK_GROUP: frozenset({None, NodeKind.OBJECTIVE}),
    NodeKind.RESULT_GROUP: frozenset({None, NodeKind.RESULT_GROUP}),
}


def may_hang_on(kind: NodeKind, parent: NodeKind | None) -> bool:
    """Whether a place of a kind may hang on another (None: at the top). A key result hangs on an objective."""
    return parent in _UNDER[kind]


Parents = Mapping[int, int | None]
"""{row: the row it hangs on}, in the order in which rows of one parent stand."""


def laid_out(parents: Parents) -> list[tuple[int, int]]:
    """(row, depth), each under its own. One whose parent is not there stands at the top; so does one in a circle."""
    children: dict[int | None, list[int]] = {}
    for row, above_it in parents.items():
        children.setdefault(above_it if above_it in parents else None, []).append(row)
    depths: dict[int, int] = {}

    def place(row: int, depth: int) -> None:
        if row in depths:
            return
        depths[row] = depth
        for child in children.get(row, ()):
            place(child, depth + 1)

    for row in [*children.get(None, ()), *parents]:
        place(row, 0)
    return list(depths.items())


def above(row: int, parents: Parents) -> list[int]:
    """What a row comes from, the nearest first."""
    found: list[int] = []
    step = parents.get(row)
    while step is not None and step in parents and step not in found and step != row:
        found.append(step)
        step = parents[step]
    return found


def below(row: int, parents: Parents) -> list[int]:
    """What comes from a row, the nearest first."""
    found: list[int] = []
    front = {row}
    while front:
        nearest = [one for one, above_it in parents.items() if above_it in front]
        found += (new := [one for one in nearest if one not in found and one != row])
        front = set(new)
    return found


def node_faults(kind: NodeKind, *, has_owner: bool, has_source: bool, key_results: int) -> list[NodeFault]:
    """What a place in the tree lacks: a key result its owner or its source, an objective any key result."""
    if kind is NodeKind.KEY_RESULT:
        lacking = ((has_owner, NodeFault.NO_OWNER), (has_source, NodeFault.NO_SOURCE))
        return [fault for there, fault in lacking if not there]
    return [NodeFault.NO_KEY_RESULT] if kind is NodeKind.OBJECTIVE and not key_results else []
