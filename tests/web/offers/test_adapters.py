"""What the engine is asked about a person and a post on record, and what all policies answer."""

from sqlalchemy.orm import Session

from registry.needs.queries.post_facts import post_facts_of, units_around
from registry.offers.queries.asked import asked_rows
from registry.offers.queries.sheet import answers_for
from registry.people.rules import EducationDraft
from registry.places.queries import unit_by_path
from registry.policies.rules import Applicability
from tests.factories import needs as posts
from tests.factories import people as make
from tests.factories.places import gazetteer
from tests.web.policies.test_person_facts import DAY


def test_a_post_lies_in_its_unit_all_above_it_and_what_these_came_from(session: Session) -> None:
    here = posts.need(session, unit_path="VN/86/")
    nowhere = posts.need(session, unit_path="", is_remote=True)
    found = post_facts_of(session, [here, nowhere], on=DAY)
    assert {"86@2025-07-01", "83@2025-06-30", "84@2025-06-30", "86@2025-06-30"} == set(
        found[here.id]["units"]
    )
    assert found[nowhere.id] == {}


def test_a_commune_lay_in_its_own_old_province_alone() -> None:
    places = gazetteer()
    ba_tri = next(one for one in places.sharing_key("batri") if one.is_current)
    units = units_around(places, ba_tri)
    assert {"86@2025-07-01", "83@2025-06-30"} <= set(units)
    assert not {"84@2025-06-30", "86@2025-06-30"} & set(units)


def test_all_published_versions_answer_for_a_person_and_a_post(session: Session) -> None:
    person = make.person(session, education=(EducationDraft(6, "TS", "748"),))
    need = posts.need(session, unit_path="VN/31/")
    assert unit_by_path(session, "VN/31/") is not None
    rows = asked_rows(session, person, need, {"agreed_salary": 40_000_000}, on=DAY)
    assert rows["person"]["degree_rank"] == ["TS"]
    assert "31@2025-07-01" in rows["post"]["units"]
    found = {answer.version: answer for _row, answer in answers_for(session, person, need, {}, on=DAY)}
    assert found["HP-53-2025@1"].applicable is Applicability.YES
    assert found["HN-92-2026@1"].applicable is Applicability.OUT_OF_SCOPE
