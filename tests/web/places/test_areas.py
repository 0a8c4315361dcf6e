"""What kind of area a place is: entered by whoever writes policies there, read by policies and reports."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.offers.queries.sheet import answers_for
from registry.places.models import AdministrativeUnit, AreaClassification
from registry.policies import operations
from registry.policies.models import PolicyVersion
from registry.policies.queries.versions import content_of, policy_of
from registry.policies.rules.logic import State
from tests.conftest import Client
from tests.factories import needs as posts
from tests.factories import people as make
from tests.factories import training
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import AT
from tests.web.reading import text_of

KHANH_HOA, KHANH_SON, KHANH_VINH = "VN/56/", "VN/56/22714/", "VN/56/22609/"
AFTER = date(2027, 2, 1)


def unit(session: Session, name: str, path: str) -> AdministrativeUnit:
    """A unit by its name and the beginning of its path."""
    of_name = AdministrativeUnit.full_name == name, AdministrativeUnit.path.startswith(path)
    return session.scalars(select(AdministrativeUnit).where(*of_name)).one()


def classify(client: Client, code: str, of: AdministrativeUnit, *kinds: str, day: str = "01/01/2024") -> Any:
    """Send the form."""
    typed = {"unit": str(of.id), "kinds": list(kinds), "valid_from": day, "document": "Nghị quyết thử 1/NQ"}
    return post(client, f"/dia-ban/{code}/dac-diem", typed)


def priority_policy(session: Session) -> PolicyVersion:
    """A published version of Khánh Hòa: whoever comes to a place the province favours."""
    first, second = (account(session, Role.CAMPAIGN_ADMIN, "", email=f"{one}@vidu.vn").id for one in "ab")
    policy = policy_of(session, "HN-92-2026")
    assert policy is not None
    draft = operations.draft_from(session, policy.versions[-1], by=first, at=AT)
    data = content_of(draft)
    rule = {"fact": "workplace_area", "op": "has_any", "value": ["priority"]}
    group = data["groups"][0] | {"rule": rule}
    data |= {
        "effective_from": "2027-01-01",
        "scope": [{"unit": "56", "as_of": "2025-07-01"}],
        "groups": [group],
        "common": None,
    }
    operations.edit_draft(session, draft, data, document=draft.document, by=first, at=AT)
    operations.submit_version(session, draft, by=first, at=AT)
    operations.approve_version(session, draft, by=second, at=AT)
    return draft


def learnt(session: Session, path: str, day: date, code: str) -> None:
    """One participation of an office there, over on a day."""
    course = training.course(session, f"KH-{code}", path=path)
    held = training.held(session, course, code, path=path, actual_start=day, actual_end=day)
    person = make.person(session, unit_path=path)
    row = training.takes_part(session, held, person)
    row.state, row.happened_on = row.state.COMPLETED, day
    session.flush()


def test_a_favoured_district_changes_a_policy_result_and_a_report_row_still_after_the_reform_kh9(
    client: Client, session: Session
) -> None:
    version = priority_policy(session)
    learnt(session, KHANH_SON, date(2025, 3, 2), "A")
    learnt(session, KHANH_SON, date(2026, 3, 2), "B")
    learnt(session, KHANH_VINH, date(2026, 3, 2), "C")
    person, need = make.person(session), posts.need(session, unit_path=KHANH_SON)
    elsewhere = posts.need(session, unit_path=KHANH_VINH)

    def said(post: Any, on: date = AFTER) -> State:
        [found] = [one for row, one in answers_for(session, person, post, {}, on=on) if row.id == version.id]
        return found.groups[0].state

    def report() -> str:
        page = client.get("/dao-tao/bao-cao?tu=01/01/2025&den=31/12/2026")
        return text_of(page.text)

    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, KHANH_HOA))
    assert said(need) is State.UNKNOWN
    assert "Địa bàn ưu tiên của tỉnh" not in report()
    district = unit(session, "huyện Khánh Sơn", "VN-63/56/")
    assert district.valid_to == date(2025, 6, 30)
    assert "huyện Khánh Sơn" in client.get("/dia-ban/22714/dac-diem").text
    sent = classify(client, "22714", district, "priority", "mountain")
    assert sent.status_code == 303, text_of(sent.text)
    page = text_of(client.get("/dia-ban/22714").text)
    assert "Theo huyện Khánh Sơn" in page
    assert "Nghị quyết thử 1/NQ" in page
    assert (said(need), said(elsewhere)) == (State.MET, State.UNKNOWN)
    # Before the reform and after it: two participations in the favoured place, none elsewhere.
    assert "Địa bàn ưu tiên của tỉnh 2 2" in report()
    classify(client, "22714", unit(session, "xã Khánh Sơn", KHANH_SON), day="01/01/2026")
    assert said(need) is State.NOT_MET
    assert "Địa bàn ưu tiên của tỉnh 1 1" in report()


def test_what_is_wrong_says_how_to_mend_it_and_a_day_is_mended_not_doubled(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, KHANH_HOA))
    district = unit(session, "huyện Khánh Sơn", "VN-63/56/")
    late = classify(client, "22714", district, "priority", day="02/07/2025")
    assert late.status_code == 422
    assert "chọn ngày sớm hơn" in text_of(late.text)
    assert "Nghị quyết thử 1/NQ" in late.text
    assert (
        classify(client, "22714", unit(session, "thành phố Hà Nội", "VN/01/"), "priority").status_code == 422
    )
    for kinds in (["priority"], ["island"]):
        assert classify(client, "22714", district, *kinds).status_code == 303
    [row] = session.scalars(select(AreaClassification)).all()
    assert row.kinds == ["island"]


def test_another_provinces_places_are_not_said_anything_of(client: Client, session: Session) -> None:
    """The page shows what is on record to everybody of the offices; only who writes policies there may enter it."""
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert "Ghi đặc điểm" not in text_of(client.get("/dia-ban/56").text)
    assert "Ghi đặc điểm" in text_of(client.get("/dia-ban/12").text)
    assert client.get("/dia-ban/56/dac-diem").status_code == 404
    assert classify(client, "56", unit(session, "tỉnh Khánh Hòa", KHANH_HOA), "priority").status_code == 404
    assert session.scalars(select(AreaClassification)).all() == []
