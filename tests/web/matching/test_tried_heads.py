"""What a trial changes at the head of a ranking: places and points before and after, who is new, what was typed."""

from typing import Any

from sqlalchemy.orm import Session

from registry.matching.views.tried import LEADING
from registry.needs.rules import NeedState
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.candidates import candidate, crowd, studied, worked
from tests.factories.pages import parsed, words_of
from tests.factories.ranked_needs import Story, story

EQUAL = "?ty-trong=20" + "&ty-trong=20" * 4
WRONG = "?ty-trong=80&ty-trong=10&ty-trong=10&ty-trong=x&ty-trong=5&ngay=31/02/2027&tu-diem=nhieu"


def opened(client: Client, told: Story, query: str) -> Any:
    return parsed(client.get(f"/nhu-cau/{told.need.public_id}/xep-hang{query}"))


def heads(page: Any) -> list[str]:
    """The lines of the table of who stands first."""
    return [words_of(row) for row in page.xpath("//table[contains(@class, 'heads')]/tbody/tr")]


def test_other_shares_show_place_and_points_of_the_first_before_and_after(
    national_officer: Client, told: Story
) -> None:
    hidden = f"Hồ sơ ẩn danh {told.hidden.code}"
    page = opened(national_officer, told, "?ty-trong=100" + "&ty-trong=0" * 4)
    assert heads(page) == [
        f"{told.best.full_name} hạng 1 70,83 hạng 1 61,66",
        f"{hidden} hạng 2 40,00 hạng 2 50,00",
        f"{told.asked.full_name} hạng 3 40,00 hạng 3 49,99",
    ]
    assert told.hidden.full_name not in words_of(page)
    assert "Trước khi thử: hạng 1, 70,83 điểm." in words_of(page.xpath("//article[1]")[0])
    assert heads(opened(national_officer, told, "")) == []


def test_a_trial_says_who_rises_and_who_falls_out_of_the_head(
    national_officer: Client, session: Session
) -> None:
    need = make_needs.need(
        session, state=NeedState.OPEN, skills=[make_needs.skill(session, "IT15", 4)], experience_years=2
    )
    able = [candidate(session, f"Lò Văn {name}", ("IT15", 4)) for name in ("Một", "Hai")]
    worn = crowd(session, LEADING, ("IT15", 1), experience=(worked(2015, None),))
    path = f"/nhu-cau/{need.public_id}/xep-hang"
    page = parsed(national_officer.get(f"{path}?ty-trong=10&ty-trong=90" + "&ty-trong=0" * 3))
    lines = heads(page)
    assert len(lines) == LEADING + 2
    assert {line.split(" hạng ")[0] for line in lines[:LEADING]} == {one.full_name for one in worn}
    assert all("Lên 2 hạng" in line for line in lines[:LEADING])
    assert all(one.full_name in " ".join(lines[LEADING:]) for one in able)
    assert "hạng 1 " in lines[LEADING]
    assert "Xuống 5 hạng" in lines[LEADING]
    first = words_of(page.xpath("//article[1]")[0])
    assert "▲ 2" in first
    assert "Trước khi thử: hạng 3, " in first


def test_who_comes_in_by_a_relaxed_condition_is_marked_with_what_kept_them_out(
    national_officer: Client, told: Story
) -> None:
    page = opened(national_officer, told, "?noi=degree%3E=5")
    card = page.xpath(f"//article[.//a[contains(., '{told.low_degree.full_name}')]]")[0]
    assert words_of(card.xpath(".//*[@class='rank']/small")[0]) == "mới"
    assert "Trước khi thử: bị loại, trình độ dưới Thạc sĩ." in words_of(card)
    others = [one for one in page.xpath("//article") if one is not card]
    assert len(others) == 3
    assert not any("mới" in words_of(one.xpath(".//*[@class='rank']")[0]) for one in others)
    assert any("bị loại, trình độ dưới Thạc sĩ" in line and "(mới)" in line for line in heads(page))


def test_who_comes_in_further_down_is_named_with_the_head(national_officer: Client, session: Session) -> None:
    told = story(session)
    crowd(session, 12, ("IT15", 4), ("IT08", 4), ("IT35", 3), education=(studied(5),))
    page = opened(national_officer, told, "?noi=skill:IT15%3E=3")
    assert told.low_skill.full_name not in words_of(page.xpath("//section")[0])
    line = next(one for one in heads(page) if told.low_skill.full_name in one)
    assert "bị loại, «Trí tuệ nhân tạo» dưới bậc 3" in line
    assert "(mới)" in line


def test_what_could_not_be_read_stays_in_its_field_beside_what_is_wrong(
    national_officer: Client, told: Story
) -> None:
    box = opened(national_officer, told, WRONG).get_element_by_id("thu")
    assert box.xpath(".//details/@open")
    typed = {one.get("id"): one.get("value") for one in box.xpath(".//input[@type='text']")}
    assert typed == {
        **{f"ty-trong-{n}": text for n, text in enumerate(("80", "10", "10", "x", "5"), start=1)},
        "ngay": "31/02/2027",
        "tu-diem": "nhieu",
    }
    assert all(one.get("aria-invalid") == "true" for one in box.xpath(".//input[@type='text']"))
    assert "Nhập năm số nguyên từ 0 đến 100, cộng thành 100" in words_of(box)
    assert "Nhập ngày có thật" in words_of(box)
    sum_wrong = opened(national_officer, told, EQUAL.replace("20", "25")).get_element_by_id("thu")
    assert "Năm số này cộng thành 125, phải cộng thành 100" in words_of(sum_wrong)
    short = opened(national_officer, told, "?ty-trong=1").get_element_by_id("thu")
    assert [one.get("value") for one in short.xpath(".//input[@name='ty-trong']")] == ["1", "", "", "", ""]
