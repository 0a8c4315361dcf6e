"""The pages of matching as an officer meets them: numbers that can be redone by hand, and nobody seen who may not be."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.matching.models import MatchRun
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState
from registry.people.models import SkillClaim
from tests.conftest import Client
from tests.factories import accounts
from tests.factories import needs as make_needs
from tests.factories.candidates import candidate, crowd, studied
from tests.factories.pages import opened, words_of
from tests.factories.ranked_needs import Story


def ranking_path(told: Story, query: str = "") -> str:
    return f"/nhu-cau/{told.need.public_id}/xep-hang{query}"


def hundredths(text: str) -> int:
    found = re.search(r"(\d+),(\d\d)", text)
    assert found, text
    return int(found[1]) * 100 + int(found[2])


def recomputed(row: Any) -> int:
    """Points of one skill from the words of its line: maximum × similarity × level held / level wanted."""
    cells = row.xpath("./*")
    maximum = hundredths(cells[4].xpath(".//small")[0].text_content())
    if "Chưa khai" in words_of(cells[1]):
        return 0
    similarity = hundredths(words_of(cells[2]))
    level = words_of(cells[3])
    stated = re.match(r"(\d) / (\d)", level)
    held, wanted = (int(stated[1]), int(stated[2])) if stated else (1, int(level[-1]))
    return maximum * similarity * (60 * min(held, wanted) // wanted) // 6000


def check_card(card: Any) -> int:
    """Everything shown in an open card adds up; returns the total."""
    skills = card.xpath(".//table[contains(@class, 'skills')]/tbody/tr")
    shown = [hundredths(row.xpath("./*")[4].xpath(".//strong")[0].text_content()) for row in skills]
    assert shown == [recomputed(row) for row in skills]
    parts = [hundredths(words_of(part.xpath("./b")[0])) for part in card.xpath(".//ul[@class='parts']/li")]
    assert len(parts) == 5
    assert parts[0] == sum(shown)
    total = hundredths(words_of(card.xpath(".//*[@class='mc-ring']")[0]) or "")
    assert sum(parts) == total == int(card.get("data-score"))
    return total


def test_points_of_the_first_card_can_be_redone_by_hand(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, ranking_path(told))
    cards = page.xpath("//article")
    assert [int(card.get("data-score")) for card in cards] == [7083, 4000, 4000]
    assert check_card(cards[0]) == 7083
    assert words_of(cards[0].xpath(".//p[@class='lead']")[0]).startswith(
        "Vì sao đứng đầu: đạt đủ 1 kỹ năng bắt buộc; 6 năm kinh nghiệm phù hợp; đúng trình độ yêu cầu; "
        "nhận nơi làm việc này. Điểm bị trừ nhiều nhất ở "
    )
    assert page.xpath("//h1")[0].text_content() == "Kỹ sư dữ liệu y tế"


def test_points_of_every_explanation_can_be_redone_by_hand(national_officer: Client, told: Story) -> None:
    for person in (told.best, told.hidden, told.asked, told.low_degree, told.low_skill, told.empty):
        page = opened(national_officer, ranking_path(told, f"/{person.public_id}"))
        check_card(page.xpath("//article")[0])


def test_those_not_ranked_are_told_why_on_their_own_page(national_officer: Client, told: Story) -> None:
    excluded = words_of(opened(national_officer, ranking_path(told, f"/{told.low_degree.public_id}")))
    assert "Bị loại do điều kiện bắt buộc trình độ dưới Thạc sĩ" in excluded
    empty = words_of(opened(national_officer, ranking_path(told, f"/{told.empty.public_id}")))
    assert "Chưa đủ dữ liệu để xếp hạng" in empty


def test_the_page_says_who_is_not_in_the_list_and_why(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, ranking_path(told))
    text = words_of(page)
    assert "Đã xét 6 người: 3 xếp hạng, 2 bị loại, 1 chưa đủ dữ liệu." in text
    box = words_of(page.get_element_by_id("bi-loai"))
    assert "1 người: «Trí tuệ nhân tạo» dưới bậc 3" in box
    assert "1 người: trình độ dưới Thạc sĩ Nới điều kiện này: thêm 1 người" in box
    assert "Không dùng họ tên, giới tính, tuổi, dân tộc, tôn giáo" in text
    asks = words_of(page.get_element_by_id("can-hoi"))
    assert "chưa khai «Hệ thống thông tin địa lý»" in asks
    assert "Kỹ năng khó tìm nhất" in text
    for name in (told.low_degree, told.low_skill, told.empty):
        assert name.full_name not in text
        assert name.code not in text


def test_an_anonymous_person_is_a_code(national_officer: Client, told: Story) -> None:
    for path in (ranking_path(told), ranking_path(told, f"/{told.hidden.public_id}")):
        text = national_officer.get(path).get_data(as_text=True)
        assert f"Hồ sơ ẩn danh {told.hidden.code}" in text
        assert told.hidden.full_name not in text
    assert told.best.full_name in national_officer.get(ranking_path(told)).get_data(as_text=True)


def test_one_event_records_who_was_shown(session: Session, national_officer: Client, told: Story) -> None:
    national_officer.get(ranking_path(told))
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "match.listed").order_by(AuditEvent.id)
    ).all()
    assert len(events) == 1
    for person in (told.best, told.hidden, told.asked):
        assert person.public_id in events[0].content
    assert told.empty.public_id not in events[0].content
    national_officer.get(ranking_path(told, f"/{told.best.public_id}"))
    assert session.scalar(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "match.explained")
    ) == 1  # fmt: skip


def test_relaxing_a_condition_shows_who_comes_in_and_saves_nothing(
    national_officer: Client, told: Story
) -> None:
    page = opened(national_officer, ranking_path(told))
    link = page.get_element_by_id("bi-loai").xpath(".//a[contains(@href, 'degree')]")[0].get("href")
    relaxed = opened(national_officer, link)
    assert len(relaxed.xpath("//article")) == 4
    assert "Chỉ xem thử, không lưu Đang nới: Trình độ từ Thạc sĩ trở lên." in words_of(relaxed)
    assert len(opened(national_officer, ranking_path(told)).xpath("//article")) == 3
    unknown = words_of(opened(national_officer, ranking_path(told, "?noi=khong-co")))
    assert "Chỉ xem thử, không lưu" not in unknown


def test_other_shares_are_tried_without_being_saved(national_officer: Client, told: Story) -> None:
    tried = opened(national_officer, ranking_path(told, "?ty-trong=100" + "&ty-trong=0" * 4))
    assert "Tỷ trọng thử: 100 – 0 – 0 – 0 – 0." in words_of(tried)
    assert check_card(tried.xpath("//article")[0]) == 6166  # machine learning 4500, SQL 1666 of 3333
    saved = "".join(f"&ty-trong={share}" for share in (50, 20, 15, 10, 5))
    assert "Chỉ xem thử, không lưu" not in words_of(
        opened(national_officer, ranking_path(told, f"?tu-diem={saved}"))
    )


UNREADABLE = [
    ("?ngay=31/02/2026", "Ngày tính điểm phải có thật"),
    ("?ngay=2026", "Ngày tính điểm phải có thật"),
    ("?ngay=0001-01-01", "Ngày tính điểm phải có thật"),
    ("?tu-diem=nhieu", "Điểm tối thiểu phải là số nguyên từ 0 đến 100"),
    ("?tu-diem=١٠", "Điểm tối thiểu phải là số nguyên từ 0 đến 100"),
    ("?ty-trong=50&ty-trong=50", "Năm tỷ trọng phải là số nguyên và cộng thành 100"),
    ("?ty-trong=50" + "&ty-trong=50" * 4, "Năm tỷ trọng phải là số nguyên và cộng thành 100"),
]


def test_what_cannot_be_read_is_told_and_left_out(national_officer: Client, told: Story) -> None:
    for query, sentence in UNREADABLE:
        page = opened(national_officer, ranking_path(told, query))
        assert sentence in words_of(page), query
        assert len(page.xpath("//article")) == 3, query


def test_another_day_is_another_ranking(national_officer: Client, told: Story) -> None:
    text = words_of(opened(national_officer, ranking_path(told, "?ngay=25/11/2028")))
    assert "Tính tại ngày 25/11/2028." in text


def test_a_lowest_score_says_how_many_fall_below(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, ranking_path(told, "?tu-diem=50"))
    assert len(page.xpath("//article")) == 1
    assert "2 người dưới 50 điểm không hiện ở đây." in words_of(page)
    nobody = words_of(opened(national_officer, ranking_path(told, "?tu-diem=99")))
    assert "Không ai đạt từ 99 điểm" in nobody


def test_the_list_goes_on_page_by_page(session: Session, national_officer: Client, told: Story) -> None:
    crowd(session, 12, ("IT15", 3), education=(studied(5),))
    first = opened(national_officer, ranking_path(told))
    assert len(first.xpath("//article")) == 10
    more = first.xpath("//a[contains(@class, 'morebtn')]")[0]
    assert words_of(more) == "Xem 5 ứng viên tiếp theo"
    second = opened(national_officer, more.get("href"))
    ranks = [int(words_of(rank).split()[-1]) for rank in second.xpath("//*[@class='rank']")]
    assert ranks == [11, 12, 13, 14, 15]
    assert "Trang này không có ai" in words_of(opened(national_officer, ranking_path(told, "?trang=9")))


def test_empty_pages_say_why_and_what_to_do(session: Session, national_officer: Client) -> None:
    asking = make_needs.need(
        session, "Kỹ sư AI", skills=[make_needs.skill(session, "IT15", 3, is_essential=True)]
    )
    path = f"/nhu-cau/{asking.public_id}/xep-hang"
    assert "Chưa có hồ sơ nào để xếp hạng" in words_of(opened(national_officer, path))
    candidate(session, "Không liên quan", ("HE01", 3))
    assert "Chưa ai có đủ dữ liệu để xếp hạng" in words_of(opened(national_officer, path))


def test_a_need_that_asks_for_nothing_has_no_ranking(session: Session, client: Client) -> None:
    accounts.sign_in(client, accounts.account(session, Role.OFFICER, unit_path=""))
    need = make_needs.need(session, "Chưa nêu gì", unit_path="")
    candidate(session, "Lò Văn Chiến", ("IT15", 3))
    text = words_of(opened(client, f"/nhu-cau/{need.public_id}/xep-hang"))
    assert "Nhu cầu chưa có yêu cầu nào để tính điểm" in text


def test_all_excluded_names_the_relaxation_that_gives_most(
    session: Session, national_officer: Client
) -> None:
    need = make_needs.need(
        session, "Kỹ sư AI", skills=[make_needs.skill(session, "IT15", 3, is_essential=True)]
    )
    candidate(session, "Thấp hơn", ("IT15", 1))
    candidate(session, "Cũng thấp hơn", ("IT15", 2))
    text = words_of(opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang"))
    assert "Không ai đạt mọi điều kiện bắt buộc" in text
    assert "Nới điều kiện «» thì" not in text
    assert "thì có 2 người." in text


def test_skills_that_wait_for_a_concept_are_told(session: Session, national_officer: Client) -> None:
    need = make_needs.need(
        session,
        skills=[
            make_needs.skill(session, "IT15", 3),
            make_needs.SkillTerms("Quản trị vũ trụ số", None, is_essential=True),
        ],
    )
    text = words_of(opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang"))
    assert "Có kỹ năng chưa tính điểm" in text
    assert "Quản trị vũ trụ số" in text
    assert "Trong đó có kỹ năng bắt buộc." in text


def test_a_ranking_is_kept_and_read_again(session: Session, national_officer: Client, told: Story) -> None:
    answer = accounts.post(national_officer, ranking_path(told))
    assert answer.status_code == 303
    run = session.scalars(select(MatchRun)).one()
    assert answer.headers["Location"].endswith(f"/xep-hang/ban-luu/{run.public_id}")
    page = opened(national_officer, answer.headers["Location"])
    text = words_of(page)
    assert "Tính lại từ dữ liệu đã giữ: 3 dòng khớp từng điểm." in text
    assert words_of(page.xpath("//tbody/tr")[0]).endswith("70,83 1 70,83")
    assert told.hidden.full_name not in text
    assert "Bảng lưu lúc" in words_of(opened(national_officer, ranking_path(told)))
    accounts.post(national_officer, ranking_path(told))
    assert session.scalar(select(func.count()).select_from(MatchRun)) == 1


def test_a_kept_ranking_stands_while_people_change(
    session: Session, national_officer: Client, told: Story
) -> None:
    kept = accounts.post(national_officer, ranking_path(told)).headers["Location"]
    session.query(SkillClaim).filter(SkillClaim.person_id == told.best.id).update({"level": 1})
    rows = [words_of(row) for row in opened(national_officer, kept).xpath("//tbody/tr")]
    assert rows[0].startswith("1 Nguyễn Thị Minh Khuê 70,83 ")
    assert not rows[0].endswith(" 1 70,83")


def test_needs_that_fit_a_person(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, f"/ung-vien/{told.best.public_id}/nhu-cau")
    assert [card.get("data-score") for card in page.xpath("//article")] == ["7083"]
    assert told.need.title in words_of(page)
    shut = words_of(opened(national_officer, f"/ung-vien/{told.low_degree.public_id}/nhu-cau"))
    assert "Không xét vì điều kiện bắt buộc Kỹ sư dữ liệu y tế: trình độ dưới Thạc sĩ" in shut
    none = words_of(opened(national_officer, f"/ung-vien/{told.empty.public_id}/nhu-cau"))
    assert "Chưa có nhu cầu nào cần kỹ năng của người này" in none
    hidden = national_officer.get(f"/ung-vien/{told.hidden.public_id}/nhu-cau").get_data(as_text=True)
    assert told.hidden.full_name not in hidden
    assert told.hidden.code in hidden


def test_a_person_who_did_not_agree_to_be_matched_has_no_needs(
    session: Session, national_officer: Client
) -> None:
    person = candidate(session, "Chỉ lưu hồ sơ", ("IT15", 3), consents=("registry",))
    text = words_of(opened(national_officer, f"/ung-vien/{person.public_id}/nhu-cau"))
    assert "Người này không được ghép với nhu cầu lúc này" in text


def test_out_of_scope_is_the_same_as_not_there(
    session: Session, national_officer: Client, told: Story
) -> None:
    elsewhere = make_needs.need(session, "Ở Hà Nội", unit_path="VN/01/")
    stranger = candidate(session, "Người Hà Nội", ("IT15", 5), unit_path="VN/01/")
    nobody = "0" * 26
    for path, hidden in (
        (f"/nhu-cau/{elsewhere.public_id}/xep-hang", elsewhere.public_id),
        (f"/nhu-cau/{elsewhere.public_id}/xep-hang/{told.best.public_id}", elsewhere.public_id),
        (ranking_path(told, f"/{stranger.public_id}"), stranger.public_id),
        (ranking_path(told, f"/ban-luu/{stranger.public_id}"), stranger.public_id),
        (f"/ung-vien/{stranger.public_id}/nhu-cau", stranger.public_id),
    ):
        answer, nowhere = national_officer.get(path), national_officer.get(path.replace(hidden, nobody))
        assert answer.status_code == nowhere.status_code == 404
        assert _bare(answer, hidden) == _bare(nowhere, nobody)


def _bare(answer: Any, public_id: str) -> str:
    """A page without the id that was asked for and without the form token, which tells the time."""
    text = re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", answer.get_data(as_text=True))
    return text.replace(public_id, "")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN, Role.CANDIDATE])
def test_other_roles_may_not_see_a_ranking(session: Session, client: Client, told: Story, role: Role) -> None:
    accounts.sign_in(client, accounts.account(session, role))
    assert client.get(ranking_path(told)).status_code == 403
    assert client.get(f"/ung-vien/{told.best.public_id}/nhu-cau").status_code == 403
    assert accounts.post(client, ranking_path(told)).status_code == 403


def test_strangers_are_sent_to_sign_in_and_forms_need_their_token(client: Client, told: Story) -> None:
    assert client.get(ranking_path(told)).status_code == 302
    assert client.post(ranking_path(told)).status_code == 400


@contextmanager
def counted(session: Session) -> Generator[list[str]]:
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(bind, "before_cursor_execute", note)


def test_the_page_takes_a_fixed_number_of_statements(
    session: Session, national_officer: Client, told: Story
) -> None:
    national_officer.get(ranking_path(told))  # indexes that are built once a process
    with counted(session) as few:
        national_officer.get(ranking_path(told))
    crowd(session, 25, ("IT15", 4), ("IT08", 3), education=(studied(5),))
    with counted(session) as many:
        national_officer.get(ranking_path(told))
    # the audit event has one row more for each of the seven further people that are shown
    assert len(many) <= len(few) + 7


def test_the_page_stays_light(session: Session, national_officer: Client, told: Story) -> None:
    crowd(session, 25, ("IT15", 4), ("IT08", 3), education=(studied(5),))
    page = opened(national_officer, ranking_path(told))
    assert len(page.xpath("//*")) < 1500


def test_english_pages_come_too(national_officer: Client, told: Story) -> None:
    text = words_of(opened(national_officer, ranking_path(told, "?lang=en")))
    assert "Artificial intelligence" in text


def test_a_condition_on_a_unit_is_said_by_its_name(session: Session, national_officer: Client) -> None:
    need = make_needs.need(
        session,
        state=NeedState.OPEN,
        skills=[make_needs.skill(session, "IT15", 3)],
        conditions=[
            ConditionTerms(
                ConditionKind.SCOPE, unit_path="VN/12/", unit_id=make_needs.unit_id(session, "VN/12/")
            )
        ],
    )
    candidate(session, "Lò Văn Chiến", ("IT15", 3))
    assert "Hồ sơ thuộc tỉnh Lai Châu" in words_of(
        opened(national_officer, f"/nhu-cau/{need.public_id}/xep-hang")
    )
