"""Many codes and addresses pasted to a shortlist: told line by line, nobody hidden confirmed, added in order."""

import re
from html import unescape

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.matching.models import Shortlist, ShortlistEntry
from registry.people.models import Person
from registry.people.rules import ContactDraft, ContactKind
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS

NOBODY = "Không tìm thấy, hoặc ngoài phạm vi bạn được xem"


@pytest.fixture
def path(officer: Client) -> str:
    """The address of a new, empty list."""
    made: str = post(officer, "/danh-sach", {"ten": "Kỹ sư"}).headers["Location"]
    return made


def mail(address: str) -> tuple[ContactDraft, ...]:
    return (ContactDraft(ContactKind.EMAIL, address),)


def results(page: str) -> list[tuple[str, str, str]]:
    """Line, what was pasted, what is said of it."""
    rows = re.findall(
        r'<tr><td class="num"[^>]*>(\d+)</td>\s*<th scope="row">(.*?)</th>\s*<td[^>]*>(.*?)</td>',
        page,
        re.DOTALL,
    )
    return [
        (line, unescape(text), unescape(re.sub(r"<[^>]+>", "", said)).strip()) for line, text, said in rows
    ]


def on_list(session: Session) -> list[tuple[int, str]]:
    rows = session.execute(
        select(ShortlistEntry.person_id, ShortlistEntry.note)
        .where(ShortlistEntry.removed_at.is_(None))
        .order_by(ShortlistEntry.id)
    )
    return [(row[0], row[1]) for row in rows]


def test_every_line_is_told_and_whoever_is_found_is_added_in_order_with_a_history(
    officer: Client, session: Session, path: str
) -> None:
    first = make.person(session, "A Một", contacts=mail("mot@vidu.vn"))
    second = make.person(session, "B Hai", external_id="SNV-07")
    third = make.person(session, "C Ba")
    post(officer, f"{path}/dan-ma/them", {"ma_dan": third.code})
    typed = f"SNV-07, {first.code.lower()}\nMOT@vidu.vn; {third.code}\nHS-1\nkhong co"
    page = post(officer, f"{path}/dan-ma", {"ma_dan": typed, "ghi_chu": "từ Sở"})
    assert page.status_code == 200
    assert results(page.text) == [
        ("1", "SNV-07", "Tìm thấy"),
        ("1", first.code.lower(), "Tìm thấy"),
        ("2", "MOT@vidu.vn", "Trùng với dòng 1"),
        ("2", third.code, "Đã ở trong danh sách"),
        ("3", "HS-1", NOBODY),
        ("4", "khong co", NOBODY),
    ]
    assert unescape(page.text).count(typed) == 1
    assert "từ Sở" in page.text
    assert [one for one, _note in on_list(session)] == [third.id]
    answer = post(officer, f"{path}/dan-ma/them", {"ma_dan": typed, "ghi_chu": "từ Sở"})
    assert answer.status_code == 303
    assert on_list(session) == [(third.id, ""), (second.id, "từ Sở"), (first.id, "từ Sở")]
    shown = officer.get(answer.headers["Location"]).text
    assert "2 mã không dẫn đến hồ sơ nào" in shown
    assert "Lò Thị Hạnh thêm B Hai" in shown
    added = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "shortlist.added").order_by(AuditEvent.id)
    ).all()
    assert len(added) == 2
    listed = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "people.listed").order_by(AuditEvent.id)
    ).all()
    assert len(listed) == 2  # the lines told, and the list


