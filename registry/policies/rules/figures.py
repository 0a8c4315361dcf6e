"""The figures of a version, each with a name and a fingerprint: what an officer compares with the text one by one. Pure.

A fingerprint leaves out who verified what, so that it changes with the content alone.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

Data = dict[str, Any]
REVIEWED_AFTER_YEARS = 1
DATES = "dates"
"""The figure of a document, of a value, of a list of a year; and the days and places of a version."""
_DATE_KEYS = ("effective_from", "effective_to", "apply_from", "apply_to", "scope")


class FigureKind(StrEnum):
    """What a figure is about."""

    DATES = "dates"
    RULE = "rule"
    BENEFIT = "benefit"
    COMMITMENT = "commitment"
    REMAINING = "remaining"
    EXCLUSION = "exclusion"
    MODIFIER = "modifier"
    REPAYMENT = "repayment"
    STACKING = "stacking"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a version: its name, what it is about, the group it stands in ("" for all), what it says."""

    key: str
    kind: FigureKind
    group: str
    content: Any

    @property
    def sha256(self) -> str:
        """The fingerprint of what it says."""
        return fingerprint(self.content)


def fingerprint(content: Any) -> str:
    """The SHA-256 of a piece of data, whatever the order of its keys and whoever verified it."""
    text = json.dumps(
        _without_verdicts(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return hashlib.sha256(text.encode()).hexdigest()


def figures_of(data: Mapping[str, Any]) -> list[Figure]:
    """Every figure of a version in its data form: days and places first, then group by group, then what holds for all."""
    return [
        Figure(DATES, FigureKind.DATES, "", {key: data.get(key) for key in _DATE_KEYS}),
        *(figure for group in _rows(data, "groups") for figure in _of_group(group)),
        *_of_all(data),
    ]


def with_verdicts(data: Mapping[str, Any], verified: Collection[str]) -> Data:
    """The same data with `verified` said of each figure by its name, and of the version when all of them are."""
    marked: Data = dict(data)
    marked["groups"] = [_marked_group(group, verified) for group in _rows(data, "groups")]
    marked["extra_benefits"] = [
        {**one, "verified": f"extra/{one['code']}" in verified} for one in _rows(data, "extra_benefits")
    ]
    for name in ("modifiers", "exclusions"):
        marked[name] = [
            {**one, "verified": f"{name}/{number}" in verified}
            for number, one in enumerate(_rows(data, name), 1)
        ]
    if data.get("repayment"):
        marked["repayment"] = {**data["repayment"], "verified": "repayment" in verified}
    marked["verified"] = all(figure.key in verified for figure in figures_of(data))
    return marked


def _marked_group(group: Data, verified: Collection[str]) -> Data:
    name = f"groups/{group['code']}"
    marked = {
        **group,
        "benefits": [
            {**one, "verified": f"{name}/benefits/{one['code']}" in verified}
            for one in _rows(group, "benefits")
        ],
    }
    if group.get("commitment"):
        marked["commitment"] = {**group["commitment"], "verified": f"{name}/commitment" in verified}
    return marked


def _of_group(group: Data) -> Iterator[Figure]:
    code = str(group["code"])
    name = f"groups/{code}"
    if group.get("rule"):
        yield Figure(f"{name}/rule", FigureKind.RULE, code, group["rule"])
    for one in _rows(group, "benefits"):
        yield Figure(f"{name}/benefits/{one['code']}", FigureKind.BENEFIT, code, one)
    if group.get("commitment"):
        yield Figure(f"{name}/commitment", FigureKind.COMMITMENT, code, group["commitment"])
    if group.get("min_remaining_years"):
        yield Figure(f"{name}/remaining", FigureKind.REMAINING, code, group["min_remaining_years"])


def _of_all(data: Mapping[str, Any]) -> Iterator[Figure]:
    if data.get("common"):
        yield Figure("common", FigureKind.RULE, "", data["common"])
    for number, one in enumerate(_rows(data, "exclusions"), 1):
        yield Figure(f"exclusions/{number}", FigureKind.EXCLUSION, "", one)
    for one in _rows(data, "extra_benefits"):
        yield Figure(f"extra/{one['code']}", FigureKind.BENEFIT, "", one)
    for number, one in enumerate(_rows(data, "modifiers"), 1):
        yield Figure(f"modifiers/{number}", FigureKind.MODIFIER, "", one)
    if data.get("repayment"):
        yield Figure("repayment", FigureKind.REPAYMENT, "", data["repayment"])
    stacking = {"stacking": data.get("stacking"), "ladders": data.get("ladders")}
    yield Figure("stacking", FigureKind.STACKING, "", stacking)


def _rows(data: Mapping[str, Any], key: str) -> Sequence[Data]:
    return cast("Sequence[Data]", data.get(key) or ())


def _without_verdicts(content: Any) -> Any:
    if isinstance(content, dict):
        known = cast("Data", content)
        return {key: _without_verdicts(value) for key, value in known.items() if key != "verified"}
    if isinstance(content, list | tuple):
        rows = cast("Sequence[Any]", content)
        return [_without_verdicts(one) for one in rows]
    return content


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the data of a policy")
