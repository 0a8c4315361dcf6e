"""A stored condition turned into one about another fact: what still fits is carried over, what does not is named. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.policies.rules.facts import MANY, Fact, FactKind

Row = Mapping[str, Any]
_NUMBERS = frozenset({FactKind.NUMBER, FactKind.RANKING})


class Dropped(StrEnum):
    """What of a condition did not fit the other fact."""

    ARGUMENT = "of"
    OPERATOR = "op"
    VALUE = "value"
    WORDS = "text"


@dataclass(frozen=True, slots=True)
class Carried:
    """The parts that fit, in the data form and perhaps without comparison or value, and what was dropped."""

    row: Row
    dropped: tuple[Dropped, ...]


def carried(row: Row, old: Fact, new: Fact) -> Carried:
    """The condition as far as it can ask about the new fact.

    Clause, paper and day stay: they say where and how the text asks. Its words do not: they speak of the old fact. A
    number stays where it counts the same unit, codes where the new fact knows every one of them.
    """
    # Of «training:kind» the part is the fact itself and no argument of it.
    said = {name: one for name, one in row.items() if name != Dropped.ARGUMENT.value or ":" not in old.key}
    fits = {
        Dropped.ARGUMENT: _argument_fits(row, new),
        Dropped.OPERATOR: row.get("op") in new.operators,
        Dropped.VALUE: _value_fits(row, old, new),
        Dropped.WORDS: False,
    }
    dropped = tuple(one for one in Dropped if said.get(one.value) not in (None, "") and not fits[one])
    kept = {name: one for name, one in said.items() if name not in {lost.value for lost in dropped}}
    return Carried({**kept, "fact": new.key}, dropped)


def _argument_fits(row: Row, new: Fact) -> bool:
    return ":" not in new.key and (str(row.get("of")) in new.arguments or new.any_argument)


def _value_fits(row: Row, old: Fact, new: Fact) -> bool:
    value: Any = row.get("value")
    if old.kind in _NUMBERS or new.kind in _NUMBERS:
        same = old.kind is new.kind and old.unit == new.unit
        return same and isinstance(value, int) and new.lowest <= value <= new.highest
    if FactKind.YES_NO in (old.kind, new.kind) or FactKind.UNIT in (old.kind, new.kind):
        return old.kind is new.kind
    codes: list[Any] = list(value) if type(value) in (list, tuple) else [value]
    is_many = row.get("op") in MANY or len(codes) == 1
    return is_many and all(one in new.values for one in codes)
