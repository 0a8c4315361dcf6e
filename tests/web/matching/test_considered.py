"""«Loại người đã xem xét»: whoever was on a shortlist is left out of a search and of a ranking, and the page says how many."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.matching.models import Shortlist, ShortlistEntry
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.queries import Window, ranked
from registry.matching.queries.files import index_folder, use_snapshot, write_snapshot
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidates import TODAY, candidate
from tests.factories.people import AT
from tests.factories.worlds import VIEWERS

NAMES = ("A Một", "B Hai", "C Ba", "D Tư")


@pytest.fixture
def people(session: Session) -> list[Person]:
    return [candidate(session, name, ("IT15", 5 - place)) for place, name in enumerate(NAMES)]


@pytest.fixture
def need(session: Session) -> Need:
    return make_needs.need(session, state=NeedState.OPEN, skills=[make_needs.skill(session, "IT15", 5)])


def listed(client: Client, session: Session, people: list[Person], need: Need | None = None) -> Shortlist:
    """A new list with these people."""
    fields = {"nguoi": [one.public_id for one in people], "danh_sach": "", "ten": f"L {len(people)}"}
    answer = post(client, "/danh-sach/them", {**fields, "nhu_cau": need.public_id if need else ""})
    assert answer.status_code == 303
    return session.scalars(select(Shortlist).order_by(Shortlist.id.desc())).first() or Shortlist()


def found(client: Client, query: str) -> tuple[list[str], str]:
    """The people found, and what the page says was left out."""
    page = unescape(client.get(f"/ung-vien?{query}").text)
    said = re.search(r'id="da-bo-ra">(.*?)<', page)
    return sorted(set(re.findall("|".join(NAMES), page))), said[1].strip() if said else ""


@pytest.mark.slow
def test_people_of_a_list_of_a_need_and_of_a_period_are_left_out_of_a_search(
    officer: Client, session: Session, people: list[Person], need: Need
) -> None:
    mine = listed(officer, session, people[:1])
    listed(officer, session, people[1:3], need)
    a, b, c, d = NAMES
    assert found(officer, "q=") == ([a, b, c, d], "")
    assert found(officer, f"loai_ds={mine.public_id}") == ([b, c, d], "Đã bỏ ra 1 người đã xem xét.")
    assert found(officer, f"loai_nc={need.public_id}") == ([a, d], "Đã bỏ ra 2 người đã xem xét.")
    both = f"loai_ds={mine.public_id}&loai_nc={need.public_id}"
    assert found(officer, both) == ([d], "Đã bỏ ra 3 người đã xem xét.")
    assert found(officer, "loai_thang=3") == ([d], "Đã bỏ ra 3 người đã xem xét.")
    long_ago = datetime.now(UTC) - timedelta(days=120)
    session.execute(
        update(ShortlistEntry).where(ShortlistEntry.shortlist_id == mine.id).values(added_at=long_ago)
    )
    session.commit()
    assert found(officer, "loai_thang=3") == ([a, d], "Đã bỏ ra 2 người đã xem xét.")
    assert found(officer, "loai_thang=6") == ([d], "Đã bỏ ra 3 người đã xem xét.")
    page = unescape(officer.get(f"/ung-vien?{both}&loai_thang=6").text)
    chips = re.findall(r'<a class="chip" href="([^"]*)">([^<]*?)\s*<', page)
    assert [words.split("«")[0].strip() for _href, words in chips] == [
        "Bỏ người trong danh sách",
        "Bỏ người đã xem xét cho",
        "Bỏ người đã xem xét trong 6 tháng qua",
    ]
    assert "loai_ds" not in chips[0][0]
    assert "loai_nc" not in chips[1][0]
    assert "loai_thang" not in chips[2][0]


def test_who_was_taken_off_was_considered_and_who_was_put_on_by_mistake_was_not(
    officer: Client, session: Session, people: list[Person]
) -> None:
    made = listed(officer, session, people[:2])
    path = f"/danh-sach/{made.public_id}"
    post(officer, f"{path}/bo", {"nguoi": people[0].public_id})
    query = f"loai_ds={made.public_id}"
    assert found(officer, query)[0] == list(NAMES[2:])
    batch = session.scalars(select(ShortlistEntry.added_batch)).first() or ""
    post(officer, f"{path}/hoan-tac", {"lan": batch})
    assert found(officer, query)[0] == list(NAMES[1:])
    again = post(officer, f"{path}/hoan-tac", {"lan": batch})
    assert "Không còn hoàn tác được" in officer.get(again.headers["Location"]).text


def test_lists_of_others_leave_nobody_out_and_are_like_lists_that_never_were(
    officer: Client, session: Session, people: list[Person]
) -> None:
    made = listed(officer, session, people)
    sign_in(officer, account(session, Role.OFFICER, "VN/12/", name="Người khác"))
    never = "0" * len(made.public_id)
    theirs = officer.get(f"/ung-vien?loai_ds={made.public_id}&loai_thang=12").text
    missing = officer.get(f"/ung-vien?loai_ds={never}&loai_thang=12").text

    def without_ids(page: str) -> str:
        page = page.replace(made.public_id, never)
        return re.sub(r'name="csrf_token"[^>]* value="[^"]*"', "", page)

    assert without_ids(theirs) == without_ids(missing)
    assert set(NAMES) <= set(re.findall("|".join(NAMES), theirs))
    assert "không tồn tại hoặc bạn không được xem" in theirs
    assert made.name not in theirs


def test_a_list_of_a_need_counts_for_everybody_who_sees_the_need(
    officer: Client, session: Session, people: list[Person], need: Need
) -> None:
    listed(officer, session, people[:2], need)
    sign_in(officer, account(session, Role.OFFICER, "VN/12/", name="Người khác"))
    assert found(officer, f"loai_nc={need.public_id}")[0] == list(NAMES[2:])
    sign_in(officer, account(session, Role.OFFICER, "VN/14/", name="Người nơi khác"))
    assert "Đã bỏ ra" not in officer.get(f"/ung-vien?loai_nc={need.public_id}").text


def test_nobody_left_says_how_many_come_back_when_nobody_is_left_out(
    officer: Client, session: Session, people: list[Person]
) -> None:
    made = listed(officer, session, people)
    page = unescape(officer.get(f"/ung-vien?loai_ds={made.public_id}").text)
    assert "Bỏ «Loại người đã xem xét» thì có 4 người" in page


def test_a_saved_search_keeps_leaving_out(officer: Client, session: Session, people: list[Person]) -> None:
    made = listed(officer, session, people[:3])
    answer = post(officer, "/bo-tim/luu", {"loai_ds": made.public_id, "ten": "Còn lại"})
    assert f"loai_ds={made.public_id}" in answer.headers["Location"]
    assert "1 hồ sơ phù hợp" in officer.get("/bo-tim").text


def test_a_ranking_leaves_people_out_and_keeps_everybodys_place(
    officer: Client, session: Session, people: list[Person], need: Need
) -> None:
    made = listed(officer, session, [people[0], people[2]], need)
    path = f"/nhu-cau/{need.public_id}/xep-hang"
    whole = unescape(officer.get(path).text)
    assert "Đã bỏ ra" not in whole
    page = unescape(officer.get(f"{path}?loai_nc={need.public_id}&tu-diem=1").text)
    assert "Đã bỏ ra 2 người đã xem xét." in page
    cards = page.split("<aside", 1)[0]
    assert [name for name in NAMES if name in cards] == [NAMES[1], NAMES[3]]
    assert re.findall(r'id="hang-(\d+)"', cards) == ["2", "4"]
    assert "Đã xét 4 người" in page
    assert f"loai_nc={need.public_id}" in page
    listed(officer, session, people, need)
    empty = unescape(officer.get(f"{path}?loai_nc={need.public_id}").text)
    assert "Mọi người được xếp hạng đều đã được xem xét" in empty
    other = officer.get(f"{path}?loai_ds={'0' * len(made.public_id)}").text
    assert "không tồn tại hoặc bạn không được xem" in other


@pytest.mark.parametrize(("minimum", "shown", "left_out"), [(0, {1: 0, 3: 2}, 2), (7_000, {1: 0}, 1)])
def test_the_index_and_the_reference_leave_out_alike(
    session: Session,
    tmp_path: Path,
    people: list[Person],
    need: Need,
    minimum: int,
    shown: dict[int, int],
    left_out: int,
) -> None:
    session.commit()
    folder = index_folder(tmp_path)
    folder.mkdir()
    snapshot = make_snapshot(session, TODAY)
    write_snapshot(folder, snapshot)
    record_snapshot(session, snapshot, at=AT)
    session.commit()
    use_snapshot(folder, snapshot.version)
    people[3].stated_years = 3  # changed since: left to the reference
    session.commit()
    without = frozenset({people[1].public_id, people[3].public_id})
    about = (people[0].public_id, people[1].public_id)
    window = Window(0, 3, minimum, about=about, without=without)
    told: list[tuple[object, ...]] = []
    for place in (tmp_path, None):
        session.info["folder"] = place
        found = ranked(session, need, VIEWERS[0], TODAY, window=window)
        assert (found.index is not None) == (place is not None)
        told.append(
            (
                found.tally,
                [row.person for row in found.rows],
                found.ranks,
                found.left_out,
                [row.person for row in found.head],
                dict(found.places),
            )
        )
    session.info.pop("folder")
    assert told[0] == told[1]
    ids = [people[place].public_id for place in shown.values()]
    assert told[0][1:4] == (ids, tuple(shown), left_out)
