"""Dedicated lines of training: planned, committed, paid, beyond the plan; what was spent outside them is listed apart."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.operations import grant_role
from registry.accounts.rules import Role, Scope
from registry.policies.rules.budgets import EntryKind
from registry.training.models import (
    TrainingBudgetLine,
    TrainingCourse,
    TrainingProgramme,
    TrainingSpending,
)
from registry.training.operations import create
from registry.training.operations.spending import Money, spend
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories import training as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.pages import opened, words_of
from tests.web.reading import statements

HERE, THERE = "VN/12/", "VN/01/"
LINE: dict[str, Any] = {
    "programme_code": "CLC", "name": "Đào tạo nhân lực chất lượng cao", "year": "2026", "source": "Ngân sách tỉnh",
    "document": "Nghị quyết 12/NQ-HĐND", "planned": "1.000.000.000",
}  # fmt: skip
PAID: dict[str, Any] = {
    "kind": "paid",
    "amount": "400 triệu",
    "on": ["02", "03", "2026"],
    "note": "Học phí đợt 1",
}


def programme(session: Session, code: str = "CLC", path: str = HERE) -> TrainingProgramme:
    row = TrainingProgramme(code=code, name=f"Chương trình {code}", **make.place(session, path))
    return create(session, row, make.act())


def line_of(
    session: Session, of: TrainingProgramme, name: str = "Dòng", year: int = 2026
) -> TrainingBudgetLine:
    row = TrainingBudgetLine(programme=of, year=year, name=name, source="Ngân sách", planned_vnd=1_000)
    return create(session, row, make.act())


def outside(
    session: Session, course: TrainingCourse, note: str, amount: int = 70, day: date = make.END
) -> None:
    spend(session, course, Money(EntryKind.PAID, amount, day, note), make.act())


def parts(page: str) -> tuple[str, str]:
    """What the page says of dedicated lines, and of money outside them."""
    lines, apart = page.split('id="ngoai-dong"')
    return lines.split('id="dong-rieng"')[1], apart


def test_money_of_a_line_is_counted_and_spending_outside_it_is_listed_apart_hp9(
    desk: Client, session: Session
) -> None:
    programme(session)
    make.course(session, "KH-LE")
    assert post(desk, "/dao-tao/kinh-phi/tao", LINE).status_code == 303
    row = session.scalars(select(TrainingBudgetLine)).one()
    at = f"/dao-tao/kinh-phi/{row.public_id}"
    committed = PAID | {"kind": "committed", "amount": "600 triệu", "note": "Hợp đồng"}
    for entry in (
        committed,
        PAID,
        PAID | {"amount": "1 triệu"},
        PAID | {"amount": "1 triệu", "takes_back": "y"},
    ):
        assert post(desk, f"{at}/ghi", entry).status_code == 303
    apart = {**PAID, "course_code": "KH-LE", "amount": "75.000.000", "note": "Chi không qua dòng riêng"}
    assert post(desk, "/dao-tao/kinh-phi/ngoai", apart).status_code == 303
    page = desk.get("/dao-tao/kinh-phi").text
    lines, listed = parts(page)
    for words in (
        "Đào tạo nhân lực chất lượng cao",
        "Ngân sách tỉnh",
        "Nghị quyết 12/NQ-HĐND",
        "1.000.000.000",
    ):
        assert words in lines
    assert 'data-label="Đã cam kết">600.000.000</td>' in lines
    assert 'data-label="Đã chi">400.000.000</td>' in lines
    assert "75.000.000" not in lines
    assert "Chi không qua dòng riêng" in listed
    assert "Khóa học KH-LE" in listed
    assert "Đã cam kết 75.000.000 ₫, đã chi 75.000.000 ₫" in listed
    assert "Học phí đợt 1" not in listed
    assert "quá dự toán" not in page
    assert "Học phí đợt 1" in words_of(opened(desk, at))


def test_a_plan_beyond_the_line_warns_where_it_is_entered_and_where_it_is_read_hp9(
    desk: Client, session: Session
) -> None:
    row = line_of(session, programme(session), "Dòng vượt")
    at = f"/dao-tao/kinh-phi/{row.public_id}"
    entered = PAID | {"kind": "committed", "amount": "1.250"}
    answer = post(desk, f"{at}/ghi", entered)
    assert "Đã cam kết quá dự toán 250 ₫" in words_of(opened(desk, answer.headers["Location"]))
    assert "quá dự toán" in parts(desk.get("/dao-tao/kinh-phi").text)[0]
    assert "Dòng vượt (quá 250 ₫)" in words_of(opened(desk, "/dao-tao/kinh-phi"))
    wider = LINE | {"planned": "1.250", "version": str(row.version)}
    assert post(desk, f"{at}/sua", wider).status_code == 303
    assert "quá dự toán" not in words_of(opened(desk, at))
    assert post(desk, f"{at}/sua", wider | {"planned": "9"}).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"course_code": "KH-LE"}, "một trong hai"),
        ({"programme_code": ""}, "một trong hai"),
        ({"programme_code": "XA"}, "Không có mã này trong phạm vi bạn được ghi"),
        ({"source": " "}, "Nhập nguồn kinh phí"),
        ({"planned": "một tỷ"}, "Nhập số tiền nguyên đồng"),
        ({"year": "1"}, "Nhập số từ 2000 đến 2100"),
    ],
)
def test_a_line_says_what_it_is_for_and_whence_it_comes_hp9(
    desk: Client, session: Session, wrong: dict[str, str], sentence: str
) -> None:
    programme(session)
    programme(session, "XA", THERE)
    make.course(session, "KH-LE")
    refused = post(desk, "/dao-tao/kinh-phi/tao", LINE | wrong)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert 'value="Đào tạo nhân lực chất lượng cao"' in refused.text
    assert session.scalars(select(TrainingBudgetLine)).all() == []


def test_money_that_has_not_come_or_is_for_training_elsewhere_is_not_entered_hp9(
    desk: Client, session: Session
) -> None:
    make.course(session, "KH-XA", path=THERE)
    apart = {**PAID, "course_code": "KH-XA"}
    for typed in (apart, PAID | {"course_code": ""}, apart | {"on": ["02", "03", "2999"]}):
        assert post(desk, "/dao-tao/kinh-phi/ngoai", typed).status_code == 422
    row = line_of(session, programme(session))
    assert post(desk, f"/dao-tao/kinh-phi/{row.public_id}/ghi", {**PAID, "amount": "0"}).status_code == 422
    assert session.scalars(select(TrainingSpending)).all() == []
    session.add(TrainingSpending(kind=EntryKind.PAID, amount_vnd=1, on=make.END))
    with pytest.raises(IntegrityError):
        session.flush()


def test_everybody_sees_the_money_of_their_own_training_alone_hp9(
    desk: Client, session: Session, client: Client
) -> None:
    """Two provinces; an officer of each, an auditor who only reads, an officer elsewhere who is auditor here."""
    near, far = programme(session, "GẦN"), programme(session, "XA", THERE)
    rows = {name: line_of(session, of, name) for name, of in (("Dòng gần", near), ("Dòng xa", far))}
    outside(session, make.course(session, "KH-GAN"), "chi gần", 11)
    outside(session, make.course(session, "KH-XA", path=THERE), "chi xa", 13)
    page = words_of(opened(desk, "/dao-tao/kinh-phi"))
    assert "Dòng gần" in page
    assert "chi gần" in page
    assert "đã chi 11 ₫" in page
    assert "Dòng xa" not in page
    assert "chi xa" not in page
    assert "Thêm dòng kinh phí" in page
    strange = f"/dao-tao/kinh-phi/{rows['Dòng xa'].public_id}"
    assert desk.get(strange).status_code == desk.get(f"{strange}/sua").status_code == 404
    assert post(desk, f"{strange}/ghi", PAID).status_code == 404
    auditor = browser(client.application, session)
    sign_in(auditor, account(session, Role.AUDITOR, HERE))
    own = f"/dao-tao/kinh-phi/{rows['Dòng gần'].public_id}"
    seen = words_of(opened(auditor, "/dao-tao/kinh-phi"))
    assert "Dòng gần" in seen
    assert "Thêm dòng kinh phí" not in seen
    assert "Ghi thêm" not in words_of(opened(auditor, own))
    assert post(auditor, f"{own}/ghi", PAID).status_code == 403


def test_an_officer_elsewhere_who_is_auditor_here_reads_and_does_not_write_hp9(
    client: Client, session: Session
) -> None:
    who = account(session, Role.OFFICER, THERE)
    grant_role(session, who, Role.AUDITOR, Scope(HERE), by=None, starts_on=today(), at=make.act().at)
    sign_in(client, who)
    row = line_of(session, programme(session), "Dòng gần")
    own = f"/dao-tao/kinh-phi/{row.public_id}"
    assert "Ghi thêm" not in words_of(opened(client, own))
    assert client.get(f"{own}/sua").status_code == 404
    assert post(client, f"{own}/ghi", PAID).status_code == 404
    make.course(session, "KH-GAN")
    assert post(client, "/dao-tao/kinh-phi/ngoai", {**PAID, "course_code": "KH-GAN"}).status_code == 422
    assert post(client, "/dao-tao/kinh-phi/tao", LINE | {"programme_code": "CLC"}).status_code == 422


def test_the_page_is_narrowed_to_a_year_and_costs_the_same_however_many_lines_hp9(
    desk: Client, session: Session
) -> None:
    of, course = programme(session), make.course(session, "KH-LE")
    line_of(session, of, "Dòng cũ", 2024)
    outside(session, course, "chi cũ", 5, date(2024, 5, 6))
    outside(session, course, "chi nay")
    with statements(session) as alone:
        desk.get("/dao-tao/kinh-phi")
    for number in range(5):
        row = line_of(session, of, f"Dòng {number}")
        spend(session, row, Money(EntryKind.PAID, 5, make.END), make.act())
        outside(session, course, f"chi {number}")
    session.flush()
    with statements(session) as many:
        desk.get("/dao-tao/kinh-phi")
    assert len(many) <= len(alone)
    page = words_of(opened(desk, "/dao-tao/kinh-phi?nam=2024"))
    assert "Dòng cũ" in page
    assert "chi cũ" in page
    assert "Dòng 3" not in page
    assert "chi nay" not in page
    assert "Dòng 3" in words_of(opened(desk, "/dao-tao/kinh-phi?nam=khong"))
