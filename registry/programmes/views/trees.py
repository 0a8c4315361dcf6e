"""The tree of a programme as its page draws it: places in order, what hangs on them, what they lack."""

from typing import Any

from sqlalchemy.orm import Session

from registry.programmes.forms.words import NODE, NODE_FAULT
from registry.programmes.models import Programme, ProgrammeNode
from registry.programmes.queries.programmes import nodes
from registry.programmes.rules.trees import laid_out, node_faults
from registry.programmes.rules.words import NodeKind
from registry.programmes.views.blueprint import hung_lines

_TAG = {NodeKind.OBJECTIVE: "info"}


def tree_of(session: Session, programme: Programme) -> list[dict[str, Any]]:
    """One entry a place: its depth, words, the lines of other rooms, and in words what it lacks."""
    found = {one.id: one for one in nodes(session, programme)}
    hung = hung_lines(session, programme)
    key_results: dict[int, int] = {}
    for one in found.values():
        if one.kind is NodeKind.KEY_RESULT and one.parent_id is not None:
            key_results[one.parent_id] = key_results.get(one.parent_id, 0) + 1
    return [
        {
            "node": found[row],
            "depth": depth,
            "kind": NODE[found[row].kind],
            "tag": _TAG.get(found[row].kind, ""),
            "lines": hung.get(row, ()),
            "faults": _faults(found[row], key_results.get(row, 0)),
        }
        for row, depth in laid_out({one.id: one.parent_id for one in found.values()})
    ]


def _faults(node: ProgrammeNode, key_results: int) -> list[Any]:
    return [
        NODE_FAULT[fault]
        for fault in node_faults(
            node.kind,
            has_owner=node.owner_id is not None,
            has_source=bool(node.source),
            key_results=key_results,
        )
    ]
