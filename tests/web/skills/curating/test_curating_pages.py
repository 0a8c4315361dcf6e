"""The pages of curators, through HTTP: what they show, what they refuse in words, who may open them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.skills import operations, queries
from registry.skills.models import ExternalConcept, PendingTerm, Skill, SkillLabel
from registry.skills.operations import NewLabel
from registry.skills.rules import (
    ExternalScheme,
    ExternalState,
    PendingState,
    RelationKind,
    Sector,
    SkillState,
)
from tests.conftest import Client
from tests.factories import people
from tests.factories.accounts import account, post, sign_in
from tests.factories.curating import AT, claim, label, last_change, need, term
from tests.factories.skills import pending_term, skill
from tests.web.reading import text_of

Work = Callable[[], int]


def path(one: Skill, rest: str = "") -> str:
    return f"/ky-nang/{one.public_id}{rest}"


def of_term(one: PendingTerm, rest: str) -> str:
    return f"/ky-nang/cho-duyet/{one.public_id}/{rest}"


def refused(page: Any, *words: str) -> None:
    assert page.status_code == 422
    shown = text_of(page.text)
    assert "chỗ cần sửa" in shown
    for one in words:
        assert one in shown


def external(
    session: Session, name: str = "glass blowing", state: ExternalState = ExternalState.UNMATCHED
) -> ExternalConcept:
    made = ExternalConcept(
        scheme=ExternalScheme.ESCO, code=f"S-{name}", uri="http://esco.example/1", label=name, state=state
    )
    session.add(made)
    session.commit()
    return made


def test_one_click_makes_a_waiting_text_an_alias_and_offers_the_undo(
    curating: Client, session: Session, work: Work
) -> None:
    held = claim(session, people.person(session), "đếm sao chợ phiên")
    need(session, "đếm sao chợ phiên")
    page = curating.get("/ky-nang/cho-duyet")
    words = text_of(page.text)
    assert {"hồ sơ (1)", "nhu cầu (1)"} <= set(re.findall(r"(?:hồ sơ|nhu cầu) \(\d\)", words))
    kept, accounting = term(session, "đếm sao chợ phiên"), skill(session, "FI01")
    answer = post(curating, of_term(kept, "ten-goi"), {"skill": accounting.public_id})
    assert answer.status_code == 303
    back = text_of(curating.get(answer.headers["Location"]).text)
    assert "«đếm sao chợ phiên» là tên gọi của «Kế toán». Hoàn tác" in back
    assert "Đang cập nhật hồ sơ và nhu cầu: xem tiến độ" in back
    assert "Không có từ nào chờ duyệt" in back
    work()
    session.refresh(held)
    assert held.skill_id == accounting.id
    change = last_change(session)
    shown = text_of(curating.get(f"/ky-nang/thay-doi/{change.public_id}").text)
    assert "Đã cập nhật xong hồ sơ và nhu cầu" in shown
    assert "Đã chuyển 2 mục" in shown
    answer = post(curating, f"/ky-nang/thay-doi/{change.public_id}/hoan-tac")
    assert answer.status_code == 303
    work()
    session.refresh(held)
    assert held.skill_id is None
    assert "Đã hoàn tác" in text_of(curating.get("/ky-nang/lich-su").text)
    assert "đếm sao chợ phiên" in text_of(curating.get("/ky-nang/cho-duyet").text)


def test_suggestions_stand_as_buttons_for_curators(curating: Client, session: Session) -> None:
    kept = pending_term(session, "kế toán trại giam")
    page = curating.get("/ky-nang/cho-duyet")
    assert "«kế toán trại giam» là tên gọi khác của «Kế toán»" in page.text
    assert f'value="{skill(session, "FI01").public_id}"' in page.text
    assert f"/ky-nang/them?tu-cho-duyet={kept.public_id}" in page.text


def test_a_text_of_another_concept_leads_to_the_form_that_says_what_can_be_done(
    curating: Client, session: Session
) -> None:
    kept = pending_term(session, "lập trình Java")
    answer = post(curating, of_term(kept, "ten-goi"), {"skill": skill(session, "IT01").public_id})
    refused(
        answer,
        "«lập trình Java» đang là tên gọi của «Java»",
        "gộp hai kỹ năng",
        "Chữ này nhiều nghĩa",
        "Mở «Java»",
    )
    assert 'value="lập trình Java"' in answer.text
    session.expire_all()
    assert kept.state is PendingState.WAITING


def test_a_concept_is_looked_for_by_any_name_and_asked_about_when_several_fit(
    curating: Client, session: Session, work: Work
) -> None:
    kept = pending_term(session, "đếm sao chợ phiên")
    address = of_term(kept, "ky-nang-khac")
    assert "là tên gọi khác của kỹ năng nào?" in text_of(curating.get(address).text)
    refused(post(curating, address, {"concept": ""}), "Nhập tên một kỹ năng trong danh mục")
    refused(post(curating, address, {"concept": "xyz qqq"}), "Danh mục không có kỹ năng này")
    asked = post(curating, address, {"concept": "kế toán trại"})
    refused(asked, "Chọn kỹ năng bạn muốn nói", "Kế toán")
    accounting = skill(session, "FI01")
    answer = post(curating, address, {"concept": "kế toán trại", "choice": accounting.public_id})
    assert answer.status_code == 303
    session.expire_all()
    assert kept.skill_id == accounting.id
    assert post(curating, address, {"concept": "ke toan"}).status_code == 303
    assert "Người khác vừa duyệt chữ này" in text_of(curating.get("/ky-nang/cho-duyet").text)


def test_a_waiting_text_becomes_a_new_concept(curating: Client, session: Session) -> None:
    kept = pending_term(session, "thổi thuỷ tinh màu")
    page = curating.get(f"/ky-nang/them?tu-cho-duyet={kept.public_id}")
    assert 'value="thổi thuỷ tinh màu"' in page.text
    fields = {
        "term": kept.public_id,
        "vi": "Thổi thủy tinh",
        "en": "Glass blowing",
        "family": "trade",
        "sector": "craft",
        "scale": "trade",
        "broader": "AG01",
    }
    answer = post(curating, "/ky-nang/them", fields)
    assert answer.status_code == 303
    made = session.scalars(select(Skill).where(Skill.code == "TU-0001")).one()
    words = text_of(curating.get(path(made)).text)
    assert "Đã thêm kỹ năng «Thổi thủy tinh» từ chữ chờ duyệt. Hoàn tác" in words
    assert "thổi thuỷ tinh màu" in words
    assert "TU-0001" in words
    session.expire_all()
    assert kept.skill_id == made.id


def test_a_new_concept_is_refused_in_words(curating: Client, session: Session) -> None:
    fields = {"vi": "", "family": "trade", "sector": "craft", "scale": "trade"}
    refused(post(curating, "/ky-nang/them", fields), "Nhập tên tiếng Việt")
    refused(post(curating, "/ky-nang/them", fields | {"vi": "Java"}), "đang là tên gọi của «Java»")
    refused(
        post(curating, "/ky-nang/them", fields | {"vi": "Đan lưới cá", "en": "Accounting"}),
        "đang là tên gọi của «Kế toán»",
    )
    refused(
        post(curating, "/ky-nang/them", fields | {"vi": "Đan lưới cá", "broader": "qqq xyz"}),
        "Danh mục không có kỹ năng này",
    )
    assert session.scalar(select(Skill.id).where(Skill.code == "TU-0001")) is None


def test_ignoring_takes_a_text_from_the_queue_and_the_undo_brings_it_back(
    curating: Client, session: Session
) -> None:
    kept = pending_term(session, "chị Lò Thị Hoa dạy")
    answer = post(curating, of_term(kept, "bo-qua"))
    words = text_of(curating.get(answer.headers["Location"]).text)
    assert "Đã bỏ qua «chị Lò Thị Hoa dạy». Hoàn tác" in words
    assert "Không có từ nào chờ duyệt" in words
    logged = session.scalars(select(AuditEvent).where(AuditEvent.action == "pending_term.ignored")).one()
    assert "Lò" not in logged.content
    post(curating, f"/ky-nang/thay-doi/{last_change(session).public_id}/hoan-tac")
    assert "1 từ chờ duyệt" in text_of(curating.get("/ky-nang").text)


def test_names_are_added_and_taken_away_and_show_where_they_come_from(
    curating: Client, session: Session
) -> None:
    java = skill(session, "IT02")
    address = path(java, "/ten-goi")
    words = text_of(curating.get(address).text)
    assert "Java Swing Tên gọi khác Tiếng Anh có sẵn" in words
    fields = {"text": "Java chợ phiên", "language": "vi", "kind": "alias"}
    assert post(curating, address, fields).status_code == 303
    assert "Java chợ phiên Tên gọi khác Tiếng Việt thêm tại đây" in text_of(curating.get(address).text)
    refused(post(curating, address, fields), "Kỹ năng này đã có tên gọi đó")
    refused(post(curating, address, fields | {"text": "☆"}), "Tên gọi phải có chữ hoặc số")
    refused(
        post(curating, address, fields | {"text": "Kế toán", "is_ambiguous": "y"}),
        "Ghi ít nhất một lĩnh vực hoặc một từ đứng cạnh",
    )
    too_long = "Tên gọi quá dài khi các ký tự ghép được viết tách ra"
    refused(post(curating, address, fields | {"text": "ﬃ" * 100}), too_long)
    refused(post(curating, path(java, "/sua"), {"vi": "ﬃ" * 100, "en": "Java"}), too_long)
    every: dict[str, Any] = {"text": "Kế toán", "is_ambiguous": "y", "sectors": [*Sector]}
    refused(post(curating, address, fields | every), "Chọn ít lĩnh vực hơn")
    declared = fields | {"text": "Kế toán", "is_ambiguous": "y", "words": "ngân hàng\nphần mềm"}
    assert post(curating, address, declared).status_code == 303
    assert "nhiều nghĩa, hiểu như vậy khi có: «ngân hàng», «phần mềm»" in text_of(
        curating.get(path(java)).text
    )
    assert post(curating, path(java, "/ten-goi/bo"), {"text": "Java Swing"}).status_code == 303
    assert "Đã bỏ tên gọi «Java Swing» của «Java»" in text_of(curating.get(address).text)
    post(curating, path(java, "/ten-goi/bo"), {"text": "Java"})
    assert "Đây là tên chính của kỹ năng" in text_of(curating.get(address).text)
    post(curating, path(java, "/ten-goi/bo"), {"text": "không có"})
    assert "Tên gọi này đã được bỏ" in text_of(curating.get(address).text)


def test_relations_are_added_without_circles_and_taken_away(curating: Client, session: Session) -> None:
    ai, deep = skill(session, "IT15"), skill(session, "IT17")
    address = path(ai, "/quan-he")
    refused(post(curating, address, {"concept": "IT17", "kind": "broader"}), "không thể rộng hơn nó")
    refused(post(curating, address, {"concept": "IT16", "kind": "related"}), "đã có quan hệ")
    refused(post(curating, address, {"concept": "IT15", "kind": "related"}), "khác kỹ năng này")
    assert post(curating, address, {"concept": "kế toán", "kind": "related"}).status_code == 303
    assert "Kế toán" in text_of(curating.get(address).text)
    post(curating, path(deep, "/quan-he/bo"), {"other": skill(session, "IT16").public_id})
    assert queries.relations_of(session, deep).broader == []
    assert post(curating, path(deep, "/quan-he/bo"), {"other": "x"}).status_code == 400


def test_a_merge_shows_what_it_touches_with_codes_only_and_is_confirmed(
    curating: Client, session: Session, work: Work
) -> None:
    person = people.person(session, "Lò Thị Kín Đáo")
    claim(session, person, "JavaScript")
    away = people.person(session, "Người Nơi Khác", unit_path="VN/01/")
    claim(session, away, "JavaScript")
    script, java = skill(session, "IT03"), skill(session, "IT02")
    need(session, "JavaScript", skill_id=script.id)
    address = path(script, "/gop")
    refused(post(curating, address, {"concept": "EN02"}), "thang bậc khác nhau")
    refused(post(curating, address, {"concept": "JavaScript"}), "khác kỹ năng này")
    answer = post(curating, address, {"concept": "Java programming"})
    assert answer.status_code == 303
    page = curating.get(answer.headers["Location"])
    words = text_of(page.text)
    assert f"2 hồ sơ (ví dụ {person.code})" in words
    assert "1 nhu cầu (ví dụ NC-" in words
    assert "Kín Đáo" not in words
    assert away.code not in words
    assert re.search(r"\d+ tên gọi chuyển sang «Java»", words)
    reads = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "people.listed").order_by(AuditEvent.id)
    ).all()
    assert [event.subject_id for event in reads] == [person.public_id]
    answer = post(curating, path(script, f"/gop/{java.public_id}"))
    assert "Đã gộp «JavaScript» vào «Java». Hoàn tác" in text_of(
        curating.get(answer.headers["Location"]).text
    )
    work()
    words = text_of(curating.get(path(java)).text)
    assert "1 hồ sơ" in words
    assert "1 nhu cầu" in words
    assert curating.get(path(script, f"/gop/{java.public_id}")).status_code == 303
    post(curating, f"/ky-nang/thay-doi/{last_change(session).public_id}/hoan-tac")
    session.expire_all()
    assert script.state is SkillState.ACTIVE


def test_a_split_is_previewed_before_it_is_done(curating: Client, session: Session, work: Work) -> None:
    moved = claim(session, people.person(session), "Java Swing")
    stays = claim(session, people.person(session, "Lò Văn Tư"), "lập trình Java")
    java = skill(session, "IT02")
    address = path(java, "/tach")
    fields: dict[str, Any] = {
        "vi": "Giao diện Java",
        "en": "",
        "family": "tool",
        "sector": "it",
        "labels": ["java swing", "javafx"],
    }
    refused(post(curating, address, fields | {"labels": []}), "Chọn ít nhất một tên gọi")
    page = post(curating, address, fields)
    assert page.status_code == 200
    assert "1 trong 2 hồ sơ sẽ chuyển" in text_of(page.text)
    assert session.scalar(select(Skill.id).where(Skill.code == "TU-0001")) is None
    refused(
        post(curating, address, fields | {"vi": "Kế toán", "xac-nhan": "1"}), "đang là tên gọi của «Kế toán»"
    )
    answer = post(curating, address, fields | {"xac-nhan": "1"})
    assert answer.status_code == 303
    work()
    session.refresh(moved)
    session.refresh(stays)
    made = session.scalars(select(Skill).where(Skill.code == "TU-0001")).one()
    assert (moved.skill_id, stays.skill_id) == (made.id, java.id)


def test_a_concept_is_edited_retired_and_used_again(curating: Client, session: Session) -> None:
    audit = skill(session, "FI02")
    fields = {"vi": "Nghiệp vụ kiểm toán", "en": "Auditing", "family": "profession", "sector": "business"}
    refused(post(curating, path(audit, "/sua"), fields | {"vi": "Java"}), "đang là tên gọi của «Java»")
    assert post(curating, path(audit, "/sua"), fields).status_code == 303
    words = text_of(curating.get(path(audit)).text)
    assert "Nghiệp vụ kiểm toán" in words
    assert "Kinh doanh, quản trị" in words
    assert "Ngừng dùng «Nghiệp vụ kiểm toán»?" in text_of(curating.get(path(audit, "/ngung-dung")).text)
    post(curating, path(audit, "/ngung-dung"))
    assert "Dùng lại" in text_of(curating.get(path(audit)).text)
    post(curating, path(audit, "/ngung-dung"))
    assert "đã ngừng dùng hoặc đã gộp" in text_of(curating.get(path(audit)).text)
    post(curating, path(audit, "/dung-lai"))
    session.expire_all()
    assert audit.state is SkillState.ACTIVE


def test_what_was_changed_since_is_not_undone_and_the_page_says_so(
    curating: Client, session: Session
) -> None:
    java, python, script = (skill(session, code) for code in ("IT02", "IT01", "IT03"))
    first = operations.merge_concepts(session, python, java, by=None, at=AT)
    operations.merge_concepts(session, java, script, by=None, at=AT)
    session.commit()
    answer = post(curating, f"/ky-nang/thay-doi/{first.public_id}/hoan-tac")
    words = text_of(curating.get(answer.headers["Location"]).text)
    assert "Không hoàn tác được vì phần liên quan đã đổi tiếp" in words


def test_the_tree_of_a_sector_shows_what_is_narrower_and_counts_in_scope(
    curating: Client, session: Session
) -> None:
    claim(session, people.person(session), "Python")
    claim(session, people.person(session, "Người Nơi Khác", unit_path="VN/01/"), "Python")
    operations.add_relation(
        session, skill(session, "IT01"), skill(session, "IT15"), RelationKind.BROADER, by=None, at=AT
    )
    words = text_of(curating.get("/ky-nang", query_string={"linh-vuc": "it"}).text)
    assert re.search(r"Trí tuệ nhân tạo.*Học máy.*Học sâu", words)
    assert "Python 1 hồ sơ" in words
    rows = text_of(curating.get("/ky-nang", query_string={"tim": "Python"}).text)
    assert re.search(r"Python .*Công nghệ thông tin \d+ 1 0", rows)


def test_who_may_not_read_people_sees_no_counts_of_them(few: Session, client: Client) -> None:
    claim(few, people.person(few), "Python")
    sign_in(client, account(few, Role.SYSTEM_ADMIN, ""))
    words = text_of(client.get(path(skill(few, "IT01"))).text)
    assert "Đang dùng trong" not in words
    script = skill(few, "IT01")
    page = text_of(client.get(path(script, f"/gop/{skill(few, 'IT02').public_id}")).text)
    assert "1 hồ sơ" in page
    assert "ví dụ HS-" not in page


def test_concepts_of_other_catalogues_are_tied_and_put_aside(curating: Client, session: Session) -> None:
    words = text_of(curating.get("/ky-nang/danh-muc-ngoai").text)
    assert "Chưa nhập danh mục ngoài nào" in words
    found = external(session)
    assert "glass blowing" in text_of(curating.get("/ky-nang/danh-muc-ngoai").text)
    address = f"/ky-nang/danh-muc-ngoai/{found.public_id}/gan"
    assert 'value="glass blowing"' in curating.get(address).text
    refused(post(curating, address, {"concept": "zzz qqq"}), "Danh mục không có kỹ năng này")
    assert post(curating, address, {"concept": "AG01"}).status_code == 303
    words = text_of(curating.get(path(skill(session, "AG01"))).text)
    assert "Mã ở danh mục khác" in words
    assert "ESCO glass blowing S-glass blowing" in words
    added = session.scalars(select(SkillLabel).where(SkillLabel.text == "glass blowing")).one()
    assert added.origin == "esco"
    post(curating, f"/ky-nang/danh-muc-ngoai/{found.public_id}/bo")
    session.expire_all()
    assert (found.state, found.skill_id) == (ExternalState.REFUSED, None)
    listed = curating.get(
        "/ky-nang/danh-muc-ngoai", query_string={"trang-thai": "refused", "tim": "gla", "nguon": "esco"}
    )
    assert "glass blowing" in text_of(listed.text)


WRITES = (
    ("/ky-nang/them", "x"),
    ("/ky-nang/{skill}/sua", "x"),
    ("/ky-nang/{skill}/ten-goi", "x"),
    ("/ky-nang/{skill}/ten-goi/bo", ""),
    ("/ky-nang/{skill}/quan-he", "x"),
    ("/ky-nang/{skill}/quan-he/bo", ""),
    ("/ky-nang/{skill}/gop", "x"),
    ("/ky-nang/{skill}/gop/{other}", "x"),
    ("/ky-nang/{skill}/tach", "x"),
    ("/ky-nang/{skill}/ngung-dung", "x"),
    ("/ky-nang/{skill}/dung-lai", ""),
    ("/ky-nang/cho-duyet/{term}/ten-goi", ""),
    ("/ky-nang/cho-duyet/{term}/ky-nang-khac", "x"),
    ("/ky-nang/cho-duyet/{term}/bo-qua", ""),
    ("/ky-nang/thay-doi/{change}/hoan-tac", ""),
    ("/ky-nang/danh-muc-ngoai/{external}/gan", "x"),
    ("/ky-nang/danh-muc-ngoai/{external}/bo", ""),
)


def test_officers_read_the_vocabulary_and_change_nothing(officer: Client, session: Session) -> None:
    change = operations.add_label(session, skill(session, "FI01"), NewLabel("sổ cái chợ"), by=None, at=AT)
    names = {
        "skill": skill(session, "FI01").public_id,
        "other": skill(session, "FI02").public_id,
        "term": pending_term(session, "đếm sao chợ phiên").public_id,
        "change": change.public_id,
        "external": external(session).public_id,
    }
    before = queries.vocabulary_version(session)
    for pattern, readable in WRITES:
        address = pattern.format(**names)
        if readable:
            assert officer.get(address).status_code == 403, address
        assert post(officer, address).status_code == 403, address
        assert officer.post(address).status_code == 400, address
    for address in ("/ky-nang/lich-su", f"/ky-nang/thay-doi/{change.public_id}", "/ky-nang/danh-muc-ngoai"):
        page = officer.get(address)
        assert page.status_code == 200
        assert "Hoàn tác</button>" not in page.text
    assert "Bỏ qua" not in officer.get("/ky-nang/cho-duyet").text
    assert queries.vocabulary_version(session) == before


@pytest.mark.parametrize(
    "address",
    [
        "/ky-nang/abc/sua",
        "/ky-nang/abc/ten-goi",
        "/ky-nang/abc/gop",
        "/ky-nang/cho-duyet/abc/ky-nang-khac",
        "/ky-nang/thay-doi/abc",
        "/ky-nang/danh-muc-ngoai/abc/gan",
    ],
)
def test_unknown_addresses_are_not_found(client: Client, session: Session, address: str) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN))
    assert client.get(address).status_code == 404


def test_progress_is_swapped_alone_and_the_page_comes_again_at_the_end(
    curating: Client, session: Session, work: Work
) -> None:
    claim(session, people.person(session), "đếm sao chợ phiên")
    kept = term(session, "đếm sao chợ phiên")
    post(curating, of_term(kept, "ten-goi"), {"skill": skill(session, "FI01").public_id})
    address = f"/ky-nang/thay-doi/{last_change(session).public_id}"
    part = curating.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Đang chờ đến lượt" in part.text
    work()
    assert curating.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert label(session, "đếm sao chợ phiên").skill_id == skill(session, "FI01").id
