"""Lists by kind: the pipeline of leaders has a term, a position and a decision, and stands apart from the pools of talent."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.consents.rules import Channel, PurposeCode
from registry.matching.models import Shortlist, ShortlistEntry
from registry.matching.rules.pools import PoolKind
from registry.people import operations
from registry.people.models import Person
from registry.web.clock import now
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in

PIPELINE = {
    "ten": "Quy hoạch lãnh đạo Sở Y tế",
    "kind": "pipeline",
    "term": "2026–2031",
    "position": "Phó Giám đốc Sở Y tế",
    "decision_number": "125-QĐ/TU",
    "decided_on": ["01", "04", "2026"],
}


def begin(officer: Client, **changed: object) -> str:
    """The address of a list."""
    answer = post(officer, "/danh-sach", PIPELINE | changed)
    assert answer.status_code == 303, answer.text
    where: str = answer.headers["Location"]
    return where


def put(officer: Client, where: str, person: Person) -> None:
    form = {"nguoi": [person.public_id], "danh_sach": where.rsplit("/", 1)[1]}
    assert post(officer, "/danh-sach/them", form).status_code == 303


def tables(page: str) -> dict[str, str]:
    """The cards of the page by their title."""
    return {one.split("</h2>")[0].split(">")[-1]: one for one in page.split("<h2")[1:]}


def test_a_pipeline_of_leaders_stands_apart_from_the_pools_of_talent_hp8(
    officer: Client, session: Session
) -> None:
    person = make.person(session, "Lò Văn Nguồn")
    pipeline = begin(officer)
    begin(officer, ten="Chuyên gia y tế", kind="talent")  # what a pipeline states is not kept for others
    begin(officer, ten="Hội đồng tuyển chọn", kind="panel")
    put(officer, pipeline, person)
    stored = {one.name: one for one in session.scalars(select(Shortlist))}
    assert stored["Chuyên gia y tế"].term == stored["Hội đồng tuyển chọn"].decision_number == ""
    assert stored["Chuyên gia y tế"].decided_on is None
    shown = tables(officer.get("/danh-sach").text)
    leaders = shown["Nguồn cán bộ lãnh đạo, quản lý"]
    for words in (*(PIPELINE[one] for one in ("ten", "position", "term")), "125-QĐ/TU ngày 01/04/2026"):
        assert str(words) in leaders
    assert '<td class="num" data-label="Số người">1</td>' in leaders
    pools = shown["Nguồn nhân tài, hội đồng và tổ chuyên gia"].split("<h2")[0]
    assert "Chuyên gia y tế" in pools
    assert "Hội đồng tuyển chọn" in pools
    assert str(PIPELINE["ten"]) not in pools
    page = officer.get(pipeline).text
    assert "Phó Giám đốc Sở Y tế, nhiệm kỳ 2026–2031, theo Quyết định 125-QĐ/TU ngày 01/04/2026" in page
    assert "Lò Văn Nguồn" in page


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("talent", "Chuyên gia y tế"),
        ("pipeline", "Quy hoạch lãnh đạo Sở Y tế"),
        ("panel", "Hội đồng tuyển chọn"),
    ],
)
def test_lists_are_narrowed_to_a_kind_hp8(officer: Client, kind: str, name: str) -> None:
    begin(officer)
    begin(officer, ten="Chuyên gia y tế", kind="talent")
    begin(officer, ten="Hội đồng tuyển chọn", kind="panel")
    page = officer.get(f"/danh-sach?loai={kind}").text
    assert re.findall(r'<th scope="row"><a href="/danh-sach/\w+">([^<]+)</a>', page) == [name]
    everything = officer.get("/danh-sach?loai=khong-co").text
    assert len(re.findall(r'<th scope="row"><a href="/danh-sach/', everything)) == 3


def test_a_pipeline_without_its_decision_is_refused_and_nothing_typed_is_lost_hp8(
    officer: Client, session: Session
) -> None:
    refused = post(
        officer, "/danh-sach", PIPELINE | {"term": "", "decision_number": " ", "decided_on": ["", "", ""]}
    )
    assert refused.status_code == 422
    for sentence in ("Nhập nhiệm kỳ", "Nhập số quyết định", "Nhập ngày quyết định"):
        assert sentence in refused.text
    assert 'value="Phó Giám đốc Sở Y tế"' in refused.text
    later = post(officer, "/danh-sach", PIPELINE | {"decided_on": ["01", "04", "2999"]})
    assert later.status_code == 422
    assert "Ngày quyết định không được sau hôm nay" in later.text
    assert session.scalars(select(Shortlist)).all() == []
    one = account(session, Role.OFFICER, "VN/12/")
    session.add(Shortlist(name="Không quyết định", owner_id=one.id, kind=PoolKind.PIPELINE))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_list_may_become_a_pipeline_and_who_is_in_it_stays_and_leaves_by_the_predicate_hp8(
    officer: Client, session: Session
) -> None:
    stays, leaves = make.people(session, ["Lò Văn Ở", "Lò Văn Rút"])
    where = begin(officer, kind="talent", ten="Sẽ đổi")
    for person in (stays, leaves):
        put(officer, where, person)
    assert 'value="Sẽ đổi"' in officer.get(f"{where}/loai").text
    assert post(officer, f"{where}/loai", PIPELINE | {"term": ""}).status_code == 422
    assert post(officer, f"{where}/loai", PIPELINE).status_code == 303
    changed = session.scalars(select(Shortlist)).one()
    assert (changed.kind, changed.term) == (PoolKind.PIPELINE, "2026–2031")
    operations.withdraw_consent(
        session, leaves, PurposeCode.MATCHING, channel=Channel.PHONE, reason="", by=None, at=now()
    )
    page = officer.get(where).text
    assert "Lò Văn Ở" in page
    assert "Lò Văn Rút" not in page
    assert len(session.scalars(select(ShortlistEntry)).all()) == 2


def test_a_pipeline_is_opened_and_changed_by_its_owner_alone_hp8(
    officer: Client, client: Client, session: Session
) -> None:
    where = begin(officer)
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Người Khác"))
    assert str(PIPELINE["ten"]) not in client.get("/danh-sach").text
    assert client.get(where).status_code == client.get(f"{where}/loai").status_code == 404
    assert post(client, f"{where}/loai", PIPELINE | {"ten": "Đổi trộm"}).status_code == 404
    assert session.scalars(select(Shortlist.name)).all() == [PIPELINE["ten"]]
