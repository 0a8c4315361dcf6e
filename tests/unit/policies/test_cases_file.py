"""The form of the policies' data and of the cases worked by hand; what the cases say is for the engine to meet.

`cases.csv` was written before there was an engine, from what is published of the policies and by hand; its columns in
JSON are read by the tests of the engine. `shapes.json` holds made-up policies for forms that no text read so far uses.
"""

import csv
import json
from copy import deepcopy
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "registry" / "policies" / "data" / "policies.json"
SHAPES = HERE / "shapes.json"
CASES = HERE / "cases.csv"

Row = dict[str, str]
Policies = dict[str, Any]

TRAPS = {
    "age",
    "age-by-sex",
    "base",
    "changes",
    "commitment",
    "cost",
    "dates",
    "draft",
    "evidence",
    "exclusion",
    "home",
    "instalments",
    "kleene",
    "ladder",
    "modifier",
    "no-post",
    "no-rule",
    "numbers",
    "parameter",
    "repayment",
    "scope",
    "shape",
    "stacking",
    "suspension",
    "transition",
    "version",
    "window",
    "workplace",
    "yearly-list",
}
VERDICTS = {
    "yes",
    "draft",
    "not_yet_in_force",
    "replaced",
    "expired",
    "out_of_scope",
    "before_apply_window",
    "after_apply_window",
    "keeps_old_grant",
}
IN_JSON = [
    "facts_person",
    "facts_post",
    "facts_application",
    "evidence",
    "group_states",
    "granted_groups",
    "lines",
    "total_once",
    "cost_by_year",
    "suspensions",
    "repay",
    "changes",
]
KINDS = {"fixed", "range", "up_to", "unknown", "in_kind", "negotiated"}


def read(path: Path) -> Policies:
    return json.loads(path.read_text("utf-8"))


def cases() -> list[Row]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def twice(names: list[Any]) -> list[str]:
    return [f"{name} twice" for name in {str(n) for n in names if names.count(n) > 1}]


def key_of(version: Policies) -> str:
    return f"{version['code']}@{version['version']}"


def benefits_of(version: Policies) -> list[Policies]:
    return [*chain.from_iterable(g["benefits"] for g in version["groups"]), *version["extra_benefits"]]


def targets_of(version: Policies) -> set[str]:
    """Codes of groups that modifiers and extra benefits name."""
    named: set[str] = set()
    for modifier in version["modifiers"]:
        named |= set() if modifier["applies_to"] == "all" else set(modifier["applies_to"])
    return named.union(*(extra.get("for", []) for extra in version["extra_benefits"]))


def verified_in(value: Any) -> bool:
    """Whether anything in the data calls itself verified."""
    return '"verified": true' in json.dumps(value)


def faults_of_version(version: Policies, documents: set[str], lists: set[str]) -> list[str]:
    groups = [group["code"] for group in version["groups"]]
    found = [*twice(groups), *twice([benefit["code"] for benefit in benefits_of(version)])]
    found += [f"no group {code}" for code in targets_of(version) - set(groups)]
    if version["document"] not in documents:
        found.append(f"no document {version['document']}")
    if version.get("yearly_list") and version["yearly_list"] not in lists:
        found.append(f"no list {version['yearly_list']}")
    if any(benefit["kind"] == "money" and not benefit["amount"] for benefit in benefits_of(version)):
        found.append("money without an amount")
    return [f"{key_of(version)}: {fault}" for fault in found]


def faults_of_data(data: Policies) -> list[str]:
    documents = {document["code"] for document in data["documents"]}
    lists = {one["code"] for one in data["yearly_lists"]}
    linked = chain.from_iterable([*d["amends"], *d["replaces"]] for d in data["documents"])
    found = twice([key_of(version) for version in data["policies"]])
    found += twice([document["code"] for document in data["documents"]])
    found += [f"no document {code}" for code in linked if code not in documents]
    found += ["something calls itself verified"] if verified_in(data) else []
    return found + [f for v in data["policies"] for f in faults_of_version(v, documents, lists)]


