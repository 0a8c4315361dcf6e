"""Every case worked by hand (`cases.csv`) comes out of the engine to the đồng; the cases were written first."""

import csv
import json
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from registry.policies.rules import (
    Answer,
    Commitment,
    Extension,
    Law,
    Ready,
    Suspension,
    YearlyList,
    answer,
    costs_data,
    end,
    line_data,
    prepare,
    read_asked,
    read_facts,
    read_law,
    repayable,
    smallest_changes,
    sum_data,
)

HERE = Path(__file__).parent
CASES = list(csv.DictReader(StringIO((HERE / "cases.csv").read_text("utf-8"))))


@cache
def law(of: str = "MAU") -> Law:
    """What was read of real texts; for the made-up policies (`MAU-…`) the made-up texts and wages beside it."""
    real = json.loads((files("registry.policies") / "data" / "policies.json").read_text("utf-8"))
    made_up = json.loads((HERE / "shapes.json").read_text("utf-8"))
    return read_law(real, made_up) if of == "MAU" else read_law(real)


def version_key(policy: str) -> str:
    return policy if "@" in policy else f"{policy}@1"


@cache
def ready(policy: str) -> Ready:
    known = law(policy.partition("-")[0] if policy.startswith("MAU-") else "real")
    return prepare(known.versions[version_key(policy)], known)


def day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def lists_of(rows: dict[str, dict[str, list[str]]]) -> dict[str, YearlyList]:
    return {
        code: YearlyList(code, code, {int(year): frozenset(codes) for year, codes in years.items()})
        for code, years in rows.items()
    }


def answered(case: dict[str, str]) -> Answer:
    application = json.loads(case["facts_application"])
    facts = read_facts(
        json.loads(case["facts_person"]),
        json.loads(case["facts_post"]),
        application,
        json.loads(case["evidence"]),
    )
    asked = read_asked(
        application,
        date.fromisoformat(case["applied_on"]),
        date.fromisoformat(case["decided_on"]),
        day(case["commitment_start"]),
    )
    one = ready(case["policy"])
    if "yearly_lists" in application:
        one = replace(one, law=replace(one.law, yearly_lists=lists_of(application["yearly_lists"])))
    return answer(one, facts, asked)


def events_of(case: dict[str, str]) -> tuple[Suspension | Extension, ...]:
    return tuple(
        Extension(date.fromisoformat(row["on"]), date.fromisoformat(row["until"]))
        if row["kind"] == "extension"
        else Suspension(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        for row in json.loads(case["suspensions"])
    )


def found(case: dict[str, str]) -> dict[str, Any]:
    """What the engine says, in the columns of the cases."""
    one = answered(case)
    wanted = json.loads(case["changes"])
    until = one.commitment_until
    commitment = None
    if one.commitment_from and until:
        commitment = Commitment(one.commitment_from, until, events_of(case))
        until = end(commitment)
    repayment = law().versions[version_key(case["policy"])].repayment
    repaid = [
        repayable(repayment, row["paid"], commitment, date.fromisoformat(row["on"]), row["waived"])
        for row in json.loads(case["repay"])
    ]
    return {
        "applicable": one.applicable.value,
        "group_states": {group.code: group.state.value for group in one.groups},
        "granted_groups": list(one.granted),
        "lines": [line_data(line) for line in one.lines],
        "total_once": sum_data(one.total_once),
        "cost_by_year": costs_data(one.costs),
        "commitment_until": until.isoformat() if until else "",
        "repay": [(row.kind.value, row.vnd) for row in repaid],
        "changes": {
            group.code: [[change.leaf.name for change in some] for some in smallest_changes(group)]
            for group in one.groups
            if group.code in wanted
        },
    }


def expected(case: dict[str, str]) -> dict[str, Any]:
    columns = ("group_states", "granted_groups", "lines", "total_once", "cost_by_year", "changes")
    return {
        "applicable": case["applicable"],
        **{column: json.loads(case[column]) for column in columns},
        "commitment_until": case["commitment_until"],
        "repay": [(row["kind"], row["amount"]) for row in json.loads(case["repay"])],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_engine_agrees_with_the_hand(case: dict[str, str]) -> None:
    assert found(case) == expected(case)


def test_there_are_enough_cases_and_each_shows_its_arithmetic() -> None:
    assert len(CASES) >= 40
    assert all(case["arithmetic"] for case in CASES)
    assert {version_key(case["policy"]) for case in CASES} == set(law().versions)


def test_a_wrong_case_would_be_seen() -> None:
    case = dict(next(case for case in CASES if case["case"] == "hn-ts-2026-03"))
    case["total_once"] = "1170000001"
    assert found(case) != expected(case)
