"""One file of any kind to its items; runs in the child process, and in tests."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from registry.exchange.readers.cv.europass import europass_items, is_europass
from registry.exchange.readers.cv.found import CvRefused, Item
from registry.exchange.readers.cv.json_resume import is_json_resume, json_resume_items
from registry.exchange.readers.cv.kinds import DOCX, JSON, PDF, check_inside
from registry.exchange.readers.cv.orcid import is_orcid, orcid_items
from registry.exchange.readers.cv.pdf import pdf_lines
from registry.exchange.readers.cv.plain import mapping
from registry.exchange.readers.cv.prose import bounded, items_of
from registry.exchange.readers.cv.trees import as_mapping, tree_of
from registry.exchange.readers.cv.word import word_lines


def read_items(content: bytes, kind: str) -> list[Item]:
    """The items of a file. Raises CvRefused."""
    check_inside(content, kind)
    found = _items(content, kind)
    if not found:
        raise CvRefused("nothing_found")
    return found


def _items(content: bytes, kind: str) -> list[Item]:
    if kind == PDF:
        return items_of(pdf_lines(content))
    if kind == DOCX:
        return items_of(word_lines(content))
    return bounded(list(_of_json(_parsed(content)) if kind == JSON else _of_xml(content)))


def _of_json(document: Mapping[str, Any]) -> Sequence[Item]:
    if is_orcid(document):
        return list(orcid_items(document))
    if is_json_resume(document):
        return list(json_resume_items(document))
    raise CvRefused("nothing_found")


def _of_xml(content: bytes) -> Sequence[Item]:
    root = tree_of(content)
    if is_europass(root):
        return list(europass_items(root))
    if root.name == "record":
        return list(orcid_items(mapping(as_mapping(root))))
    raise CvRefused("nothing_found")


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        return mapping(json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:  # ten thousand brackets are no record either
        raise CvRefused("broken") from error
