"""Steps of composing a version in its data form: groups, benefits, rows of lists, and where rules stand in it. Pure.

Nothing is changed in place. What names something that is not there raises LookupError.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from registry.text import fold

Row = Mapping[str, Any]
Data = dict[str, Any]
LONGEST_OWN_CODE = 40
FIRST_LADDER: Sequence[Sequence[str]] = (("DH",), ("THS",), ("TS",))
"""The ladder a policy begins with: nothing is held equal until somebody says so."""


class Part(StrEnum):
    """The rows of a version that stand in lists; the values are words of addresses."""

    GROUP = "nhom"
    BENEFIT = "khoan"
    EXCLUSION = "loai-tru"
    MODIFIER = "he-so"


class RuleOf(StrEnum):
    """What a rule belongs to."""

    GROUP = "nhom"
    COMMON = "chung"
    EXCLUSION = "loai-tru"
    MODIFIER = "he-so"
    BENEFIT = "khoan"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a rule stands: «nhom:ts», «chung:», «loai-tru:1», «khoan:ts-nha-o»."""

    of: RuleOf
    name: str = ""

    def __str__(self) -> str:
        return f"{self.of.value}:{self.name}"

    @classmethod
    def read(cls, text: str) -> "Seat":
        """From its text. Raises LookupError."""
        of, _colon, name = text.partition(":")
        if of not in {one.value for one in RuleOf}:
            raise LookupError(text[:40])
        return cls(RuleOf(of), name)


def blank_version(code: str, facts: Row, group: Row) -> Data:
    """The data of a first version: what was said of it, and one group."""
    return {
        **facts,
        "code": code,
        "version": 1,
        "ladders": {"degree": [list(step) for step in FIRST_LADDER]},
        "exclusions": [],
        "groups": [{**group, "rank": 1, "benefits": []}],
        "extra_benefits": [],
        "modifiers": [],
        "notes": [],
    }


