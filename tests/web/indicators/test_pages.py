"""The pages of indicators: written through forms, told in the same numbers on page, CSV, workbook and paper."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.indicators.models import Contradiction, Indicator, Observation, ReportSnapshot
from registry.indicators.rules.contradictions import ContradictionState
from registry.indicators.rules.snapshots import SnapshotState
from registry.training.models import Participation
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.indicators import held, lai_chau_training, printed, take_part
from tests.factories.pages import opened, parsed, words_of
from tests.factories.people import person

PERIOD = {"starts": ["01", "01", "2025"], "ends": ["30", "06", "2025"]}


@pytest.fixture
def planner(client: Client, session: Session) -> Client:
    """A client signed in as a campaign administrator of Lai Châu, where a little of its programme is."""
    lai_chau_training(session)
    printed(session, "LC")
    session.commit()
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    return client


def terms(**more: Any) -> dict[str, Any]:
    return {
        "code": "LC-THU",
        "name": "Người học nghề (thử)",
        "office": "unit:VN/12/",
        "kind": "count",
        "unit": "people",
        "definition": "Số người học nghề",
        "owner": "Sở Nội vụ",
        "source": "Kế hoạch 1/KH-UBND",
        "query": "people_trained",
        "parameters": "category = vocational",
        **more,
    }


def test_the_page_tells_figures_with_their_plans_and_what_they_contradict(planner: Client) -> None:
    page = opened(planner, "/chi-tieu?ky=2025-n1")
    text = words_of(page)
    for told in (
        "10,6",
        "66,4",
        "133,1",
        "Báo cáo ghi 9,8",
        "không được in",
        "đúng 160",
        "Nằm trong «Giải quyết việc làm»",
    ):
        assert told in text.replace("\xa0", " "), told
    assert "3 chỗ lệch" in text
    drawings = page.xpath("//svg[contains(@class, 'chart')]")
    assert len(drawings) == 6  # pairs, map and line, each for a desk and for a phone
    names = words_of(page.xpath("//svg[contains(@class, 'tile-map')]")[0])
    assert "Hoàng Sa" in names
    assert "Trường Sa" in names
    assert len(page.xpath("//section[@id='ban-do']//tbody/tr")) == 34
    compared = words_of(opened(planner, "/chi-tieu?ky=2025-n1&so-voi=ky-truoc"))
    assert "Không so được với kỳ trước" in compared


def test_a_number_opens_as_many_rows_as_it_says_and_names_nobody_out_of_sight(
    planner: Client, session: Session
) -> None:
    mine, other = person(session, "Lò Thị Hạnh"), person(session, "Trần Văn Xa", unit_path="VN/01/")
    where = held(session, "LC-M", "vocational", date(2025, 3, 1), "VN/12/")
    for one in (mine, other):
        session.add(
            Participation(
                session_id=where.session.id,
                person_id=one.id,
                participant=one.id,
                state="completed",
                category="vocational",
                happened_on=where.day,
                unit_path="VN/12/",
            )
        )
    session.commit()
    page = opened(planner, "/chi-tieu/LC-DTN?ky=2025-n1")
    href = page.xpath("//div[contains(@class,'tile')]//a/@href")[0]
    rows = opened(planner, href)
    text = words_of(rows)
    assert "718 người, đúng 718 dòng" in text
    last = words_of(opened(planner, f"{href}&trang=15"))
    assert mine.code in text + last
    assert other.code not in text + last
    assert "Có hồ sơ, ngoài phạm vi xem" in text + last
    assert "Trần Văn Xa" not in text + last


def test_a_commune_sees_its_own_figures_and_others_see_nothing(planner: Client, session: Session) -> None:
    commune = "VN/12/03388/"
    take_part(session, held(session, "LC-XA", "vocational", date(2025, 2, 1), commune), range(60_001, 60_006))
    session.commit()
    part = words_of(opened(planner, f"/chi-tieu/LC-DTN/dong?ky=2025-n1&pham-vi={commune}"))
    assert "5 người, đúng 5 dòng" in part
    stranger = browser(planner.application, session)
    sign_in(stranger, account(session, Role.OFFICER, "VN/01/"))
    assert stranger.get("/chi-tieu/LC-DTN").status_code == 404
    assert stranger.get("/chi-tieu/LC-DTN/dong").status_code == 404
    assert "Chưa có chỉ tiêu nào" in stranger.get("/chi-tieu").text


def test_a_measure_is_written_given_a_target_and_observed(planner: Client, session: Session) -> None:
    wrong = parsed(post(planner, "/chi-tieu/tao", terms(code="lc thu", owner="", parameters="category")), 422)
    said = words_of(wrong)
    assert "Mã chỉ gồm chữ in hoa" in said
    assert "Ghi cơ quan chịu trách nhiệm" in said
    assert "thiếu dấu =" in said
    assert "Người học nghề (thử)" in wrong.xpath("//input[@name='name']/@value")
    assert "không cho số bằng đơn vị tính này" in words_of(
        parsed(post(planner, "/chi-tieu/tao", terms(unit="tasks")), 422)
    )
    assert post(planner, "/chi-tieu/tao", terms()).status_code == 303
    assert "đã có chỉ tiêu khác dùng" in words_of(parsed(post(planner, "/chi-tieu/tao", terms()), 422))
    target = {
        **PERIOD,
        "amount": "khoảng 100",
        "unit": "people",
        "reading": "whole_period",
        "document": "Kế hoạch 2",
    }
    assert "bỏ chữ «khoảng»" in words_of(parsed(post(planner, "/chi-tieu/LC-THU/giao", target), 422))
    assert post(planner, "/chi-tieu/LC-THU/giao", {**target, "amount": "1.000"}).status_code == 303
    observed = {
        **PERIOD,
        "amount": "9.8",
        "source": "Báo cáo 5",
        "why_missing": "",
        "part_of": "",
        "percent": "",
    }
    answer = parsed(post(planner, "/chi-tieu/LC-THU/so-lieu", observed), 422)
    assert "dấu phẩy ngăn phần lẻ" in words_of(answer)
    assert answer.xpath("//input[@name='amount']/@value") == ["9.8"]
    assert "Nhập số, hoặc chọn vì sao" in words_of(
        parsed(post(planner, "/chi-tieu/LC-THU/so-lieu", {**observed, "amount": ""}), 422)
    )
    told = {**observed, "amount": "700", "percent": "bằng 59,7% kế hoạch"}
    assert post(planner, "/chi-tieu/LC-THU/so-lieu", told).status_code == 303
    made = session.scalars(select(Indicator).where(Indicator.code == "LC-THU")).one()
    assert [one.amount for one in made.targets] == ["1000"]
    found = session.scalars(select(Contradiction.text).where(Contradiction.indicator_id == made.id)).all()
    assert any("700 ÷ 1.000 = 70,0" in one.replace("\xa0", " ") for one in found)
    assert any("lệch +16" in one for one in found)  # 716 counted, 700 reported: neither is corrected
    again = {**observed, "amount": "716"}
    post(planner, "/chi-tieu/LC-THU/so-lieu", again)
    kept = session.scalars(select(Observation).where(Observation.indicator_id == made.id)).all()
    assert [one.amount for one in kept] == ["700", "716"]
    assert kept[0].replaced_by_id == kept[1].id


def test_a_part_larger_than_its_whole_is_refused_at_its_field(planner: Client, session: Session) -> None:
    whole = session.scalars(select(Observation).where(Observation.published_id == "LC-06")).one()
    told = {
        **PERIOD,
        "amount": "5.648",
        "source": "Báo cáo",
        "part_of": whole.public_id,
        "why_missing": "",
        "percent": "",
    }
    answer = words_of(parsed(post(planner, "/chi-tieu/LC-XKLD/so-lieu", told), 422))
    assert "nhiều hơn tổng 5.647" in answer


def test_a_version_saved_meanwhile_is_not_overwritten(planner: Client, session: Session) -> None:
    page = opened(planner, "/chi-tieu/LC-DTN/sua")
    old = page.xpath("//input[@name='version']/@value")[0]
    changed = terms(name="Đào tạo nghề, tên mới", version=old)
    assert post(planner, "/chi-tieu/LC-DTN/sua", changed).status_code == 303
    assert post(planner, "/chi-tieu/LC-DTN/sua", terms(name="Tên khác", version=old)).status_code == 409
    found = session.scalars(select(Indicator).where(Indicator.code == "LC-DTN")).one()
    assert found.name == "Đào tạo nghề, tên mới"


def test_a_contradiction_is_explained_on_its_page(planner: Client, session: Session) -> None:
    found = session.scalars(select(Contradiction).join(Indicator).where(Indicator.code == "LC-DTN")).one()
    assert "716 ÷ 6.775" in words_of(opened(planner, "/chi-tieu/doi-chieu"))
    path = f"/chi-tieu/doi-chieu/{found.public_id}"
    assert "Ghi lý do" in words_of(parsed(post(planner, path, {"target": "explained", "reason": ""}), 422))
    assert (
        post(planner, path, {"target": "explained", "reason": "Số kế hoạch của kỳ khác"}).status_code == 303
    )
    session.refresh(found)
    assert found.state is ContradictionState.EXPLAINED
    assert "Số kế hoạch của kỳ khác" in words_of(opened(planner, "/chi-tieu/LC-DTN"))


def test_tables_leave_as_csv_with_the_rows_of_the_page(planner: Client) -> None:
    def table(name: str) -> list[list[str]]:
        answer = planner.get(f"/chi-tieu/bang/{name}.csv?ky=2025-n1")
        assert answer.status_code == 200
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))

    measures = {row[0]: row for row in table("chi-tieu")}
    assert measures["LC-DTN"][6] == "716"
    assert "10,6" in measures["LC-DTN"][8]
    assert table("dao-tao")[-1] == ["Mọi nội dung", "716", "716"]
    assert len(table("tinh")) == 35
    assert table("tien-do")[-1][0] == "Dự báo"
    assert planner.get("/chi-tieu/bang/khac.csv").status_code == 404


def test_a_report_is_frozen_byte_for_byte_and_published_by_a_second_person(
    planner: Client, session: Session
) -> None:
    ask = {"ky": "2025-n1", "pham-vi": "VN/12/"}
    workbook = planner.get("/chi-tieu/bao-cao/xem.xlsx?ky=2025-n1&pham-vi=VN/12/")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(workbook.data))
    assert sheets.sheet_names[:2] == ["Kết quả", "Đào tạo, bồi dưỡng"]
    assert any("716" in str(cell) for row in sheets.get_sheet_by_index(0).to_python() for cell in row)
    assert planner.get("/chi-tieu/bao-cao/xem.pdf?ky=2025-n1&pham-vi=VN/12/").data.startswith(b"%PDF")
    assert post(planner, "/chi-tieu/bao-cao/chot", ask).status_code == 303
    found = session.scalars(select(ReportSnapshot)).one()
    path = f"/chi-tieu/bao-cao/{found.public_id}"
    before = {kind: planner.get(f"{path}/tep.{kind}").data for kind in ("pdf", "xlsx")}
    take_part(
        session, held(session, "LC-SAU", "vocational", date(2025, 6, 1), "VN/12/"), range(90_001, 90_011)
    )
    session.commit()
    assert {kind: planner.get(f"{path}/tep.{kind}").data for kind in ("pdf", "xlsx")} == before
    page = opened(planner, path)
    assert "phải để người khác công bố" in words_of(page)
    rows = next(one for one in page.xpath("//td/a") if words_of(one) == "716")
    assert "726 người, đúng 726 dòng" in words_of(opened(planner, rows.get("href")))  # today's rows, ten more
    post(planner, f"{path}/cong-bo")
    session.refresh(found)
    assert found.state is SnapshotState.FROZEN
    second = browser(planner.application, session)
    sign_in(second, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert post(second, f"{path}/cong-bo").status_code == 303
    session.refresh(found)
    assert found.state is SnapshotState.PUBLISHED
    assert found.published_by_id != found.frozen_by_id
    assert session.scalar(select(func.count(ReportSnapshot.id))) == 1


def test_numbers_are_kept_exactly(planner: Client, session: Session) -> None:
    told = {
        **PERIOD,
        "amount": "khoảng 1.234,50",
        "source": "Báo cáo",
        "why_missing": "",
        "part_of": "",
        "percent": "",
    }
    assert post(planner, "/chi-tieu/LC-SK/so-lieu", told).status_code == 303
    kept = session.scalars(select(Observation).order_by(Observation.id.desc()).limit(1)).one()
    assert (kept.amount, kept.is_about, kept.figure.amount) == ("1234.50", True, Decimal("1234.50"))
