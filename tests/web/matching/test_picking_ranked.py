"""From a ranking on: shortlisting for the need, comparing against it, and nobody who may not be picked or named."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.matching.models import Shortlist, ShortlistEntry
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories import people as make_people
from tests.factories.accounts import post
from tests.factories.pages import opened, words_of
from tests.factories.ranked_needs import Story


def ranking_of(told: Story) -> str:
    return f"/nhu-cau/{told.need.public_id}/xep-hang"


def picked(client: Client, told: Story, people: list[Person], deed: str, came_from: str = "") -> str:
    """Send the form of the ranking as its page holds it; where it leads."""
    page = opened(client, ranking_of(told))
    form = page.get_element_by_id("chon")
    assert {box.get("form") for box in page.xpath("//input[@name='nguoi']")} == {"chon"}
    fields = {**dict(form.form_values()), "nguoi": [one.public_id for one in people], "viec": deed}
    del fields["csrf_token"]
    answer = post(client, form.get("action"), fields, headers={"Referer": came_from})
    assert answer.status_code == 303
    return answer.headers["Location"]


def compared(client: Client, told: Story, people: list[Person]) -> dict[str, str]:
    """What the comparison against the need says of each person, by the name of the column."""
    page = opened(client, picked(client, told, people, "so-sanh"))
    cells = page.xpath("//table[contains(@class, 'compare')]/tbody/tr[1]/td")
    return {cell.get("data-label"): words_of(cell) for cell in cells}


def test_every_card_of_a_ranking_can_be_shortlisted_and_ticked(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, ranking_of(told))
    shown = [told.best, told.hidden, told.asked]
    ids = {one.public_id for one in shown}
    assert {box.get("value") for box in page.xpath("//article//input[@name='nguoi']")} == ids
    assert {one.get("value") for one in page.xpath("//article//button[@name='rut_gon']")} == ids
    assert words_of(page.xpath("//article[1]//button[@name='rut_gon']")[0]) == (
        f"Đưa vào danh sách rút gọn {told.best.full_name}"
    )
    assert told.hidden.full_name not in words_of(page)


def test_a_list_made_from_a_ranking_is_for_its_need_and_offered_first_from_then_on(
    national_officer: Client, session: Session, told: Story
) -> None:
    post(national_officer, "/danh-sach", {"ten": "Của việc khác"})
    asked = opened(national_officer, picked(national_officer, told, [told.best], "rut-gon"))
    fields = dict(asked.xpath("//form[.//input[@name='ten']]")[0].form_values())
    assert (fields["ten"], fields["nhu_cau"]) == ("Ứng viên cho «Kỹ sư dữ liệu y tế»", told.need.public_id)
    assert asked.xpath("//input[@name='danh_sach'][@checked]/@value") == [""]
    fields["danh_sach"] = ""  # the parser reads an empty value as «on»
    del fields["csrf_token"]
    assert post(national_officer, "/danh-sach/them", fields).status_code == 303
    made = session.scalars(select(Shortlist).where(Shortlist.need_id == told.need.id)).one()
    page = opened(national_officer, picked(national_officer, told, [told.asked], "rut-gon"))
    radios = page.xpath("//input[@name='danh_sach']")
    assert [one.get("value") for one in radios if one.get("checked") is not None] == [made.public_id]
    assert words_of(radios[0].getparent()) == "Ứng viên cho «Kỹ sư dữ liệu y tế» (của nhu cầu này)1"
    listed = opened(national_officer, f"/danh-sach/{made.public_id}")
    assert listed.xpath(f"//main//a[@href='{ranking_of(told)}']")
    assert listed.get_element_by_id("chon").xpath(".//input[@name='nhu_cau']")[0].get("value") == (
        told.need.public_id
    )


def test_choosing_no_need_for_the_new_list_is_heard(
    national_officer: Client, session: Session, told: Story
) -> None:
    where = picked(national_officer, told, [told.best], "rut-gon")
    fields = {"nguoi": [told.best.public_id], "danh_sach": "", "ten": "Dự phòng", "nhu_cau": ""}
    assert post(national_officer, where, fields).status_code == 303
    assert session.scalars(select(Shortlist)).one().need_id is None
    assert len(session.scalars(select(ShortlistEntry)).all()) == 1


def test_the_explanation_of_one_person_leads_to_a_list_and_to_a_comparison(
    national_officer: Client, told: Story
) -> None:
    for person, other, place in ((told.asked, told.best, 1), (told.low_degree, told.best, 1)):
        page = opened(national_officer, f"{ranking_of(told)}/{person.public_id}")
        assert page.xpath("//button[@name='rut_gon']")[0].get("value") == person.public_id
        link = page.xpath(f"//a[contains(., 'So sánh với người hạng {place}')]")[0].get("href")
        names = words_of(opened(national_officer, link).xpath("//table/thead")[0])
        assert person.full_name in names
        assert other.full_name in names
    first = opened(national_officer, f"{ranking_of(told)}/{told.best.public_id}")
    assert first.xpath("//a[contains(., 'So sánh với người hạng 2')]")


def test_the_comparison_says_in_words_who_is_excluded_and_why(national_officer: Client, told: Story) -> None:
    said = compared(national_officer, told, [told.best, told.low_degree, told.low_skill, told.empty])
    assert said[told.best.full_name].startswith("70,83 · hạng 1")
    excluded = said[told.low_degree.full_name]
    assert excluded.startswith("Bị loại trình độ dưới Thạc sĩ Không xếp hạng. Điểm cộng các phần: ")
    assert "hạng 1" not in excluded
    assert said[told.low_skill.full_name].startswith("Bị loại «Trí tuệ nhân tạo» dưới bậc 3 ")
    assert said[told.empty.full_name].startswith("Chưa đủ dữ liệu ")


def test_an_anonymous_person_is_compared_under_a_code(national_officer: Client, told: Story) -> None:
    where = picked(national_officer, told, [told.best, told.hidden], "so-sanh")
    assert f"nhu_cau={told.need.public_id}" in where
    assert told.hidden.full_name not in national_officer.get(where).get_data(as_text=True)
    page = opened(national_officer, where)
    assert {cell.get("data-label") for cell in page.xpath("//td[@data-label]")} == {
        told.best.full_name,
        f"Hồ sơ ẩn danh {told.hidden.code}",
    }


def test_too_few_or_nobody_ticked_comes_back_to_the_ranking(national_officer: Client, told: Story) -> None:
    assert picked(national_officer, told, [told.best], "so-sanh") == ranking_of(told)
    assert "Bạn đã chọn 1" in words_of(opened(national_officer, ranking_of(told)))
    second = f"http://localhost{ranking_of(told)}?trang=2"
    assert picked(national_officer, told, [], "so-sanh", second) == second
    elsewhere = "http://boi-nhau.example/nhu-cau"
    assert picked(national_officer, told, [], "so-sanh", elsewhere) == ranking_of(told)


def test_a_need_that_may_not_be_seen_is_carried_nowhere(
    national_officer: Client, session: Session, told: Story
) -> None:
    foreign = make_needs.need(session, "Việc của Hà Nội", unit_path="VN/01/")
    query = f"nguoi={told.best.public_id}&nguoi={told.asked.public_id}&nhu_cau={foreign.public_id}"
    for path in ("/ung-vien/so-sanh", "/danh-sach/them"):
        assert "Việc của Hà Nội" not in words_of(opened(national_officer, f"{path}?{query}"))
    fields = {"nguoi": [told.best.public_id], "danh_sach": "", "ten": "Thử", "nhu_cau": foreign.public_id}
    post(national_officer, "/danh-sach/them", fields)
    assert session.scalars(select(Shortlist)).one().need_id is None


def test_picking_from_a_ranking_speaks_english(national_officer: Client, told: Story) -> None:
    text = words_of(opened(national_officer, f"{ranking_of(told)}/{told.low_degree.public_id}?lang=en"))
    assert "Add to a shortlist" in text
    assert "Compare with rank 1" in text


def test_a_profile_leads_to_a_list_and_to_a_comparison_with_others_by_code(
    national_officer: Client, told: Story
) -> None:
    ranked = opened(national_officer, ranking_of(told))
    name = ranked.xpath(f"//article//a[normalize-space()='{told.asked.full_name}']")[0]
    profile = opened(national_officer, name.get("href"))
    listing = profile.xpath("//main//a[normalize-space()='Rút gọn']")[0].get("href")
    assert f"nhu_cau={told.need.public_id}" in listing
    assert told.asked.full_name in words_of(opened(national_officer, listing))
    alone = profile.xpath("//main//a[normalize-space()='So sánh']")[0].get("href")
    page = opened(national_officer, alone)
    assert len(page.xpath("//table/thead//th")) == 1
    fields = page.get_element_by_id("ma").getparent().getparent().form_values()
    query = {**dict(fields), "ma": f"{told.best.code.lower()}; {told.hidden.code}, HS-0"}
    answer = national_officer.get("/ung-vien/so-sanh", query_string=query)
    assert answer.status_code == 303
    page = opened(national_officer, answer.headers["Location"])
    assert "Không thấy hồ sơ mã HS-0." in words_of(page)
    assert [words_of(one).split(" Ẩn danh")[0] for one in page.xpath("//table/thead//th")] == [
        told.asked.full_name,
        told.best.full_name,
        f"Hồ sơ ẩn danh {told.hidden.code}",
    ]
    assert page.xpath("//select[@name='nhu_cau']/option[@selected]/@value") == [told.need.public_id]


def test_no_more_than_four_are_compared_and_none_from_elsewhere(
    national_officer: Client, session: Session, told: Story
) -> None:
    foreign = make_people.person(session, "Người Sơn La", unit_path="VN/14/")
    first = [told.best, told.hidden, told.asked]
    ids = [one.public_id for one in first]
    path = "/ung-vien/so-sanh"
    beyond = national_officer.get(
        path, query_string={"nguoi": ids, "ma": foreign.code}, follow_redirects=True
    )
    assert f"Không thấy hồ sơ mã {foreign.code}" in beyond.get_data(as_text=True)
    assert "Người Sơn La" not in beyond.get_data(as_text=True)
    many = f"{told.low_degree.code}, {told.empty.code}"
    page = national_officer.get(path, query_string={"nguoi": ids, "ma": many}, follow_redirects=True)
    assert "So sánh được nhiều nhất 4 người" in page.get_data(as_text=True)
    assert "So sánh 4 ứng viên" in page.get_data(as_text=True)
    assert national_officer.get(path).status_code == 303
