"""The pages of supply and demand: what an officer, an auditor and somebody of another province are told, and may do."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.balance.models import DemandForecast, Movement, Shortage
from registry.balance.rules import ShortageState
from registry.campaigns.models import Campaign
from registry.needs.rules import NeedState
from registry.training.models import TrainingOrder
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.balance import forecast, movement, shortage
from tests.factories.candidates import candidate, crowd, free_from, worked
from tests.factories.needs import need, organisation
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS

PEOPLE = "/cung-cau/nguoi?loai=occupation&ma=748"


@pytest.fixture
def desk(client: Client, session: Session) -> Client:
    """The browser of an officer of Lai Châu, where two engineers are wanted and free ones are many."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    need(session, "Kỹ sư", state=NeedState.OPEN, experience_field="748", experience_years=1, headcount=2)
    need(session, "Bác sĩ", state=NeedState.OPEN, experience_field="772", experience_years=1, headcount=6)
    now_free = free_from(today() - timedelta(days=1), stated_on=today() - timedelta(days=1))
    crowd(session, 7, experience=(worked(2020, None),), availability=now_free)
    candidate(session, "Lò Thị Y", experience=(worked(2020, None, "772"),), availability=now_free)
    session.commit()
    return client


def seen_by(desk: Client, session: Session, who: Account) -> Client:
    """Another browser."""
    made = browser(desk.application, session)
    sign_in(made, who)
    return made


def rows_in(page: Any) -> dict[str, str]:
    """{head of a row: its words} of all tables of a page."""
    rows = page.xpath("//tbody/tr[th]")
    return {words_of(row.xpath("th")[0]): " ".join(words_of(one) for one in row) for row in rows}


