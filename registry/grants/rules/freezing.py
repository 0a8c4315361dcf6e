"""What a decision freezes: the facts as they were asked, what the engine said, the lines of the groups chosen. Pure.

The same input always gives the same text, so that its fingerprint proves that nothing was changed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from registry.offers.rules.questions import question_of
from registry.policies.rules import (
    AllOf,
    Answer,
    Asked,
    Facts,
    Line,
    Ready,
    Repayment,
    Version,
    Words,
    answer,
    answer_data,
    prepare,
)
from registry.policies.rules.reading_benefits import read_repayment
from registry.policies.rules.refusals import Place

Rows = Mapping[str, Any]


def canonical(data: Any) -> str:
    """The one text of plain data: keys in order, no blanks."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def inputs_of(rows: Rows) -> tuple[Facts, Asked]:
    """Facts and circumstances from the rows a decision froze. Raises PolicyRefused for rows nobody can read."""
    question = question_of(rows)
    return question.facts, question.asked


def as_chosen(version: Version, groups: Sequence[str]) -> Version:
    """The version as it reads for whom a person decides to give these groups, whatever the conditions say."""
    kept = tuple(
        replace(one, rule=AllOf(()), min_remaining_years=None) for one in version.groups if one.code in groups
    )
    return replace(version, groups=kept, common=None, exclusions=(), yearly_list=None)


def offered(ready: Ready, groups: Sequence[str], facts: Facts, asked: Asked) -> Answer:
    """What these groups of the version give: the engine's own lines, with amounts, modifiers and commitment.

    Of groups that exclude one another only those that stacking keeps give lines.
    """
    return answer(prepare(as_chosen(ready.version, groups), ready.law, ready.words), facts, asked)


def frozen_data(rows: Rows, said: Answer, given: Answer, version: Rows, words: Words) -> dict[str, Any]:
    """All that a decision keeps, as plain data: `said` is the engine's answer, `given` that of the groups chosen."""
    return {
        "asked": dict(rows),
        "answer": answer_data(said, words),
        "lines": [line_row(one) for one in given.lines],
        "groups": [{"code": one.code, "title": one.title, "clause": one.clause} for one in given.groups],
        "given": answer_data(given, words),
        "repayment": version.get("repayment"),
        "version": {key: version.get(key) for key in ("code", "version", "document", "title")},
        "version_sha256": fingerprint(canonical(version)),
    }


def line_row(line: Line) -> dict[str, Any]:
    """One line with everything a grant needs of it."""
    return {
        "benefit": line.benefit,
        "group": line.group,
        "text": line.text,
        "clause": line.clause,
        "kind": line.kind.value,
        "period": line.period.value,
        "months": line.months,
        "low": line.low,
        "high": line.high,
        "total": line.total,
        "formula": line.formula,
        "needs": list(line.needs),
        "years": line.years_of_instalments,
        "verified": line.verified,
    }


def repayment_of(frozen: Rows) -> Repayment:
    """How breaches are paid back under the terms that were frozen."""
    raw = frozen.get("repayment")
    return read_repayment(None if raw is None else Place(raw, "bồi hoàn"))


def is_against(said: Answer, groups: Sequence[str]) -> bool:
    """Whether a decision for these groups is another than the engine's answer: then it needs a written ground."""
    return set(groups) != set(said.granted)