def test_who_may_not_be_seen_and_who_does_not_exist_are_answered_in_the_same_words(
    officer: Client, session: Session, path: str
) -> None:
    away = make.person(
        session, "Người Sơn La", unit_path="VN/14/", external_id="XA-1", contacts=mail("xa@vidu.vn")
    )
    hidden = make.person(
        session, "Vàng A Páo", consents=ANONYMOUS, external_id="AN-1", contacts=mail("an@vidu.vn")
    )
    typed = [away.code, "XA-1", "xa@vidu.vn", "AN-1", "an@vidu.vn", "HS-1", "AN-2", "khong@vidu.vn"]
    page = post(officer, f"{path}/dan-ma", {"ma_dan": "\n".join(typed)}).text
    assert [said for _line, _text, said in results(page)] == [NOBODY] * len(typed)
    assert "/ung-vien/" not in page.split("<main", 1)[1].split("tung-dong")[1]
    by_code = post(officer, f"{path}/dan-ma", {"ma_dan": f"{hidden.code}\nan@vidu.vn"}).text
    assert [said for _line, _text, said in results(by_code)] == ["Tìm thấy", NOBODY]
    assert "Páo" not in by_code
    post(officer, f"{path}/dan-ma/them", {"ma_dan": "\n".join(typed)})
    assert on_list(session) == []


def test_an_id_that_an_office_gave_twice_adds_nobody(officer: Client, session: Session, path: str) -> None:
    make.people(session, ["A Một", "B Hai"], external_id="SNV-07")
    page = post(officer, f"{path}/dan-ma/them", {"ma_dan": "SNV-07"})
    assert page.status_code == 303
    assert "Nhiều hồ sơ" in post(officer, f"{path}/dan-ma", {"ma_dan": "SNV-07"}).text
    assert on_list(session) == []


@pytest.mark.parametrize("rest", ["", "/them"])
def test_too_many_or_none_is_an_error_and_nothing_typed_is_lost(
    officer: Client, session: Session, path: str, rest: str
) -> None:
    typed = ",".join(f"HS-{number}" for number in range(501))
    page = post(officer, f"{path}/dan-ma{rest}", {"ma_dan": typed, "ghi_chu": "từ Sở"})
    assert page.status_code == 422
    assert "Bạn dán 501 mã. Mỗi lần tối đa 500 mã" in page.text
    assert typed in page.text
    assert "từ Sở" in page.text
    assert post(officer, f"{path}/dan-ma{rest}", {"ma_dan": " ;\n"}).status_code == 422
    page = post(officer, f"{path}/dan-ma{rest}", {"ma_dan": "HS-1", "ghi_chu": "x" * 501})
    assert page.status_code == 422
    assert "x" * 501 in page.text


def test_five_hundred_are_looked_up_by_as_many_statements_as_one(
    officer: Client, session: Session, path: str
) -> None:
    make.person(session, "A Một", contacts=mail("mot@vidu.vn"))

    def statements(typed: str) -> int:
        count = 0

        def one_more(*_told: object) -> None:
            nonlocal count
            count += 1

        event.listen(session.get_bind(), "before_cursor_execute", one_more)
        assert post(officer, f"{path}/dan-ma", {"ma_dan": typed}).status_code == 200
        event.remove(session.get_bind(), "before_cursor_execute", one_more)
        return count

    statements("HS-1\nmot@vidu.vn")
    few = statements("HS-1\nmot@vidu.vn")
    codes = [f"HS-{number}" for number in range(250)]
    assert (
        statements("\n".join([*codes, *(f"nguoi{number}@vidu.vn" for number in range(249)), "mot@vidu.vn"]))
        == few
    )


def test_a_list_of_somebody_else_takes_no_paste(officer: Client, session: Session, path: str) -> None:
    code = session.scalars(select(Person.code)).first() or "HS-1"
    sign_in(officer, account(session, Role.OFFICER, "VN/12/", name="Người khác"))
    assert officer.get(f"{path}/dan-ma").status_code == 404
    assert post(officer, f"{path}/dan-ma", {"ma_dan": code}).status_code == 404
    assert post(officer, f"{path}/dan-ma/them", {"ma_dan": code}).status_code == 404


def test_an_empty_list_is_begun_by_its_name(officer: Client, session: Session) -> None:
    refused = post(officer, "/danh-sach", {"ten": " "})
    assert refused.status_code == 422
    assert "Nhập tên" in refused.text
    answer = post(officer, "/danh-sach", {"ten": "Hội đồng"})
    assert "Dán nhiều mã" in officer.get(answer.headers["Location"]).text
    assert session.scalars(select(Shortlist.name)).all() == ["Hội đồng"]
