"""The ranking's cards and the offer sheet as an officer meets them: states, amounts, nothing told that may not be read."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry.app.demonstration.policies import add_policies
from registry.audit.models import AuditEvent
from registry.consents.models import Consent
from registry.consents.rules import PurposeCode
from registry.db.keys import keyring_of
from registry.matching.views import ranking
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import Altered, sealing_place, sheet_content_of
from registry.offers.rules.sheets import canonical
from registry.people.models import Person
from registry.people.rules import PartialDate, SelfDraft, Sex
from registry.places.models import AdministrativeUnit
from tests.conftest import Client
from tests.factories import people as make_people
from tests.factories.accounts import account, post
from tests.factories.candidates import candidate, studied
from tests.factories.needs import AT
from tests.factories.offers import sheet
from tests.factories.pages import opened, parsed, words_of
from tests.factories.ranked_needs import Story
from tests.web.papers.test_cv import words_of as words_in_pdf

KEY = "LC-MINH-HOA@1"
DAY = {"decided_on": ["15", "12", "2026"], "starts_on": ["1", "2", "2027"]}
ONCE = "333.960.000"  # 120 × 2.530.000, a woman's tenth more


@pytest.fixture
def story(session: Session, told: Story) -> Story:
    """The ranking with a policy that holds where the need is."""
    add_policies(session, now=AT)
    return told


@pytest.fixture
def mai(session: Session, story: Story) -> Person:
    """A doctor of 36 years, who agreed to be named."""
    return woman(session, "Lò Thị Mai")


def woman(session: Session, name: str, **traits: Any) -> Person:
    about = SelfDraft("", birth=PartialDate(1990, 5, 2), sex=Sex.FEMALE)
    return candidate(session, name, ("IT15", 4), about=about, education=(studied(6),), **traits)


def ranking_of(story: Story) -> str:
    return f"/nhu-cau/{story.need.public_id}/xep-hang"


def sheet_of(story: Story, person: Person) -> str:
    return f"/nhu-cau/{story.need.public_id}/de-xuat/{person.public_id}"


def policy_on(page: Any, key: str = KEY) -> Any:
    [found] = page.xpath(f"//*[@data-policy='{key}']")
    return found


def card_of(page: Any, name: str) -> Any:
    [found] = [one for one in page.xpath("//article") if words_of(one.xpath(".//h2")[0]) == name]
    return found


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """Every statement that is sent meanwhile."""
    sent: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", listen)
    yield sent
    event.remove(engine, "before_cursor_execute", listen)


def test_a_card_says_what_is_met_what_it_comes_to_and_what_is_missing(
    national_officer: Client, story: Story, mai: Person
) -> None:
    page = opened(national_officer, ranking_of(story))
    met = card_of(page, mai.full_name).xpath(f".//*[@data-policy='{KEY}']")[0]
    assert met.get("data-state") == "met"
    assert f"{ONCE} ₫" in words_of(met).replace("\xa0", " ")
    assert "chưa kiểm chứng" in words_of(met)
    missing = card_of(page, story.best.full_name).xpath(f".//*[@data-policy='{KEY}']")[0]
    assert missing.get("data-state") == "unknown"
    assert "chưa biết: Không quá 45 tuổi vào ngày nộp hồ sơ" in words_of(missing)


def test_nothing_holds_there_is_said_once(national_officer: Client, told: Story) -> None:
    page = words_of(opened(national_officer, f"{ranking_of(told)}?ngay=25/11/2020"))
    assert page.count("Không có chính sách nào đang áp dụng tại nơi làm việc này") == 1


def test_a_page_of_fifty_sends_as_many_statements_as_one_of_five(
    session: Session, national_officer: Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        woman(session, f"Lò Thị Số {number}")
    counted: list[int] = []
    for rows in (5, 5, 50):
        monkeypatch.setattr(ranking, "PAGE_ROWS", rows)
        with statements(session) as sent:
            page = opened(national_officer, ranking_of(story))
        counted.append(len(sent))
        assert len(page.xpath(f"//article//*[@data-policy='{KEY}' and @data-state='met']")) >= rows - 3
    assert counted[1] == counted[2]


def test_what_would_tell_who_somebody_is_has_no_part_in_what_policies_say(
    session: Session, national_officer: Client, story: Story
) -> None:
    """Somebody unnamed: whether the age is on record or not, and whatever the sex, the page is the same."""
    hidden = woman(session, "Vàng Thị Dở", consents=make_people.ANONYMOUS)
    page = opened(national_officer, sheet_of(story, hidden))
    said = words_of(policy_on(page))
    assert policy_on(page).get("data-state") == "unknown"
    assert "ngoài quyền xem: Không quá 45 tuổi vào ngày nộp hồ sơ" in said
    hidden.birth_on, hidden.sex = date(1950, 1, 1), None
    session.flush()
    assert words_of(policy_on(opened(national_officer, sheet_of(story, hidden)))) == said
    for path in (ranking_of(story), f"/ung-vien/{hidden.public_id}/chinh-sach"):
        assert "110 %" not in words_of(opened(national_officer, path)).replace("\xa0", " ")


def test_a_sheet_is_worked_out_kept_and_never_changes(
    session: Session, national_officer: Client, story: Story, mai: Person
) -> None:
    path = sheet_of(story, mai)
    home = {"f_owns_home_in_province": "no"}
    worked = parsed(post(national_officer, path, {**DAY, **home, "viec": "tinh"}))
    assert session.scalars(select(OfferSheet)).all() == []
    assert "108.000.000 ₫" in words_of(policy_on(worked)).replace("\xa0", " ")  # 36 months of 3 million
    costs = words_of(worked.get_element_by_id("chi-phi")).replace("\xa0", " ")
    # 2027: February to December, 11 months; 2030: the last month.
    for sum_of_year in (f"{ONCE} ₫", "33.000.000 ₫", "36.000.000 ₫", "3.000.000 ₫", "441.960.000 ₫"):
        assert sum_of_year in costs
    kept = post(national_officer, path, {**DAY, **home, "viec": "luu"})
    [row] = session.scalars(select(OfferSheet))
    assert kept.location == f"/de-xuat/{row.public_id}"
    before = words_of(opened(national_officer, kept.location).get_element_by_id("du"))
    assert ONCE in before
    assert "01/02/2027 đến hết 01/02/2032" in before
    mai.birth_on = date(1950, 1, 1)
    session.flush()
    assert words_of(opened(national_officer, kept.location).get_element_by_id("du")) == before
    for where in (f"/nhu-cau/{story.need.public_id}/de-xuat", f"/ung-vien/{mai.public_id}/chinh-sach"):
        assert f'href="{kept.location}"' in national_officer.get(where).text


def test_a_place_somebody_comes_from_is_named_whatever_policies_speak_of(
    session: Session, national_officer: Client, story: Story, mai: Person
) -> None:
    mai.origin_unit_id = session.scalars(select(AdministrativeUnit.id).filter_by(path="VN/01/")).one()
    session.flush()
    used = words_of(opened(national_officer, sheet_of(story, mai)).get_element_by_id("du-lieu"))
    assert "Quê quánthành phố Hà Nội hồ sơ" in used
    assert "@" not in used


def test_a_form_sent_as_it_stands_is_worked_out(national_officer: Client, story: Story, mai: Person) -> None:
    """A browser sends every field, those left open as empty texts."""
    path = sheet_of(story, mai)
    [form] = opened(national_officer, path).xpath(f"//form[@action='{path}']")
    sent: dict[str, list[str]] = {}
    for field in form.xpath(".//input[not(@type='checkbox' or @type='hidden')] | .//select"):
        sent.setdefault(field.get("name"), []).append(field.get("value") or "")
    assert {"f_university_rank", "f_current_salary", "f_owns_home_in_province"} <= sent.keys()
    assert post(national_officer, path, {**sent, "viec": "tinh"}).status_code == 200


def test_an_altered_sheet_is_not_shown(session: Session, story: Story, mai: Person) -> None:
    row = sheet(session, mai, story.need, by=account(session).id, on=AT.date(), at=AT)
    content = sheet_content_of(session, row)
    content["answers"][0]["total_once"] = 1
    row.content_sealed = keyring_of(session).seal(canonical(content), sealing_place(row))
    with pytest.raises(Altered):
        sheet_content_of(session, row)


def test_a_sheet_made_of_what_one_may_no_longer_read_is_closed(
    session: Session, national_officer: Client, story: Story, mai: Person
) -> None:
    where = post(national_officer, sheet_of(story, mai), {**DAY, "viec": "luu"}).location
    to_contact = select(Consent).where(
        Consent.person_id == mai.id, Consent.purpose.has(code=PurposeCode.CONTACT)
    )
    given = session.scalars(to_contact).one()
    given.withdrawn_at = given.given_at
    session.flush()
    page = words_of(opened(national_officer, where))
    assert "Ngoài quyền xem" in page
    assert ONCE not in page
    assert national_officer.get(f"{where}/in").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"decided_on": ["31", "2", "2026"]}, "Ngày phải có thật"),
        ({"decided_on": ["", "", ""]}, "Nhập ngày quyết định"),
        ({"applied_on": ["1", "1", "2030"]}, "Ngày nộp hồ sơ không được sau ngày quyết định"),
        ({"f_agreed_salary": "nhiều lắm"}, "Nhập số tiền nguyên đồng"),
        ({"f_university_rank": "0"}, "Nhập số từ 1 đến 100000"),
        ({"f_workplace_kind": ["island", "none_of_these"]}, "bỏ chọn các loại khác"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    national_officer: Client, story: Story, mai: Person, wrong: dict[str, Any], words: str
) -> None:
    sent = {**DAY, "f_housing_rent": "", "f_current_salary": "12 triệu", **wrong, "viec": "luu"}
    answer = post(national_officer, sheet_of(story, mai), sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="12 triệu"' in answer.text


def test_the_paper_is_the_kept_sheet_and_the_log_says_who_printed_it(
    session: Session, national_officer: Client, story: Story, mai: Person
) -> None:
    where = post(national_officer, sheet_of(story, mai), {**DAY, "viec": "luu"}).location
    sent = {"purpose": "need", "purpose_text": "Trình hội đồng ngày 20/12/2026"}
    assert post(national_officer, f"{where}/in", {**sent, "purpose_text": "x"}).status_code == 422
    said = words_in_pdf(post(national_officer, f"{where}/in", sent)).replace("\xa0", " ")
    wanted = (mai.full_name, story.need.code, ONCE, "chưa kiểm chứng", "Hoàn trả theo số tháng", "15/12/2026")
    assert [one for one in wanted if one not in said] == []
    [printed] = session.scalars(select(AuditEvent).where(AuditEvent.action == "offer.printed"))
    assert json.loads(printed.content)["people"] == [mai.public_id]
