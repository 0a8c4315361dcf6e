"""One's own page: what stands, what to add, consents and pauses in force at once, and the record mended there."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Permission, Viewer
from registry.consents.models import Consent
from registry.db import Database
from registry.needs.rules import NeedState
from registry.people.models import Availability, Education, SkillClaim
from registry.people.queries import people_for
from registry.registrations.queries import registration_of
from registry.skills.models import Skill
from tests.conftest import Apps, Client, browser
from tests.factories import needs as make
from tests.factories import people
from tests.factories import registrations as join
from tests.factories.accounts import post, sign_in
from tests.factories.begun import begun_by, undone
from tests.factories.pages import opened, words_of
from tests.factories.people import TODAY


def sent(app: Flask, session: Session) -> int:
    """Somebody who sent a profile; the account."""
    own = browser(app, session)
    made = join.candidate(own, session)
    join.fill(own)
    assert join.send(own).status_code == 303
    return made.id


@pytest.fixture(scope="module")
def registered(
    database: Database,
    apps: Apps,
    compiled: FileSystemBytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Connection, int]]:
    """The profile, sent once."""
    with begun_by(database, apps, compiled, tmp_path_factory.mktemp("mine"), sent) as made:
        yield made


@pytest.fixture
def connection(registered: tuple[Connection, int]) -> Iterator[Connection]:
    """What a test does is undone."""
    with undone(registered[0]) as opened:
        yield opened


@pytest.fixture
def mine(registered: tuple[Connection, int], client: Client, session: Session) -> Client:
    """Somebody who sent a profile."""
    sign_in(client, session.get_one(Account, registered[1]))
    return client


def found(session: Session, purpose: str) -> int:
    """How many people anybody may use for a purpose."""
    everything = Viewer.installation()
    assert everything.can(Permission.PEOPLE_READ)
    return len(session.scalars(people_for(everything, purpose, on=TODAY)).all())


def test_before_sending_there_is_no_page_of_ones_own(client: Client, session: Session) -> None:
    join.candidate(client, session)
    assert client.get("/").headers["Location"] == "/toi"
    assert client.get("/toi").headers["Location"] == "/dang-ky"
    join.begin(client)
    assert client.get("/toi").headers["Location"] == "/dang-ky"
    assert post(client, "/toi/tam-dung", {"months": "1"}).status_code == 404


def test_the_page_says_what_stands_and_what_to_add(mine: Client) -> None:
    words = words_of(opened(mine, "/toi"))
    assert "Đã nhận." in words
    assert "60%" in words
    assert "Thêm: Kinh nghiệm" in words
    assert "Không ảnh hưởng điểm xếp hạng" in words


def test_a_consent_is_withdrawn_and_given_at_once(mine: Client, session: Session) -> None:
    assert found(session, "matching") == 1
    post(mine, "/toi/dong-y/matching/rut")
    assert found(session, "matching") == 0
    assert "Đang không tìm nhu cầu cho bạn" in words_of(opened(mine, "/toi"))
    post(mine, "/toi/dong-y/matching/cho")
    assert found(session, "matching") == 1
    post(mine, "/toi/dong-y/registry/rut")
    assert found(session, "registry") == 0
    withdrawn = words_of(opened(mine, "/toi"))
    assert "Đã rút đồng ý lưu hồ sơ." in withdrawn
    assert "Cơ quan được tìm hồ sơ" not in withdrawn
    assert {one.recorded_by_id for one in session.scalars(select(Consent))} == {None}
    assert {one.withdrawn_by_id for one in session.scalars(select(Consent))} == {None}
    assert post(mine, "/toi/dong-y/registry/rut").status_code == 303


def test_a_pause_hides_from_the_next_read_and_ends_with_one_button(mine: Client, session: Session) -> None:
    refused = post(mine, "/toi/tam-dung", {})
    assert refused.status_code == 422
    assert "Chọn tạm dừng bao lâu" in refused.get_data(as_text=True)
    post(mine, "/toi/tam-dung", {"months": "3", "reason": "Đi công tác"})
    assert found(session, "matching") == 0
    statement = session.scalars(select(Availability).where(Availability.ended_on.is_(None))).one()
    assert statement.paused_until is not None
    assert {form.value for form in statement.forms} == {"remote", "advice"}
    paused = words_of(opened(mine, "/toi"))
    assert "Đang tạm dừng" in paused
    assert "Cán bộ giữ hồ sơ vẫn xem được" in paused
    assert found(session, "registry") == 1
    post(mine, "/toi/san-sang")
    assert found(session, "matching") == 1


def test_the_record_is_mended_on_the_same_pages(mine: Client, session: Session) -> None:
    answer = join.save(mine, "ban-than", join.ABOUT | {"headline": "Bác sĩ nhi"})
    assert answer.headers["Location"] == "/toi"
    assert "Bác sĩ nhi" in mine.get("/dang-ky/ban-than").get_data(as_text=True)
    wrong = join.save(mine, "lien-he", {"email": "khong phai thu"})
    assert wrong.status_code == 422
    assert 'value="khong phai thu"' in wrong.get_data(as_text=True)
    assert join.save(mine, "hoc-van/tao", {"degree": "DH", "major": "Toán"}).status_code == 303
    row = session.scalars(select(Education)).one()
    assert join.save(mine, f"hoc-van/{row.public_id}", {"degree": "THS", "major": "Toán"}).status_code in {
        303,
        422,
    }
    session.expire_all()
    assert join.save(mine, "nguyen-vong", join.WISHES | {"forms": ["teaching"]}).status_code == 303
    kept = session.scalars(select(Availability).where(Availability.ended_on.is_(None))).one()
    assert {form.value for form in kept.forms} == {"teaching"}
    action = opened(mine, "/dang-ky/hoc-van").xpath("//ul[@class='rows']//form/@action")[0]
    assert (
        post(mine, action, {"version": str(session.scalars(select(Education)).one().version)}).status_code
        == 303
    )
    assert session.scalar(select(Education)) is None


def test_a_record_mended_elsewhere_meanwhile_is_shown_beside(mine: Client, session: Session) -> None:
    before = join.hidden(mine.get("/dang-ky/ban-than").get_data(as_text=True))
    person = session.scalars(people_for(Viewer.installation(), "registry", on=TODAY)).one()
    other = browser(mine.application, session)
    account_id = person.account_id
    assert account_id is not None
    registration = registration_of(session, account_id)
    assert registration is not None
    sign_in(other, session.get_one(Account, account_id))
    assert join.save(other, "ban-than", join.ABOUT | {"headline": "Bác sĩ"}).status_code == 303
    answer = post(mine, "/dang-ky/ban-than", {**before, **join.ABOUT, "headline": "Kỹ sư"})
    assert answer.status_code == 409
    assert "Bác sĩ" in answer.get_data(as_text=True)


def test_skills_of_a_record_are_mended_as_cards(mine: Client, session: Session) -> None:
    page = mine.get("/dang-ky/ky-nang").get_data(as_text=True)
    claim = session.scalars(select(SkillClaim)).one()
    card = {
        "count": "1",
        "ky-nang-0-typed": claim.typed,
        "ky-nang-0-row": claim.public_id,
        "ky-nang-0-on": "y",
        "ky-nang-0-level": "4",
        "more": "từ lạ chưa ai biết xyz",
    }
    asked = post(mine, "/dang-ky/ky-nang", {**join.hidden(page), **card})
    assert asked.status_code == 422
    assert "Chọn «từ lạ chưa ai biết xyz» là kỹ năng nào" in asked.get_data(as_text=True)
    new = {"count": "2", "more": "", "ky-nang-1-typed": "từ lạ chưa ai biết xyz", "ky-nang-1-on": "y"}
    card |= new | {"ky-nang-1-concept": "giu"}
    assert post(mine, "/dang-ky/ky-nang", {**join.hidden(page), **card}).status_code == 303
    session.expire_all()
    current = session.scalars(select(SkillClaim).where(SkillClaim.valid_to.is_(None))).all()
    assert 4 in {one.level for one in current}
    stale = post(mine, "/dang-ky/ky-nang", {**join.hidden(page), **card})
    assert stale.status_code == 409
    page = mine.get("/dang-ky/ky-nang").get_data(as_text=True)
    assert {one.pending_term_id is None for one in current} == {True, False}
    dropped = {name: value for name, value in card.items() if "-1-" not in name and not name.endswith("-on")}
    kept = next(one for one in current if one.level == 4)
    dropped |= {"ky-nang-0-row": kept.public_id, "count": "1"}
    assert post(mine, "/dang-ky/ky-nang", {**join.hidden(page), **dropped}).status_code == 303
    session.expire_all()
    assert kept.valid_to is not None


def test_somebody_whose_record_an_office_entered_has_a_page_too(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    person = people.person(session, "Nguyễn Minh Khuê", consents=people.NAMED)
    person.account_id = made.id
    session.commit()
    assert client.get("/dang-ky").headers["Location"] == "/toi"
    assert post(client, "/dang-ky", {"audience": "expert"}).headers["Location"] == "/toi"
    assert person.code in words_of(opened(client, "/toi"))
    assert join.save(client, "ban-than", join.ABOUT).status_code == 303
    session.expire_all()
    assert person.headline == "Kỹ sư dữ liệu y tế"
    assert client.get("/dang-ky/xong/bien-nhan.pdf").status_code == 200


def test_open_needs_are_told_the_other_way_round(mine: Client, session: Session) -> None:
    skill = session.scalars(select(SkillClaim)).one()
    assert skill.skill_id is not None
    code = session.scalars(select(Skill.code).where(Skill.id == skill.skill_id)).one()
    wanted = [make.skill(session, code, 4)]
    make.need(session, "Kế toán trưởng bệnh viện", state=NeedState.OPEN, skills=wanted)
    make.need(session, "Bản nháp không ai biết", skills=wanted)
    words = words_of(opened(mine, "/toi"))
    assert "Kế toán trưởng bệnh viện" in words
    assert "Bạn đạt 0/1 yêu cầu" in words
    assert "Nhu cầu bạn mới đạt dưới một nửa (1)" in words
    assert "Bản nháp không ai biết" not in words