def csv_of(client: Client, path: str) -> list[str]:
    """The lines of a file, its answer asked of what it is."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return answer.get_data().decode("utf-8-sig").splitlines()


def test_the_page_says_shortage_and_surplus_and_each_number_opens_kh4(desk: Client) -> None:
    """KH4: bars, map and table from the same cells, both archipelagos in the map, the same numbers in the file."""
    page = opened(desk, "/cung-cau")
    rows = rows_in(page)
    assert "2 7 +5 Dư" in rows["Máy tính và công nghệ thông tin"]
    assert "6 1 −5 Thiếu" in rows["Sức khỏe"]
    assert "1 dòng thiếu, 1 dòng dư" in words_of(page)
    drawn = words_of(page.xpath("//*[contains(@class,'tile-map')]")[0])
    assert "Hoàng Sa" in drawn
    assert "Trường Sa" in drawn
    for path, words in (
        ("/cung-cau/nhu-cau?loai=occupation&ma=748", "2 chỗ còn trống trong 1 nhu cầu"),
        (PEOPLE, "7 người, đếm theo ba cách"),
    ):
        assert words in words_of(opened(desk, path)), path
    assert "8 8 0 Cân bằng" in rows_in(opened(desk, "/cung-cau/dia-ban"))["Chung của cả địa bàn"]
    every = rows_in(opened(desk, "/cung-cau/chi-tiet"))["Sức khỏe"]
    assert "Sức khỏe và dịch vụ xã hội tỉnh Lai Châu Dài hạn 6 1 −5 Thiếu" in every
    assert "Lò Thị Y" not in words_of(opened(desk, PEOPLE))
    assert 'Sức khỏe,Sức khỏe và dịch vụ xã hội,6,1,-5,Thiếu,0,"0,0\xa0%",' in csv_of(
        desk, "/cung-cau/tai/nganh-nghe"
    )
    assert any(line.startswith("tỉnh Lai Châu,8,8,0") for line in csv_of(desk, "/cung-cau/tai/tinh"))
    opened(desk, "/cung-cau?dia-ban=VN/01/", 404)
    opened(desk, "/cung-cau?dia-ban=%27", 404)
    opened(desk, "/cung-cau/nguoi?loai=abc", 404)
    opened(desk, "/cung-cau/tai/khac", 404)


def test_small_numbers_of_others_are_hidden(desk: Client, session: Session) -> None:
    """IN-23: the auditor opens no record and learns of no few; another province sees the sums of a map."""
    auditor = seen_by(desk, session, account(session, Role.AUDITOR, ""))
    page = opened(auditor, "/cung-cau?ky-han=short")
    rows = rows_in(page)
    assert "6 ẩn ẩn Chưa rõ" in rows["Sức khỏe"]
    assert "2 ẩn ẩn Chưa rõ" in rows["Máy tính và công nghệ thông tin"]
    assert "8 8 0" in rows["tỉnh Lai Châu"]
    assert not page.xpath("//a[contains(@href,'/cung-cau/nguoi')]")
    assert "7 người" not in words_of(opened(auditor, PEOPLE))
    assert "chỉ mở ở nơi bạn được đọc hồ sơ" in words_of(opened(auditor, "/cung-cau/chi-tiet"))
    opened(auditor, "/cung-cau/tai/chi-tiet", 404)
    assert any(",6,,,Chưa rõ" in line for line in csv_of(auditor, "/cung-cau/tai/nganh-nghe"))
    other = seen_by(desk, session, account(session, Role.OFFICER, "VN/01/"))
    assert "8 8 0" in rows_in(opened(other, "/cung-cau"))["tỉnh Lai Châu"]
    assert "Sức khỏe" not in rows_in(opened(other, "/cung-cau"))


def test_a_forecast_is_entered_once_and_withdrawn_with_a_reason_kh7(desk: Client, session: Session) -> None:
    """KH7: horizon, author and method; what was typed stays where something is missing."""
    typed: dict[str, Any] = {
        "subject": "occupation:772",
        "office": "unit:VN/12/",
        "amount": "40",
        "made_on": ["01", "03", "2026"],
        "due_on": ["01", "03", "2030"],
        "author": "Phòng CCVC",
        "method": "Số nghỉ hưu cộng số vị trí mới",
        "submission": "0" * 26,
    }
    wrong = post(desk, "/cung-cau/du-bao/tao", typed | {"due_on": ["01", "02", "2026"], "author": ""})
    assert wrong.status_code == 422
    said = wrong.get_data(as_text=True)
    for sentence in ("phải sau ngày dự báo", "Ghi cơ quan hoặc người dự báo", "Số nghỉ hưu cộng"):
        assert sentence in said
    first = post(desk, "/cung-cau/du-bao/tao", typed)
    again = post(desk, "/cung-cau/du-bao/tao", typed)
    assert (first.status_code, first.location) == (303, again.location)
    (made,) = session.scalars(select(DemandForecast)).all()
    assert (made.author, made.unit_path, made.amount) == ("Phòng CCVC", "VN/12/", 40)
    assert "Dài hạn" in words_of(opened(desk, "/cung-cau/du-bao"))
    assert post(desk, f"/cung-cau/du-bao/{made.public_id}/rut", {"reason": ""}).status_code == 422
    for _twice in range(2):
        assert post(desk, f"/cung-cau/du-bao/{made.public_id}/rut", {"reason": "Nhầm"}).status_code == 303
    assert "Đã rút" in words_of(opened(desk, "/cung-cau/du-bao"))
    past = forecast(session, 8)
    assert "Sai số +8" in words_of(opened(desk, f"/cung-cau/du-bao/{past.public_id}"))
    assert len(csv_of(desk, "/cung-cau/du-bao/tai")) == 3


def test_who_left_is_named_to_whoever_may_read_it_kh5(desk: Client, session: Session) -> None:
    """KH5: destination and reason, «Không nêu lý do» apart from «Chưa ghi»; the net of a year; nobody of another province."""
    left = candidate(session, "Lò Thị Rời")
    there = candidate(session, "Trần Thị Xa", unit_path="VN/01/")
    unnamed = candidate(session, "Vàng Thị Kín", consents=ANONYMOUS)
    session.commit()
    typed: dict[str, Any] = {
        "direction": "out",
        "moved_on": ["04", "05", "2026"],
        "office": "unit:VN/12/",
        "person": left.code,
        "degree": "5",
        "occupation": "772",
        "place": "unit:VN/01/",
        "reason": "none_given",
    }
    for bad, sentence in (
        ({"person": there.code}, "Không có hồ sơ mang mã này"),
        ({"moved_on": ["04", "05", "2999"]}, "không được sau hôm nay"),
        ({"direction": ""}, "Chọn đến hay đi"),
    ):
        answer = post(desk, "/cung-cau/dich-chuyen/tao", typed | bad)
        assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True), sentence
    assert post(desk, "/cung-cau/dich-chuyen/tao", typed).status_code == 303
    movement(session, person=there, place="", reason=None, words="Chuyện nhà")
    movement(session, person=unnamed, place="", reason=None, moved_on=date(2025, 3, 1))
    session.commit()
    rows = rows_in(opened(desk, "/cung-cau/dich-chuyen"))
    assert [rows[name] for name in ("2026", "thành phố Hà Nội", "Không nêu lý do")] == [
        "2026 0 2 −2",
        "thành phố Hà Nội 1",
        "Không nêu lý do 1",
    ]
    year = words_of(opened(desk, "/cung-cau/dich-chuyen/nam/2026"))
    assert "Lò Thị Rời" in year
    for hidden in ("Trần Thị Xa", "Chuyện nhà", "Bác sĩ trưởng khoa"):
        assert hidden not in year
    before = words_of(opened(desk, "/cung-cau/dich-chuyen/nam/2025"))
    assert "Hồ sơ không nêu tên" in before
    assert unnamed.code not in before
    assert "2026,Đi,thành phố Hà Nội,Không nêu lý do,1" in csv_of(desk, "/cung-cau/dich-chuyen/tai")
    auditor = seen_by(desk, session, account(session, Role.AUDITOR, ""))
    assert rows_in(opened(auditor, "/cung-cau/dich-chuyen"))["2026"] == "2026 0 ẩn ẩn"
    assert "Lò Thị Rời" not in words_of(opened(auditor, "/cung-cau/dich-chuyen/nam/2026"))
    opened(desk, "/cung-cau/dich-chuyen/nam/abc", 404)
    for one in session.scalars(select(Movement)).all():
        assert post(desk, f"/cung-cau/dich-chuyen/{one.public_id}/xoa").status_code == 303
    assert session.scalars(select(Movement)).all() == []


def test_a_shortage_goes_from_the_table_to_training_and_a_campaign_n7(desk: Client, session: Session) -> None:
    """N7, TR-06, CP-11: opened from the row, kept once, both ways on, then met."""
    office = organisation(session, "Sở Y tế Lai Châu")
    session.commit()
    page = opened(desk, "/cung-cau")
    (link,) = [one for one in page.xpath("//a/@href") if "thieu-hut/tao" in one and "occupation" in one]
    form = opened(desk, link)
    assert form.xpath("//input[@name='size']/@value") == ["5"]
    typed = {"subject": "occupation:772", "office": "unit:VN/12/", "horizon": "short", "size": "5"}
    assert post(desk, "/cung-cau/thieu-hut/tao", typed | {"size": "0"}).status_code == 422
    place = post(desk, "/cung-cau/thieu-hut/tao", typed).location
    assert post(desk, "/cung-cau/thieu-hut/tao", typed).location == place
    (one,) = session.scalars(select(Shortage)).all()
    assert (one.demand, one.supply, one.size) == (6, 1, 5)
    ordered = {"occupation": "Bác sĩ", "number": "5", "ordering": office.public_id, "provider": ""}
    late = ordered | {"deadline": ["01", "01", "2020"]}
    assert post(desk, f"{place}/dat-hang", late).status_code == 422
    assert post(desk, f"{place}/dat-hang", ordered).status_code == 303
    order = session.scalars(select(TrainingOrder)).one()
    assert (order.shortage_code, order.number) == (one.code, 5)
    begun = {"title": "Tìm bác sĩ", "starts_on": ["01", "01", "2030"], "ends_on": ["01", "06", "2030"]}
    assert post(desk, f"{place}/chien-dich", begun | {"ends_on": ["01", "06", "2029"]}).status_code == 422
    for _twice in range(2):
        assert post(desk, f"{place}/chien-dich", begun).status_code == 303
    campaign = session.scalars(select(Campaign)).one()
    assert ([each.need.title for each in campaign.needs], campaign.goal) == (["Bác sĩ"], 5)
    told = words_of(opened(desk, place))
    for word in (order.code, "Tìm bác sĩ", "Đã mở chiến dịch", "Chưa có ai được bố trí"):
        assert word in told
    assert post(desk, f"{place}/xong", {"note": "Không còn nhu cầu"}).status_code == 303
    session.refresh(one)
    assert one.state is ShortageState.MET
    assert post(desk, f"{place}/dat-hang", ordered).status_code == 303
    assert csv_of(desk, "/cung-cau/thieu-hut/tai")[1].startswith(f"{one.code},Sức khỏe,Ngành nghề,")
    elsewhere = shortage(session, unit_path="VN/01/")
    opened(desk, f"/cung-cau/thieu-hut/{elsewhere.public_id}", 404)
