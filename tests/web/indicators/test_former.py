"""Figures of a merged province by the provinces it was made of: from rows, and as each of them reported (IN-25, PT4)."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.indicators.models import Contradiction, Observation
from registry.places.models import AdministrativeUnit
from registry.places.queries.former_provinces import communes_from, former_provinces
from registry.places.rules import FORMER_ROOT
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.indicators import held, take_part
from tests.factories.pages import opened, parsed, words_of

BEN_TRE, TRA_VINH, VINH_LONG = f"{FORMER_ROOT}83/", f"{FORMER_ROOT}84/", f"{FORMER_ROOT}86/"
NOW = "VN/86/"
DAY = date(2026, 3, 1)
PERIOD = {"starts": ["01", "01", "2026"], "ends": ["30", "06", "2026"]}


@pytest.fixture
def planner(client: Client, session: Session) -> Client:
    """Of Vĩnh Long, with 5 + 3 + 2 attendances: in a commune that was Bến Tre's, in one of Trà Vinh, at the province.

    One person learnt in both communes.
    """
    for code, path, people in (
        ("BT-1", "VN/86/29110/", range(1, 6)),
        ("TV-1", "VN/86/29266/", (5, 6, 7)),
        ("VL-1", NOW, (8, 9)),
        ("LC-1", "VN/12/", range(20, 40)),
    ):
        take_part(session, held(session, code, "vocational", DAY, path), people)
    session.commit()
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, NOW))
    make(client, "VL-NGHE", "people", "people_trained")
    return client


def make(client: Client, code: str, unit: str, query: str, **more: Any) -> None:
    terms = {
        "code": code,
        "name": f"Người học nghề {code}",
        "office": f"unit:{NOW}",
        "kind": "count",
        "unit": unit,
        "definition": "Số người học nghề",
        "owner": "Sở Nội vụ",
        "source": "Kế hoạch 1/KH-UBND",
        "query": query,
        "parameters": "category = vocational" if query else "",
        **more,
    }
    assert post(client, "/chi-tieu/tao", terms).status_code == 303


def card(client: Client, code: str = "VL-NGHE") -> dict[str, list[str]]:
    """{name of a line: its cells} of the card by former provinces."""
    page = opened(client, f"/chi-tieu/{code}?ky=2026-n1")
    rows = page.xpath("//section[@id='tinh-cu']//tr[th[@scope='row']]")
    return {words_of(row.xpath("th")[0]): [words_of(cell) for cell in row.xpath("td")] for row in rows}


def test_every_commune_of_today_lies_in_one_former_province(session: Session) -> None:
    unit = AdministrativeUnit
    provinces = session.scalars(
        select(unit.path).where(unit.path.startswith(FORMER_ROOT), unit.level == "province")
    ).all()
    found = [path for one in provinces for path in set(session.scalars(communes_from(one)))]
    communes = session.scalars(
        select(unit.path).where(unit.level == "commune", unit.valid_to.is_(None))
    ).all()
    assert len(provinces) == 63
    assert sorted(found) == sorted(communes)  # none twice, none left out
    assert [one.path for one in former_provinces(session, NOW)] == [BEN_TRE, TRA_VINH, VINH_LONG]
    assert former_provinces(session, "VN/12/") == []  # Lai Châu was not merged


def test_rows_are_counted_again_for_former_provinces_and_for_all(planner: Client) -> None:
    lines = card(planner)
    assert [(name, cells[0].split()[0]) for name, cells in lines.items()] == [
        ("Tỉnh Bến Tre (cũ)", "5"),
        ("Tỉnh Trà Vinh (cũ)", "3"),
        ("Tỉnh Vĩnh Long (cũ)", "–Chưa"),
        ("Dòng không ghi xã", "2"),
        ("Tỉnh Vĩnh Long", "9"),
    ]
    text = words_of(opened(planner, "/chi-tieu/VL-NGHE?ky=2026-n1"))
    assert "Đếm lại từ từng dòng theo đơn vị ghi trên dòng" in text
    assert "không cộng thành số của tỉnh nay" in text


def test_attendances_of_the_parts_add_up_to_those_of_the_province(planner: Client) -> None:
    make(planner, "VL-LUOT", "attendances", "attendances")
    *parts, whole = [cells[0].split()[0] for cells in card(planner, "VL-LUOT").values()]
    assert parts == ["5", "3", "–Chưa", "2"]  # nothing was ever entered of the third: no nought is guessed
    assert sum(int(one) for one in parts if one.isdigit()) == int(whole) == 10
    assert "không cộng thành" not in words_of(opened(planner, "/chi-tieu/VL-LUOT?ky=2026-n1"))


def test_a_figure_of_a_former_province_opens_its_own_rows(planner: Client) -> None:
    page = opened(planner, "/chi-tieu/VL-NGHE?ky=2026-n1")
    hrefs = page.xpath("//section[@id='tinh-cu']//a/@href")
    told = [words_of(opened(planner, href)) for href in hrefs]
    assert "5 người, đúng 5 dòng" in told[0]
    assert "Bến Tre (cũ)" in told[0]
    assert "2 người, đúng 2 dòng" in told[2]
    assert "9 người, đúng 9 dòng" in told[3]


def test_the_whole_page_can_be_asked_for_a_former_province(planner: Client) -> None:
    make(planner, "VL-NV", "tasks", "programme_tasks", parameters="")
    page = opened(planner, "/chi-tieu?ky=2026-n1&pham-vi=VN-63/84/")
    text = words_of(page)
    assert page.xpath("//select[@name='pham-vi']/option[@selected]/@value") == [TRA_VINH]
    assert "tỉnh Trà Vinh (cũ)" in text
    assert "Đếm lại từ từng dòng" in text
    assert "Cách đếm này không tách theo từng phần của địa bàn" in text
    training = page.xpath("//section[@id='dao-tao']//tfoot/tr/td")
    assert [words_of(one) for one in training] == ["3", "3"]
    csv = planner.get("/chi-tieu/bang/dao-tao.csv?ky=2026-n1&pham-vi=VN/86/=").text
    assert "Mọi nội dung,2,2" in csv


def test_what_is_no_part_of_the_province_is_not_asked_for(planner: Client) -> None:
    for part in ("VN-63/12/", "VN-63/99/", "VN-63/83/x", "=", "VN/12/=", "VN-older/"):
        page = opened(planner, f"/chi-tieu?ky=2026-n1&pham-vi={part}")
        assert page.xpath("//select[@name='pham-vi']/option[@selected]/@value") == [NOW]
    rows = words_of(opened(planner, "/chi-tieu/VL-NGHE/dong?ky=2026-n1&pham-vi=VN-63/12/"))
    assert "9 người, đúng 9 dòng" in rows  # all of its own, nothing of Lai Châu's twenty


def observed(**more: Any) -> dict[str, Any]:
    return {**PERIOD, "amount": "5", "source": "Báo cáo 5", "why_missing": "", "part_of": "", **more}


def test_former_provinces_report_apart_and_are_merged_whole(planner: Client, session: Session) -> None:
    for former, amount in ((BEN_TRE, "5"), (TRA_VINH, "4")):
        answer = post(planner, "/chi-tieu/VL-NGHE/so-lieu", observed(former=former, amount=amount))
        assert answer.status_code == 303
    merged = card(planner)["Tỉnh Vĩnh Long"][1]
    assert merged == "–Chưa có số liệu: tỉnh Vĩnh Long (cũ)"
    named = session.scalars(select(Contradiction)).one()
    assert named.text.startswith("tỉnh Trà Vinh (cũ): ")  # 4 reported, 3 counted
    assert (
        post(planner, "/chi-tieu/VL-NGHE/so-lieu", observed(former=VINH_LONG, amount="7")).status_code == 303
    )
    lines = card(planner)
    assert lines["Tỉnh Trà Vinh (cũ)"][1] == "4"
    assert lines["Tỉnh Vĩnh Long"][1] == "16Cộng trọn số của các đơn vị cũ"
    # The figure of the province of today is what is counted there, and no former one is taken for it.
    assert post(planner, "/chi-tieu/VL-NGHE/so-lieu", observed(former="", amount="9")).status_code == 303
    kept = session.scalars(select(Observation).where(Observation.replaced_by_id.is_(None)))
    assert {one.unit_path for one in kept} == {NOW, BEN_TRE, TRA_VINH, VINH_LONG}
    page = words_of(opened(planner, "/chi-tieu?ky=2026-n1&pham-vi=VN/86/"))
    assert "Khớp" in page  # 9 reported of the province of today, 9 counted


def test_shares_are_not_merged_and_about_is_not_exact(planner: Client) -> None:
    make(planner, "VL-TL", "percent", "", kind="share")
    for former in (BEN_TRE, TRA_VINH, VINH_LONG):
        post(planner, "/chi-tieu/VL-TL/so-lieu", observed(former=former, amount="50"))
    assert "mỗi tỷ lệ có mẫu số riêng" in card(planner, "VL-TL")["Tỉnh Vĩnh Long"][1]
    make(planner, "VL-KH", "people", "")
    for former, amount in ((BEN_TRE, "khoảng 5"), (TRA_VINH, "4"), (VINH_LONG, "4")):
        post(planner, "/chi-tieu/VL-KH/so-lieu", observed(former=former, amount=amount))
    assert card(planner, "VL-KH")["Tỉnh Vĩnh Long"][1] == "–Chưa có số liệu: tỉnh Bến Tre (cũ)"


def test_a_province_that_is_no_part_is_refused_and_one_not_merged_is_not_asked(
    planner: Client, session: Session
) -> None:
    answer = post(planner, "/chi-tieu/VL-NGHE/so-lieu", observed(former="VN-63/12/"))
    page = parsed(answer, 422)
    assert page.xpath("//input[@name='source']/@value") == ["Báo cáo 5"]
    assert session.scalars(select(Observation)).all() == []
    sign_in(planner, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    make(planner, "LC-NGHE", "people", "people_trained", office="unit:VN/12/")
    assert card(planner, "LC-NGHE") == {}
    assert not opened(planner, "/chi-tieu/LC-NGHE/so-lieu").xpath("//select[@name='former']")


def test_the_report_of_a_former_province_says_so_and_how(planner: Client) -> None:
    answer = planner.get("/chi-tieu/bao-cao/xem.xlsx?ky=2026-n1&pham-vi=VN-63/83/")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    text = " ".join(
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    )
    assert "tỉnh Bến Tre (cũ)" in text
    assert "Đếm lại từ từng dòng" in text


def test_a_share_is_at_most_all_and_a_second_figure_says_what_it_takes_the_place_of(
    planner: Client, session: Session
) -> None:
    make(planner, "VL-TL", "percent", "", kind="share")
    wrong = parsed(post(planner, "/chi-tieu/VL-TL/so-lieu", observed(former="", amount="146,5")), 422)
    assert "không quá 100 %" in words_of(wrong)
    assert wrong.xpath("//input[@name='amount']/@value") == ["146,5"]
    for amount in ("100", "46,5"):
        assert post(planner, "/chi-tieu/VL-TL/so-lieu", observed(former="", amount=amount)).status_code == 303
    assert "thay cho 100 %" in words_of(opened(planner, "/chi-tieu/VL-TL")).replace("\xa0", " ")
