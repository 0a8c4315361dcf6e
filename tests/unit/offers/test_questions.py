"""What versions ask for, and how an application is joined to what is on record. Pure."""

import json
from datetime import date
from importlib.resources import files

from registry.offers.rules.asking import asking
from registry.offers.rules.questions import joined, question_of
from registry.policies.rules import Source, read_law
from registry.policies.rules.answers import EvidenceState

DAY = date(2026, 11, 27)
LAW = read_law(json.loads((files("registry.policies") / "data" / "policies.json").read_text("utf-8")))


def test_a_version_asks_for_the_facts_of_its_conditions_and_amounts_and_no_others() -> None:
    asked = asking([LAW.versions["LS-23-2024@1"]])
    names = [one.name for one in asked.facts]
    assert {"degree_rank", "age_on", "workplace_kind", "training:kind", "application_purpose"} <= set(names)
    assert "agreed_salary" not in names
    assert [one.name for one in asking([LAW.versions["ND249-2025@1"]]).of_source(Source.APPLICATION)] == [
        "agreed_salary"
    ]
    assert asking([LAW.versions["LD-BT-2023@1"]]).may_choose_instalments
    moved = next(
        one for one in asking([LAW.versions["VL-2025-HOTRO@1"]]).facts if one.name == "current_employer_unit"
    )
    assert moved.codes == ("83@2025-06-30", "84@2025-06-30")
    assert {one.benefit for one in asking([LAW.versions["DN-15-2025@1"]]).levels} == {
        "thu-nhap",
        "van-hoa-thang",
    }


def test_what_the_application_says_goes_before_the_record_and_is_declared_alone() -> None:
    rows = joined(
        {"degree_rank": ["DH"], "years_experience": {"any": 4}},
        {
            "degree_rank": {"state": "verified", "expiry": None},
            "language_level:en": {"state": "attached", "expiry": None},
        },
        {"units": ["12@2025-07-01"]},
        {"degree_rank": ["TS"], "years_experience": {"continuous": 3}, "starts_on": "2027-01-01"},
        DAY,
    )
    assert json.loads(json.dumps(rows)) == rows
    found = question_of(rows)
    assert found.facts.values["degree_rank"] == frozenset({"TS"})
    assert found.facts.values["years_experience"] == {"any": 4, "continuous": 3}
    assert "degree_rank" not in found.facts.evidence
    assert found.facts.evidence["language_level:en"].state is EvidenceState.ATTACHED
    assert (found.asked.applied_on, found.asked.starts_on) == (DAY, date(2027, 1, 1))
