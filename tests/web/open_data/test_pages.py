"""The pages of open data: what an office prepares and a second person publishes, and what everybody reads of it."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.operations.releasing import withdraw_release
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.states import ReleaseState
from registry.open_data.views.shown import table_of
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.open_data import AT, YEAR, dataset, published, taught, waiting
from tests.factories.pages import cells_of, opened, parsed, words_of

SET: dict[str, Any] = {
    "code": "dao-tao-lai-chau",
    "kind": "training",
    "place": "VN/12/",
    "programme": "",
    "title": "Đào tạo theo nhóm",
    "title_en": "Training by category",
    "description": "Người và lượt theo nhóm",
    "description_en": "People and attendances by category",
    "publisher": "Sở Nội vụ",
    "licence": "cc-by-4.0",
    "theme": "EDUC",
}
HALF = {"starts": ["01", "01", "2025"], "ends": ["30", "06", "2025"], "note": "Số sơ bộ"}


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """The browser of an officer of Lai Châu, where three people learned a language and many a trade."""
    taught(session, "vocational", range(1, 41))
    taught(session, "digital", range(50, 71))
    taught(session, "foreign_language", range(100, 103))
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


@pytest.fixture
def head(officer: Client, session: Session) -> Client:
    """The browser of somebody who may publish there."""
    made = browser(officer.application, session)
    sign_in(made, account(session, Role.CAMPAIGN_ADMIN, "VN/12/", name="Trần Minh Quang"))
    return made


@pytest.fixture
def anybody(officer: Client, session: Session) -> Client:
    """The browser of somebody without an account."""
    return browser(officer.application, session)


def test_a_set_is_made_prepared_sent_and_published_by_a_second_person(
    officer: Client, head: Client, anybody: Client, session: Session
) -> None:
    wrong = words_of(parsed(post(officer, "/cong-bo/tao", SET | {"code": "Đào tạo", "publisher": ""}), 422))
    assert "Địa chỉ chỉ gồm chữ thường" in wrong
    assert "Ghi cơ quan công bố" in wrong
    page = post(officer, "/cong-bo/tao", SET).location
    assert "đã có bộ dữ liệu khác dùng" in words_of(parsed(post(officer, "/cong-bo/tao", SET), 422))
    late = HALF | {"ends": ["31", "12", "2024"]}
    assert "không được trước ngày đầu" in words_of(parsed(post(officer, f"{page}/chuan-bi", late), 422))
    running = HALF | {"ends": ["31", "12", "2026"]}
    assert "không được sau hôm nay" in words_of(parsed(post(officer, f"{page}/chuan-bi", running), 422))
    release = post(officer, f"{page}/chuan-bi", HALF).location
    shown = opened(officer, release)
    told = f"{words_of(shown)} {cells_of(shown)}"
    for words in ("Bản nháp", "Không lộ gì", "từ 1 đến 4", "Ngoại ngữ · Người 3", "Đào tạo nghề 40 40"):
        assert words in told, words
    assert opened(anybody, "/du-lieu-mo").xpath("//main//table") == []
    anybody_sees = anybody.get("/du-lieu-mo/dao-tao-lai-chau")
    assert anybody_sees.status_code == 404
    assert post(officer, f"{release}/gui").status_code == 303
    assert post(officer, f"{release}/cong-bo").status_code == 403
    assert "Chờ người thứ hai" in words_of(opened(head, "/cong-bo"))
    assert post(head, f"{release}/cong-bo").status_code == 303
    assert "Đã công bố" in words_of(opened(head, release))
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.action.like("open_data.%")).order_by(AuditEvent.id)
    ).all()
    assert actions == ["open_data.defined", "open_data.prepared", "open_data.sent", "open_data.published"]
    assert "Đào tạo theo nhóm" in words_of(opened(anybody, "/du-lieu-mo"))


def test_who_prepared_a_release_does_not_decide_about_it(head: Client, session: Session) -> None:
    page = post(head, "/cong-bo/tao", SET).location
    release = post(head, f"{page}/chuan-bi", HALF).location
    post(head, f"{release}/gui")
    assert "phải để người khác quyết định" in words_of(opened(head, release))
    post(head, f"{release}/cong-bo")
    post(head, f"{release}/tra-lai", {"reason": "Tự trả"})
    assert session.scalars(select(OpenRelease.state)).all() == [ReleaseState.WAITING]


def test_a_release_is_refused_or_withdrawn_with_a_reason_and_a_draft_thrown_away(
    officer: Client, head: Client, session: Session
) -> None:
    page = post(officer, "/cong-bo/tao", SET).location
    dropped = post(officer, f"{page}/chuan-bi", HALF).location
    assert post(officer, f"{dropped}/bo").status_code == 303
    opened(officer, dropped, 404)
    release = post(officer, f"{page}/chuan-bi", HALF).location
    post(officer, f"{release}/gui")
    post(officer, f"{release}/bo")
    assert "Ghi lý do" in words_of(parsed(post(head, f"{release}/tra-lai", {"reason": ""}), 422))
    post(head, f"{release}/rut", {"reason": "Chưa công bố"})
    assert post(head, f"{release}/tra-lai", {"reason": "Thiếu kỳ trước"}).status_code == 303
    post(head, f"{release}/cong-bo")
    assert "Thiếu kỳ trước" in words_of(opened(officer, release))
    (one,) = session.scalars(select(OpenRelease)).all()
    assert (one.state, one.published_at) == (ReleaseState.REFUSED, None)


def test_words_of_a_set_are_changed_and_its_files_stay(officer: Client, session: Session) -> None:
    page = post(officer, "/cong-bo/tao", SET).location
    version = opened(officer, f"{page}/sua").xpath("//input[@name='version']/@value")[0]
    changed = {name: value for name, value in SET.items() if name not in {"code", "kind", "place"}}
    changed |= {"title": "Đào tạo, tên mới", "version": version}
    assert post(officer, f"{page}/sua", changed | {"title": ""}).status_code == 422
    assert post(officer, f"{page}/sua", changed).status_code == 303
    assert post(officer, f"{page}/sua", changed).status_code == 409
    found = session.scalars(select(OpenDataset)).one()
    assert (found.title, found.unit_path, found.kind) == ("Đào tạo, tên mới", "VN/12/", DatasetKind.TRAINING)


def test_a_release_that_tells_too_much_is_not_published_and_says_why(
    officer: Client, head: Client, session: Session
) -> None:
    page = post(officer, "/cong-bo/tao", SET).location
    first = post(officer, f"{page}/chuan-bi", HALF).location
    taught(session, "vocational", range(41, 44))
    second = post(officer, f"{page}/chuan-bi", HALF).location
    for one in (first, second):
        post(officer, f"{one}/gui")
    post(head, f"{first}/cong-bo")
    page_of_second = opened(head, second)
    told = words_of(page_of_second)
    assert "Không công bố được" in told
    assert "40 và 43 lệch 3 người" in told
    assert not page_of_second.xpath("//form[contains(@action, '/cong-bo') and contains(@action, '/ban/')]")
    answer = head.get(post(head, f"{second}/cong-bo").location)
    assert "Chưa công bố" in words_of(parsed(answer))
    auditor = browser(head.application, session)
    sign_in(auditor, account(session, Role.AUDITOR, ""))
    assert "40 và 43" not in words_of(opened(auditor, second))


@pytest.fixture
def public(officer: Client, session: Session) -> OpenRelease:
    """A set with two releases that everybody sees."""
    first, second = (account(session, role, "VN/12/").id for role in (Role.OFFICER, Role.CAMPAIGN_ADMIN))
    made = dataset(session, by=first)
    old = published(session, made, first, second)
    taught(session, "vocational", range(2_000, 2_100))
    taught(session, "digital", range(2_000, 2_100))
    published(session, made, first, second, YEAR)
    session.commit()
    return old


def test_everybody_finds_reads_and_takes_a_set_in_both_languages(
    anybody: Client, public: OpenRelease
) -> None:
    page = opened(anybody, "/du-lieu-mo")
    assert page.xpath("//main//a[@href='/du-lieu-mo/dao-tao']")
    assert "Không có bộ dữ liệu nào khớp" in words_of(opened(anybody, "/du-lieu-mo?tim=không có"))
    assert "Bộ dữ liệu dao-tao" in words_of(opened(anybody, "/du-lieu-mo?tim=nguoi hoc"))
    one = opened(anybody, "/du-lieu-mo/dao-tao")
    told = f"{words_of(one)} {cells_of(one)}"
    for words in (
        "Đào tạo nghề 140 140",
        "ẩn",
        "CC BY 4.0",
        "Sở Nội vụ (2026)",
        "Bản 2",
        "so_nguoi",
        "27/11/2026",
    ):
        assert words in told, words
    assert "Đây là bản cũ" in words_of(opened(anybody, "/du-lieu-mo/dao-tao/1"))
    english = opened(anybody, "/du-lieu-mo/dao-tao?lang=en")
    said = f"{words_of(english)} {cells_of(english)}"
    for words in (
        "Dataset dao-tao",
        "Vocational training 140 140",
        "Data dictionary",
        "Licence",
        "hidden",
        "Attendances of courses",
    ):
        assert words in said, words
    assert not [word for word in ("Tải", "Giấy phép", "Cách đọc") if word in said]
    assert "Open data" in words_of(opened(anybody, "/du-lieu-mo?lang=en"))
    for missing in (
        "/du-lieu-mo/khac",
        "/du-lieu-mo/dao-tao/9",
        "/du-lieu-mo/dao-tao/1/khac.csv",
        "/du-lieu-mo/dao-tao/%C2%B2",
    ):
        opened(anybody, missing, 404)
    assert opened(anybody, "/chinh-sach").xpath("//footer//a[@href='/du-lieu-mo']")


def test_an_english_page_says_what_the_file_says_in_vietnamese_alone(officer: Client) -> None:
    facts = {"chi_tieu": "Giải quyết việc làm", "chi_tieu_en": "People given jobs", "trang_thai": "có số"}
    rows: list[dict[str, Any]] = [
        facts | {"don_vi_tinh": "lao động", "gia_tri": 5647, "ke_hoach": "8.500 lao động/năm", "ty_le": 66.4},
        facts | {"don_vi_tinh": "phần trăm", "ke_hoach": "6,5 phần trăm", "ly_do": "Chưa có số liệu"},
        facts | {"don_vi_tinh": "bó đuốc", "ke_hoach": "nhiều bó đuốc"},
    ]
    kept = OpenRelease(json=json.dumps({"rows": rows}).encode())
    kept.dataset = OpenDataset(kind=DatasetKind.INDICATORS)
    with officer.application.test_request_context("/?lang=en"):
        shown = table_of(kept)["rows"]
    told = [[cell["text"] for cell in row[3:6]] for row in shown]
    assert told == [
        ["5,647", "workers", "8,500 workers a year"],
        ["–", "per cent", "6.5 per cent"],
        ["–", "bó đuốc", "nhiều bó đuốc"],
    ]
    assert shown[1][3]["note"] == "No data yet"
    assert [[cell["lang"] for cell in row[4:6]] for row in shown] == [
        [None, None],
        [None, None],
        ["vi", "vi"],
    ]


def test_rows_after_the_first_ten_are_folded_and_all_there(anybody: Client, public: OpenRelease) -> None:
    content = json.loads(public.json)
    (row, *_) = content["rows"]
    public.json = json.dumps(
        content | {"rows": [row | {"nhom": f"Nhóm {number}"} for number in range(23)]}
    ).encode()
    object_session(public).commit()  # pyright: ignore[reportOptionalMemberAccess]
    page = opened(anybody, "/du-lieu-mo/dao-tao/1")
    card = page.xpath("//main//section[.//h2[normalize-space()='Xem trước']]")[0]
    assert len(card.xpath("./table/tbody/tr")) == 10
    assert len(card.xpath("./details//tbody/tr")) == 13
    assert "Xem thêm 13 dòng" in words_of(page)


def test_files_are_the_frozen_bytes_and_are_sent_once(anybody: Client, public: OpenRelease) -> None:
    place = f"/du-lieu-mo/dao-tao/{public.number}"
    for name, content, kind in (
        ("du-lieu.csv", public.csv, "text/csv; charset=utf-8"),
        ("du-lieu.json", public.json, "application/json; charset=utf-8"),
        ("tu-dien.json", public.dictionary, "application/json; charset=utf-8"),
    ):
        answer = anybody.get(f"{place}/{name}")
        assert answer.get_data() == content
        assert answer.content_type == kind
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = anybody.get(f"{place}/{name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
    waits = json.loads(anybody.get(f"{place}/tu-dien.json").get_data())
    assert waits["url"] == "du-lieu.csv"


def test_the_catalogue_names_sets_files_licence_and_days(anybody: Client, public: OpenRelease) -> None:
    answer = anybody.get("/du-lieu-mo/catalog.jsonld")
    assert answer.content_type == "application/ld+json; charset=utf-8"
    said = json.loads(answer.get_data())
    (entry,) = said["dcat:dataset"]
    assert entry["@id"] == "http://localhost/du-lieu-mo/dao-tao"
    assert entry["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert entry["dct:temporal"]["dcat:endDate"]["@value"] == "2025-12-31"
    files = [one["dcat:downloadURL"]["@id"] for one in entry["dcat:distribution"]]
    assert files == [f"http://localhost/du-lieu-mo/dao-tao/2/du-lieu.{form}" for form in ("csv", "json")]
    size = entry["dcat:distribution"][0]["dcat:byteSize"]["@value"]
    assert size == str(len(anybody.get("/du-lieu-mo/dao-tao/2/du-lieu.csv").get_data()))


def test_what_was_withdrawn_is_gone_and_says_why(
    anybody: Client, public: OpenRelease, session: Session
) -> None:
    newest = public.dataset.releases[0]
    withdraw_release(session, newest, "Đếm trùng một lớp", by=None, at=AT)
    session.commit()
    for path in ("", "/du-lieu.csv", "/du-lieu.json", "/tu-dien.json"):
        told = words_of(opened(anybody, f"/du-lieu-mo/dao-tao/2{path}", 410))
        assert "Đếm trùng một lớp" in told, path
    page = opened(anybody, "/du-lieu-mo/dao-tao")
    assert "đã rút" in words_of(page)
    assert "Đào tạo nghề 40 40" in cells_of(page)
    withdraw_release(session, public, "Rút cả bộ", by=None, at=AT)
    session.commit()
    assert "Đếm trùng một lớp" in words_of(opened(anybody, "/du-lieu-mo/dao-tao", 410))
    assert "Chưa công bố bộ dữ liệu nào" in words_of(opened(anybody, "/du-lieu-mo"))
    assert json.loads(anybody.get("/du-lieu-mo/catalog.jsonld").get_data())["dcat:dataset"] == []


def test_what_waits_or_was_refused_is_nowhere_in_public(
    anybody: Client, public: OpenRelease, session: Session
) -> None:
    made = waiting(session, public.dataset, None)
    other = waiting(session, dataset(session, code="chua-co"), None)
    session.commit()
    for path in (f"/du-lieu-mo/dao-tao/{made.number}", f"/du-lieu-mo/dao-tao/{made.number}/du-lieu.csv"):
        opened(anybody, path, 404)
    opened(anybody, f"/du-lieu-mo/{other.dataset.code}", 404)
    assert "Bản 3" not in words_of(opened(anybody, "/du-lieu-mo/dao-tao"))
    assert "chua-co" not in anybody.get("/du-lieu-mo/catalog.jsonld").get_data(as_text=True)
