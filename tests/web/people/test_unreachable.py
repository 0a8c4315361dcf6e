"""Whom letters do not reach: for the office that keeps the record, as long as the address is closed."""

from sqlalchemy.orm import Session

from registry.mail.operations import queue_letter, send_letter_again, suppress_address
from registry.mail.rules import Letter
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.letters import AT, VALUES

PAGE = "/ung-vien/thu-khong-toi"


def test_people_whose_address_refuses_letters_are_listed_until_it_takes_them(
    officer: Client, session: Session
) -> None:
    person, reached = make.person(session, "Lò Văn Xa"), make.person(session, "Vàng Thị Gần")
    elsewhere = make.person(session, "Tòng Văn Khác", unit_path="VN/14/")
    letters: dict[int, str] = {}
    for number, one in enumerate((person, reached, elsewhere)):
        to = f"n{number}@vidu.vn"
        letter = queue_letter(session, Letter("no_account", "vi", to, VALUES, person=one.public_id), at=AT)
        if one is not reached:
            suppress_address(session, to, "bounced", at=AT)
        letters[one.id] = letter.public_id
    session.commit()
    page = officer.get(PAGE).text
    assert "Lò Văn Xa" in page
    assert "Vàng Thị Gần" not in page
    assert "Tòng Văn Khác" not in page
    assert "n0@vidu.vn" not in page
    assert send_letter_again(session, letters[person.id], at=AT)
    session.commit()
    assert "Thư đều tới" in officer.get(PAGE).text
