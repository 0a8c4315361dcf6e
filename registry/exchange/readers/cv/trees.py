"""XML as a tree of plain names: prefixes of namespaces go, attributes are children named with @.

Entities and document types are refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from registry.exchange.readers.cv.found import CvRefused

_DEEPEST, _MOST_NODES = 40, 60_000


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, its text, its children."""

    name: str
    text: str = ""
    children: "list[Node]" = field(default_factory=list["Node"])

    def all(self, *path: str) -> "Iterator[Node]":
        """Every node down this path of names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> "Node":
        """The first of them; an empty node when there is none."""
        return next(self.all(*path), Node(path[-1] if path else self.name))

    def said(self, *path: str) -> str:
        """The text of the first of them."""
        return self.first(*path).text

    def within(self, name: str) -> "Iterator[Node]":
        """Every node of this name at any depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.within(name)


def tree_of(content: bytes) -> Node:
    """The tree of an XML file. Raises CvRefused."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise CvRefused("unsafe") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise CvRefused("broken") from error
    return _node(root, [0], 0)


def _node(element: Element, count: list[int], depth: int) -> Node:
    count[0] += 1
    if depth > _DEEPEST or count[0] > _MOST_NODES:
        raise CvRefused("too_heavy")
    children = [_node(child, count, depth + 1) for child in element]
    attributes = [Node(f"@{_plain(name)}", value.strip()) for name, value in element.attrib.items()]
    return Node(_plain(element.tag), (element.text or "").strip(), [*attributes, *children])


def _plain(name: str) -> str:
    return name.rpartition("}")[2]


def as_mapping(node: Node) -> object:
    """The tree as JSON would have it: repeated names as lists, leaves as texts, attributes left out."""
    children = [child for child in node.children if not child.name.startswith("@")]
    if not children:
        return node.text
    found: dict[str, object] = {}
    for child in children:
        value = as_mapping(child)
        if child.name not in found:
            found[child.name] = value
            continue
        before = found[child.name]
        found[child.name] = [*before, value] if isinstance(before, list) else [before, value]
    return found


def joined(parts: Sequence[str], by: str = " · ") -> str:
    """The parts that say something."""
    return by.join(part for part in parts if part)
