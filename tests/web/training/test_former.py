"""PT4: training of a merged province and of each it was made of, from the same rows, within the reader's scopes."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.training.models import Participation
from registry.training.queries.counting import Period, breakdown
from registry.training.rules import Split
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.indicators import held, take_part
from tests.factories.pages import opened, words_of

REPORT = "/dao-tao/bao-cao?tu=01/01/2026&den=31/12/2026"


@pytest.fixture
def rows(session: Session) -> None:
    """5 attendances in a commune that was Bến Tre's, 3 in Trà Vinh's, 2 at the province; 20 in Lai Châu."""
    day = date(2026, 3, 1)
    for code, path, people in (
        ("BT-1", "VN/86/29110/", range(1, 6)),
        ("TV-1", "VN/86/29266/", (5, 6, 7)),
        ("VL-1", "VN/86/", (8, 9)),
        ("LC-1", "VN/12/", range(20, 40)),
    ):
        take_part(session, held(session, code, "professional", day, path), people)
    session.commit()


def card(client: Client, address: str) -> dict[str, list[str]]:
    """{former province: [lượt, người]}."""
    page = opened(client, address)
    rows = page.xpath("//table[caption[normalize-space()='Theo tỉnh cũ']]/tbody/tr")
    return {words_of(row.xpath("th")[0]): [words_of(cell) for cell in row.xpath("td")] for row in rows}


@pytest.mark.usefixtures("rows")
def test_the_report_is_told_by_former_provinces_and_merged(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/86/"))
    assert card(client, f"{REPORT}&dia-ban=VN/86/") == {
        "Tỉnh Bến Tre (cũ)": ["5", "5"],
        "Tỉnh Trà Vinh (cũ)": ["3", "3"],
        "Tỉnh Vĩnh Long (cũ)": ["–", "–"],
        "Tỉnh Vĩnh Long, dòng không ghi xã": ["2", "2"],
        "Tỉnh Vĩnh Long": ["10", "9"],
    }
    merged = words_of(opened(client, f"{REPORT}&dia-ban=VN/86/"))
    assert "Chuyên môn nghiệp vụ, chức danh nghề nghiệp 10 9" in merged
    former = opened(client, f"{REPORT}&dia-ban=VN-63/84/")
    assert "Chuyên môn nghiệp vụ, chức danh nghề nghiệp 3 3" in words_of(former)
    assert "Tỉnh Trà Vinh (cũ). Đếm lại từ từng dòng" in words_of(former)
    assert former.xpath("//select[@name='dia-ban']/option[@selected]/@value") == ["VN-63/84/"]
    assert card(client, f"{REPORT}&dia-ban=VN-63/84/") == {}
    told = client.get(f"{REPORT.replace('bao-cao', 'bao-cao.csv')}&dia-ban=VN/86/=").text
    assert (
        '"Chuyên môn nghiệp vụ, chức danh nghề nghiệp",2,2,"Tỉnh Vĩnh Long, dòng không ghi xã",2026-01-01'
        in told
    )
    assert "Mọi nhóm, đếm lại từ đầu" in told


@pytest.mark.usefixtures("rows")
def test_a_former_province_of_another_office_tells_nothing(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    for part in ("VN-63/83/", "VN/86/=", "VN/86/"):
        text = words_of(opened(client, f"{REPORT}&dia-ban={part}"))
        assert "Không có ai học trong kỳ này" in text
    # What is no part of any merged province is as if no place had been asked for.
    for part in ("VN-63/12/", "VN-63/83/x/", "VN/12/="):
        page = opened(client, f"{REPORT}&dia-ban={part}")
        assert "Chuyên môn nghiệp vụ, chức danh nghề nghiệp 20 20" in words_of(page)
        assert card(client, f"{REPORT}&dia-ban={part}") == {}


def test_somebody_of_whom_one_list_says_yes_counts_as_yes(session: Session) -> None:
    """Yes beside no or nothing is yes, no beside nothing is no; only who is told of nowhere is unknown."""
    told = {1: (True, None), 2: (True, False), 3: (False, None), 4: (False, False), 5: (None, None)}
    for number in (0, 1):
        where = held(session, f"L-{number}", "professional", date(2026, 3, 1 + number), "VN/12/")
        take_part(session, where, told)
        for person, said in told.items():
            row = select(Participation).where(
                Participation.session_id == where.session.id, Participation.participant == -person
            )
            session.scalars(row).one().is_rural = said[number]
    session.flush()
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope("VN/12/"))])
    found = breakdown(session, viewer, Period(date(2026, 1, 1), date(2026, 12, 31), "VN/12/"))
    assert found["rural"] == Split(2, 2, 1)
    assert found["female"] == Split(0, 0, 5)
    nobody = breakdown(session, viewer, Period(date(2020, 1, 1), date(2020, 12, 31), "VN/12/"))
    assert nobody["rural"] == Split(0, 0, 0)