def new_code(title: str, taken: Sequence[str]) -> str:
    """A code for something with this title that nothing else has."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:LONGEST_OWN_CODE].strip("-") or "muc"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


# Groups


def groups_of(data: Row) -> list[Row]:
    """The groups, the highest first."""
    return sorted(data["groups"], key=lambda one: one["rank"])


def group_of(data: Row, code: str) -> Row:
    """The group with a code."""
    return _found(data["groups"], code)


def with_group(data: Row, code: str, row: Row) -> Data:
    """A group replaced, or added as the last one when no group has the code."""
    groups = list(data["groups"])
    if code in _codes(groups):
        return {**data, "groups": [row if one["code"] == code else one for one in groups]}
    rank = max((one["rank"] for one in groups), default=0) + 1
    return {**data, "groups": [*groups, {**row, "code": code, "rank": rank}]}


def without_group(data: Row, code: str) -> Data:
    """The version without a group, and without its name where benefits and modifiers name groups beside it."""
    group_of(data, code)
    kept = [one for one in data["groups"] if one["code"] != code]
    extra = [_without_name(one, "for", code) for one in data.get("extra_benefits") or ()]
    modifiers = [_without_name(one, "applies_to", code) for one in data.get("modifiers") or ()]
    return {**data, "groups": kept, "extra_benefits": extra, "modifiers": modifiers}


def _without_name(row: Row, key: str, code: str) -> Row:
    named: Any = row.get(key)
    if type(named) is not list or named == [code]:
        return row
    return {**row, key: [one for one in cast("list[str]", named) if one != code]}


def group_moved(data: Row, code: str, by: int) -> Data:
    """A group one rank higher (-1) or lower (1); at an end it stays."""
    ordered = groups_of(data)
    here = _codes(ordered).index(code) if code in _codes(ordered) else -1
    there = here + by
    if here < 0:
        raise LookupError(code)
    if not 0 <= there < len(ordered):
        return dict(data)
    ranks = {code: ordered[there]["rank"], ordered[there]["code"]: ordered[here]["rank"]}
    return {
        **data,
        "groups": [{**one, "rank": ranks.get(one["code"], one["rank"])} for one in data["groups"]],
    }


# Benefits: of a group, or extra ones


def benefits_of(data: Row) -> list[Row]:
    """Every benefit of the version."""
    own = [one for group in data["groups"] for one in group.get("benefits") or ()]
    return [*own, *(data.get("extra_benefits") or ())]


def benefit_of(data: Row, code: str) -> Row:
    """The benefit with a code."""
    return _found(benefits_of(data), code)


def group_of_benefit(data: Row, code: str) -> str:
    """The code of the group a benefit stands in; "" for an extra one."""
    for group in data["groups"]:
        if code in _codes(group.get("benefits") or ()):
            return str(group["code"])
    benefit_of(data, code)
    return ""


def benefits_changed(data: Row, group: str, change: Callable[[list[Row]], list[Row]]) -> Data:
    """The benefits of a group, or the extra ones for "", put through `change`."""
    if not group:
        return {**data, "extra_benefits": change(list(data.get("extra_benefits") or ()))}
    row = group_of(data, group)
    return with_group(data, group, {**row, "benefits": change(list(row.get("benefits") or ()))})


def with_benefit(data: Row, group: str, code: str, row: Row) -> Data:
    """A benefit replaced in its group, or added at the end."""

    def change(rows: list[Row]) -> list[Row]:
        if code in _codes(rows):
            return [row if one["code"] == code else one for one in rows]
        return [*rows, {**row, "code": code}]

    return benefits_changed(data, group, change)


# Rows of lists by number: exclusions, modifiers

LISTS: Mapping[Part, str] = {Part.EXCLUSION: "exclusions", Part.MODIFIER: "modifiers"}


def row_of(data: Row, part: Part, name: str) -> Row:
    """An exclusion or a modifier by its number, counted from 1."""
    return (data.get(LISTS[part]) or ())[_number(data, part, name)]


def with_row(data: Row, part: Part, name: str, row: Row) -> Data:
    """An exclusion or a modifier replaced, or added at the end for no number."""
    rows: list[Row] = list(data.get(LISTS[part]) or ())
    if not name:
        return {**data, LISTS[part]: [*rows, row]}
    rows[_number(data, part, name)] = row
    return {**data, LISTS[part]: rows}


def _number(data: Row, part: Part, name: str) -> int:
    count = len(data.get(LISTS[part]) or ())
    if not (name.isascii() and name.isdecimal() and len(name) < 4 and 1 <= int(name) <= count):
        raise LookupError(name[:40])
    return int(name) - 1


def part_removed(data: Row, part: Part, name: str) -> Data:
    """The version without a group, a benefit, an exclusion or a modifier."""
    if part is Part.GROUP:
        return without_group(data, name)
    if part is Part.BENEFIT:
        group = group_of_benefit(data, name)
        return benefits_changed(data, group, lambda rows: [one for one in rows if one["code"] != name])
    number = _number(data, part, name)
    rows = list(data[LISTS[part]])
    del rows[number]
    return {**data, LISTS[part]: rows}


def part_moved(data: Row, part: Part, name: str, by: int) -> Data:
    """A group, a benefit, an exclusion or a modifier one place up (-1) or down (1)."""
    if part is Part.GROUP:
        return group_moved(data, name, by)
    if part is Part.BENEFIT:
        group = group_of_benefit(data, name)
        return benefits_changed(data, group, lambda rows: _swapped(rows, _codes(rows).index(name), by))
    number = _number(data, part, name)
    return {**data, LISTS[part]: _swapped(list(data[LISTS[part]]), number, by)}


def part_of(data: Row, part: Part, name: str) -> Row:
    """The row itself."""
    if part is Part.GROUP:
        return group_of(data, name)
    return benefit_of(data, name) if part is Part.BENEFIT else row_of(data, part, name)


# Rules


def rule_at(data: Row, seat: Seat) -> Row | None:
    """The rule that stands somewhere, if there is one."""
    if seat.of is RuleOf.COMMON:
        return data.get("common")
    return part_of(data, Part(seat.of.value), seat.name).get("rule")


def with_rule(data: Row, seat: Seat, rule: Row | None) -> Data:
    """The version with another rule somewhere."""
    if seat.of is RuleOf.COMMON:
        return _with_key(data, "common", rule)
    part = Part(seat.of.value)
    row = _with_key(part_of(data, part, seat.name), "rule", rule)
    if part is Part.GROUP:
        return with_group(data, seat.name, row)
    if part is Part.BENEFIT:
        return with_benefit(data, group_of_benefit(data, seat.name), seat.name, row)
    return with_row(data, part, seat.name, row)


def _with_key(row: Row, key: str, value: Any) -> Data:
    """The row with a value under a key; nothing takes the key away, a value that is there keeps its place."""
    if value is None:
        return {name: kept for name, kept in row.items() if name != key}
    return {**row, key: value}


def _codes(rows: Sequence[Row]) -> list[str]:
    return [str(one["code"]) for one in rows]


def _found(rows: Sequence[Row], code: str) -> Row:
    found = next((one for one in rows if one["code"] == code), None)
    if found is None:
        raise LookupError(code[:40])
    return found


def _swapped(rows: list[Row], number: int, by: int) -> list[Row]:
    if 0 <= number + by < len(rows):
        rows[number], rows[number + by] = rows[number + by], rows[number]
    return rows
