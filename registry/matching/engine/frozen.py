"""Inputs of a match as plain JSON values and back, so that a kept run can be scored again years later. Pure.

Only public ids, codes, ranks and dates pass: the dataclasses have no field for anything else. Sets are sorted,
so equal inputs have equal bytes.
"""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from registry.matching.engine.facts import NeedSpec, PersonFacts

_KIND = "kind"


def as_plain(value: Any) -> Any:
    """A frozen input as JSON values; a dataclass says its kind, so that conditions can be told apart."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
        return {_KIND: type(value).__name__, **plain}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(as_plain(one) for one in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def canonical(person: PersonFacts) -> PersonFacts:
    """The same facts in an order that does not depend on how they were read."""
    lists = ("skills", "experience", "education", "languages")
    ordered = {name: tuple(sorted(getattr(person, name), key=_bytes)) for name in lists}
    return replace(person, **ordered)


def _bytes(value: Any) -> str:
    return json.dumps(as_plain(value), sort_keys=True)


def need_from_plain(plain: Any) -> NeedSpec:
    """The need of a kept run."""
    return _from_plain(NeedSpec, plain)


def person_from_plain(plain: Any) -> PersonFacts:
    """The facts of one kept row."""
    return _from_plain(PersonFacts, plain)


def _from_plain(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        return _from_plain(_chosen(get_args(kind), plain), plain)
    if get_origin(kind) is frozenset:
        return frozenset(plain)
    if get_origin(kind) is tuple:
        return tuple(_from_plain(get_args(kind)[0], one) for one in plain)
    if kind is date:
        return date.fromisoformat(plain)
    return _dataclass_from_plain(kind, plain) if is_dataclass(kind) else plain


def _dataclass_from_plain(kind: Any, plain: Any) -> Any:
    hints = get_type_hints(kind)
    return kind(**{name: _from_plain(hint, plain[name]) for name, hint in hints.items()})


def _chosen(kinds: tuple[Any, ...], plain: Any) -> Any:
    """Which of several kinds a value is: the dataclass it names, else the one that is not None."""
    given = [kind for kind in kinds if kind is not type(None)]
    if isinstance(plain, dict):
        return next(kind for kind in given if kind.__name__ == plain[_KIND])
    return given[0]