def faults_of_case(row: Row, versions: dict[str, Policies]) -> list[str]:
    name = row["policy"] if "@" in row["policy"] else f"{row['policy']}@1"
    if name not in versions:
        return [f"no policy {row['policy']}"]
    version = versions[name]
    try:
        said = {column: json.loads(row[column]) for column in IN_JSON}
        days = [date.fromisoformat(row[c]) for c in ("applied_on", "decided_on")]
        days += [date.fromisoformat(row[c]) for c in ("commitment_start", "commitment_until") if row[c]]
    except ValueError as error:
        return [str(error)]
    states = said["group_states"]
    met = {code for code, state in states.items() if state == "met"}
    lines = {line["benefit"] for line in said["lines"]}
    checks = {
        "states of other groups": set(states) == {group["code"] for group in version["groups"]},
        "a state of its own": set(states.values()) <= {"met", "not_met", "unknown"},
        "granted without being met": set(said["granted_groups"]) <= met,
        "lines of another policy": lines <= {benefit["code"] for benefit in benefits_of(version)},
        "a kind of its own": {line["kind"] for line in said["lines"]} <= KINDS,
        "changes of other groups": set(said["changes"]) <= set(states),
        "something granted though not applicable": row["applicable"] == "yes"
        or not (lines or said["granted_groups"]),
        "a verdict of its own": row["applicable"] in VERDICTS,
        "a trap of its own": set(row["trap"].split("|")) <= TRAPS,
        "no arithmetic": bool(row["arithmetic"].strip()),
        "decided before applied": days[0] <= days[1],
    }
    return [fault for fault, holds in checks.items() if not holds]


def faults_of_cases(rows: list[Row], versions: dict[str, Policies]) -> list[str]:
    named = {trap for row in rows for trap in row["trap"].split("|")}
    found = [*twice([row["case"] for row in rows]), *(f"no case of {trap}" for trap in sorted(TRAPS - named))]
    found += [f"{row['case']}: {fault}" for row in rows for fault in faults_of_case(row, versions)]
    return found + ([] if len(rows) >= 44 else [f"only {len(rows)} cases"])


def versions() -> dict[str, Policies]:
    return {key_of(version): version for path in (DATA, SHAPES) for version in read(path)["policies"]}


def test_the_policies_hold_together() -> None:
    assert faults_of_data(read(DATA)) == []
    assert faults_of_data(read(SHAPES)) == []
    assert len({version["code"] for version in read(DATA)["policies"]}) == 18


def test_the_cases_hold_together() -> None:
    assert faults_of_cases(cases(), versions()) == []
    named = {row["policy"].partition("@")[0] for row in cases()}
    assert {version["code"] for version in read(DATA)["policies"]} <= named


def test_the_check_of_the_policies_fires() -> None:
    planted = deepcopy(read(DATA))
    planted["policies"].append(deepcopy(planted["policies"][0]))
    first = planted["policies"][0]
    first["document"], first["yearly_list"] = "NONE", "NONE"
    first["groups"][1]["code"] = first["groups"][0]["code"]
    first["groups"][0]["benefits"][0]["amount"] = {}
    first["modifiers"] = [{"applies_to": ["none"]}]
    planted["documents"][0]["amends"] = ["NONE"]
    planted["parameters"][0]["values"][0]["verified"] = True
    found = faults_of_data(planted)
    for fault in (
        "@1 twice",
        "no document NONE",
        "no list",
        "chuyen-gia twice",
        "without an amount",
        "no group none",
    ):
        assert any(fault in one for one in found), fault
    assert "something calls itself verified" in found
    assert found.count("no document NONE") == 1


def test_the_check_of_the_cases_fires() -> None:
    good = next(row for row in cases() if row["granted_groups"] not in ("[]", ""))
    spoilt: dict[str, Row] = {
        "no policy": {"policy": "NONE"},
        "Expecting": {"lines": "[{"},
        "Invalid isoformat": {"decided_on": "01/03/2026"},
        "states of other groups": {"group_states": '{"none": "met"}'},
        "granted without": {"granted_groups": '["none"]'},
        "lines of another": {"lines": '[{"benefit": "none", "kind": "fixed"}]'},
        "a kind of its own": {"lines": '[{"benefit": "none", "kind": "gift"}]'},
        "changes of other": {"changes": '{"none": []}'},
        "though not applicable": {"applicable": "draft"},
        "a verdict": {"applicable": "perhaps"},
        "a trap": {"trap": "none"},
        "no arithmetic": {"arithmetic": " "},
        "decided before": {"applied_on": "2090-01-01"},
    }
    for fault, change in spoilt.items():
        assert any(fault in one for one in faults_of_case(good | change, versions())), fault
    few = faults_of_cases([good, good], versions())
    assert {f"{good['case']} twice", "only 2 cases", "no case of window"} <= set(few)
