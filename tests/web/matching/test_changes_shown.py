"""▲ ▼ mới on the pages, the page of all needs, and what owners are told: right, within scope, without names."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Alert
from registry.accounts.operations import raise_alert
from registry.accounts.rules import Role, Scope, Viewer
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.matching.models import MatchRun
from registry.matching.operations import run_match
from registry.matching.operations.batch import MATCH_JOB
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Availability, Person, SkillClaim
from registry.people.operations import set_availability
from registry.people.rules import AvailabilityDraft, AvailabilityState
from registry.web.clock import now, today
from tests.conftest import Client
from tests.factories import accounts
from tests.factories import needs as make_needs
from tests.factories.accounts import post
from tests.factories.candidates import candidate
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS

EVERYBODY = Viewer.installation()


@pytest.fixture
def need(session: Session) -> Need:
    """Three people at three levels for one skill."""
    for name, level in (("Nguyễn Thị Nhất", 4), ("Nguyễn Thị Nhì", 3), ("Nguyễn Thị Ba", 2)):
        candidate(session, name, ("IT15", level))
    return make_needs.need(session, state=NeedState.OPEN, skills=[make_needs.skill(session, "IT15", 5)])


def keep(session: Session, need: Need, viewer: Viewer = EVERYBODY, days: int = 0) -> MatchRun:
    return run_match(session, need, viewer, as_of=today(), at=now() + timedelta(days=days), by=None)


def rise(session: Session, person: str) -> None:
    claim = session.scalars(
        select(SkillClaim).join(SkillClaim.person).where(Person.full_name == person)
    ).one()
    claim.level = 5
    session.flush()


def pause(session: Session, person: Person) -> None:
    said = AvailabilityDraft(today(), AvailabilityState.PAUSED)
    set_availability(session, person, said, by=None, at=now())


def marks(page: Any) -> list[str]:
    return [words_of(one) for one in page.xpath("//article//div[@class='rank']")]


@pytest.mark.parametrize("viewer", [EVERYBODY, Viewer(None, EVERYBODY.permissions, (Scope("VN/12/"),))])
def test_the_ranking_says_who_rose_who_fell_who_is_new_and_why(
    national_officer: Client, session: Session, need: Need, viewer: Viewer
) -> None:
    run = keep(session, need, viewer, days=-1)
    rise(session, "Nguyễn Thị Ba")
    candidate(session, "Nguyễn Thị Mới", ("IT15", 4))
    page = opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang")
    shown = marks(page)
    assert shown[0] == "Hạng 1▲ 2Lên 2 hạng"
    assert sorted(shown[1:3])[-1].startswith("Hạng 3")
    assert any("mới" in one for one in shown)
    text = words_of(page)
    assert "Lên 2 hạng, điểm từ 36,40 thành 91,00: hồ sơ đã đổi." in text
    assert "Mới vào bảng: hồ sơ mới được xét, hoặc đã đổi." in text
    assert "người khác thay đổi, điểm của người này vẫn thế." in text
    assert page.xpath(f"//a[contains(@href, 'ban-luu/{run.public_id}')]")


def test_a_ranking_of_another_scope_is_not_compared_with(
    national_officer: Client, session: Session, need: Need
) -> None:
    keep(session, need, Viewer(None, EVERYBODY.permissions, (Scope("VN/01/"),)), days=-1)
    rise(session, "Nguyễn Thị Ba")
    assert "▲" not in words_of(opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang"))


def test_of_a_ranking_of_everybody_only_people_in_sight_count(
    national_officer: Client, session: Session, need: Need
) -> None:
    candidate(session, "Người Hà Nội", ("IT15", 5), unit_path="VN/01/")
    run = keep(session, need, days=-1)
    page = opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang")
    assert marks(page) == ["Hạng 1", "Hạng 2", "Hạng 3"]
    kept = opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang/ban-luu/{run.public_id}")
    assert "chỉ hiện các hồ sơ bạn được xem" in words_of(kept)
    assert len(kept.xpath("//table[contains(@class, 'data')]/tbody/tr")) == 3


def test_a_trial_is_not_compared_with_what_was_kept(
    national_officer: Client, session: Session, need: Need
) -> None:
    keep(session, need, days=-1)
    rise(session, "Nguyễn Thị Ba")
    trial = opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang?ngay=2027-01-01")
    assert "▲" not in words_of(trial)


def test_a_kept_ranking_shows_what_moved_since_the_one_before_and_the_older_is_marked(
    national_officer: Client, session: Session, need: Need
) -> None:
    first = keep(session, need, days=-2)
    rise(session, "Nguyễn Thị Ba")
    need.share_skills, need.share_experience = 45, 25
    session.flush()
    second = keep(session, need, days=-1)
    base = f"/nhu-cau/{need.public_id}/xep-hang/ban-luu/"
    text = words_of(opened(national_officer, base + second.public_id))
    assert "▲ 2Lên 2 hạng" in text
    assert "Lên 2 hạng, điểm từ 36,40 thành 90,00: hồ sơ đã đổi; tỷ trọng hoặc trọng số đã đổi." in text
    assert "Xuống 1 hạng, điểm từ 72,80 thành 72,00: tỷ trọng hoặc trọng số đã đổi." in text
    assert "▼ 1Xuống 1 hạng" in text
    older = words_of(opened(national_officer, base + first.public_id))
    assert "Bảng này đã cũ" in older
    assert "▲" not in older


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_left_the_ranking_is_named_only_to_those_who_may_know(
    national_officer: Client, session: Session, need: Need
) -> None:
    hidden = candidate(session, "Nguyễn Thị Ẩn", ("IT15", 4), consents=ANONYMOUS)
    keep(session, need, days=-2)
    for left in (hidden, session.scalars(select(Person).where(Person.full_name == "Nguyễn Thị Ba")).one()):
        pause(session, left)
    second = keep(session, need, days=-1)
    for left in session.scalars(select(Availability)):
        left.ended_on = today()
    session.flush()
    page = opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang/ban-luu/{second.public_id}")
    gone = " ".join(words_of(one) for one in page.xpath("//ul[@class='plain']/li"))
    assert "Nguyễn Thị Ba" in gone
    assert hidden.code in gone
    assert "Nguyễn Thị Ẩn" not in words_of(page)


# --- the page of all open needs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFICER, 403), (Role.AUDITOR, 403), (Role.CAMPAIGN_ADMIN, 200), (Role.SYSTEM_ADMIN, 200)],
)
def test_only_administrators_start_a_batch(
    client: Client, session: Session, need: Need, role: Role, status: int
) -> None:
    accounts.sign_in(client, accounts.account(session, role, ""))
    page = words_of(opened(client, "/nhu-cau/ghep-dong-loat", status))
    answer = post(client, "/nhu-cau/ghep-dong-loat")
    assert answer.status_code == (303 if status == 200 else 403)
    assert session.scalar(select(func.count()).select_from(Job)) == (1 if status == 200 else 0)
    assert (need.title in page) is (role is Role.CAMPAIGN_ADMIN)


def test_a_batch_is_followed_and_stopped_on_its_page(client: Client, session: Session, need: Need) -> None:
    accounts.sign_in(client, accounts.account(session, Role.CAMPAIGN_ADMIN, ""))
    assert "Chưa ghép lần nào" in words_of(opened(client, "/nhu-cau/ghep-dong-loat"))
    for _twice in range(2):
        post(client, "/nhu-cau/ghep-dong-loat")
    job = session.scalars(select(Job).where(Job.kind == MATCH_JOB)).one()
    page = opened(client, "/nhu-cau/ghep-dong-loat")
    assert page.get_element_by_id("tien-do").get("hx-get") == "/nhu-cau/ghep-dong-loat"
    part = client.get("/nhu-cau/ghep-dong-loat", headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True)
    assert post(client, "/nhu-cau/ghep-dong-loat/dung").status_code == 303
    session.refresh(job)
    assert job.state is JobState.CANCELLED
    over = client.get("/nhu-cau/ghep-dong-loat", headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"


def test_the_page_counts_what_moved_for_each_need_in_sight(
    client: Client, session: Session, need: Need
) -> None:
    accounts.sign_in(client, accounts.account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    make_needs.need(session, "Nhu cầu Hà Nội", state=NeedState.OPEN, unit_path="VN/01/")
    keep(session, need, days=-2)
    assert "Chưa có lần trước để so" in words_of(opened(client, "/nhu-cau/ghep-dong-loat"))
    rise(session, "Nguyễn Thị Ba")
    candidate(session, "Người Hà Nội", ("IT15", 1), unit_path="VN/01/")
    keep(session, need, days=-1)
    text = words_of(opened(client, "/nhu-cau/ghep-dong-loat"))
    assert "1 người lên hạng2 người xuống hạng" in text
    assert "mới vào" not in text
    assert "Nhu cầu Hà Nội" not in text


# --- alerts ---------------------------------------------------------------------------------------------------

COUNTS = {"new_in_50": 1, "new_in_100": 1, "up": 2, "down": 0, "left": 0}


def tell(session: Session, account_id: int, need: Need, run: str) -> Alert:
    raise_alert(
        session,
        account_id,
        "match.changed",
        subject=("need", need.public_id),
        about=run,
        detail=COUNTS,
        at=now(),
    )
    return session.scalars(select(Alert).where(Alert.about_id == run)).one()


def test_the_home_page_shows_alerts_until_they_are_read(client: Client, session: Session, need: Need) -> None:
    mine, other = (accounts.account(session, Role.OFFICER) for _ in range(2))
    run = keep(session, need)
    alert = tell(session, mine.id, need, run.public_id)
    tell(session, mine.id, need, "0" * 26)
    accounts.sign_in(client, mine)
    page = opened(client, "/")
    text = words_of(page.get_element_by_id("thong-bao"))
    assert "2 chưa đọc" in text
    assert "1 người mới vào 50 người đầu; 1 người mới vào 100 người đầu; 2 người lên hạng." in text
    assert "Nguyễn Thị" not in text
    assert page.xpath(f"//a[contains(@href, 'ban-luu/{run.public_id}')]")
    assert post(client, f"/thong-bao/{alert.public_id}/da-doc").status_code == 303
    assert "1 chưa đọc" in words_of(opened(client, "/").get_element_by_id("thong-bao"))
    post(client, "/thong-bao/da-doc")
    assert "Đã đọc hết" in words_of(opened(client, "/").get_element_by_id("thong-bao"))
    accounts.sign_in(client, other)
    assert not opened(client, "/").xpath("//*[@id='thong-bao']")


def test_nobody_reads_for_somebody_else(client: Client, session: Session, need: Need) -> None:
    alert = tell(session, accounts.account(session, Role.OFFICER).id, need, "1" * 26)
    accounts.sign_in(client, accounts.account(session, Role.OFFICER))
    post(client, f"/thong-bao/{alert.public_id}/da-doc")
    session.refresh(alert)
    assert alert.read_at is None


def test_an_alert_of_a_need_out_of_sight_is_not_shown(client: Client, session: Session, need: Need) -> None:
    moved = accounts.account(session, Role.OFFICER, "VN/01/")
    tell(session, moved.id, need, "2" * 26)
    accounts.sign_in(client, moved)
    assert not opened(client, "/").xpath("//*[@id='thong-bao']")


def test_the_same_is_told_once(session: Session, need: Need) -> None:
    account = accounts.account(session, Role.OFFICER)
    for _twice in range(2):
        tell(session, account.id, need, "3" * 26)
    assert session.scalar(select(func.count()).select_from(Alert)) == 1
