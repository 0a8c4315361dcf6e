"""From a proposal to the last payment through the pages; what a new version of a policy changes, and what not."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from flask import get_template_attribute
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.grants.models import EligibilityDecision, Grant
from registry.grants.queries.sealed import frozen_of
from registry.grants.rules import GrantState
from registry.policies.operations import approve_version, draft_from, edit_draft, submit_version
from registry.policies.queries.versions import content_of
from registry.policies.views.answered import need_words
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.grants import BASE, TEN_YEARS, Office, due, planned, rows, running
from tests.factories.letters import the_letter
from tests.factories.pages import opened, parsed, words_of

TODAY = today()
DAY = [f"{TODAY.day:02}", f"{TODAY.month:02}", str(TODAY.year)]
PAPER: dict[str, Any] = {
    "number": "88/QĐ-UBND",
    "signed_on": DAY,
    "signer_name": "Lê Văn Ký",
    "signer_post": "Phó Chủ tịch",
}
FACTS: dict[str, Any] = {
    "decided_on": DAY,
    "f_degree_rank": ["DH", "THS", "TS"],
    "f_professional_degree": ["BS"],
    "instalments": "y",
}


def propose_path(of: Office, code: str = TEN_YEARS) -> str:
    return f"/ung-vien/{of.person.public_id}/ho-tro/de-xuat/{code}/1"


def seen_in(page: Any) -> str:
    return page.xpath("//input[@name='seen']/@value")[0]


def test_from_the_proposal_to_the_last_payment(
    desk: Client, head: Client, theirs: Client, session: Session, of: Office
) -> None:
    chosen = words_of(opened(desk, f"/ung-vien/{of.person.public_id}/ho-tro/chon"))
    assert "Nhân lực y tế, địa bàn Bình Thuận cũ" in chosen
    assert chosen.index("ND179-2024") < chosen.index(
        "HN-92-2026"
    )  # what holds here before what holds elsewhere
    asked = parsed(post(desk, propose_path(of), {**FACTS, "then": "count"}))
    assert "chia đều" in words_of(asked)
    assert asked.xpath("//input[@name='groups'][@checked]/@value") == ["ts"]
    send = {**FACTS, "groups": ["ts"], "then": "propose", "seen": seen_in(asked)}
    assert post(desk, propose_path(of), {**send, "seen": "0" * 64}).status_code == 422
    assert post(desk, propose_path(of), {**send, "groups": ["ths"]}).status_code == 422
    assert post(desk, propose_path(of), send).status_code == 303
    decision = session.scalars(select(EligibilityDecision)).one()
    page = f"/ho-tro/quyet-dinh/{decision.public_id}"
    assert "Chờ duyệt" in words_of(opened(desk, page))
    assert desk.get(f"{page}/duyet").status_code == 403
    assert "1 đề xuất hỗ trợ chờ duyệt" in words_of(opened(head, "/"))
    assert post(head, f"{page}/duyet", {**PAPER, "number": ""}).status_code == 422
    assert post(head, f"{page}/duyet", PAPER).status_code == 303
    grant = session.scalars(select(Grant)).one()
    own = f"/ho-tro/{grant.public_id}"
    assert "800.000.000" in words_of(opened(desk, own))
    assert "http://localhost/toi/ho-tro" in the_letter(session, "grant_news").body
    assert post(desk, f"{own}/viec/cam-ket-chi", {}).status_code == 303
    first = due(grant)
    too_much = {"amount": "80.000.001", "on": DAY, "voucher": "UNC-1"}
    refused = post(desk, f"{own}/chi/{first.public_id}", too_much)
    assert "không quá 80.000.000" in words_of(parsed(refused, 422))
    assert post(desk, f"{own}/chi/{first.public_id}", {**too_much, "amount": "80 triệu"}).status_code == 303
    told = words_of(opened(theirs, "/toi/ho-tro"))
    for sentence in ("88/QĐ-UBND", "Đã chi", "80.000.000", "phải hoàn trả 80.000.000", "Phó Chủ tịch"):
        assert sentence in told
    listed = words_of(opened(desk, "/ho-tro"))
    assert of.person.full_name in listed
    assert "80.000.000" in listed
    assert "phải hoàn trả" in words_of(opened(desk, f"{own}?ngay=01/01/2030"))
    ledger = words_of(opened(desk, "/cam-ket?ngay=01/01/2030"))
    assert "Hoàn trả nếu nghỉ ngày 01/01/2030" in ledger
    assert "toàn bộ = 80.000.000" in ledger
    assert "Đang chi" in words_of(opened(desk, f"/ung-vien/{of.person.public_id}/ho-tro"))


def test_the_page_shows_what_was_stored_to_the_last_dong(desk: Client, session: Session, of: Office) -> None:
    grant = running(session, of, BASE, asked=rows())
    session.commit()
    frozen = frozen_of(session, grant.decision)
    assert frozen is not None
    page = words_of(opened(desk, f"/ho-tro/quyet-dinh/{grant.decision.public_id}"))
    for line in frozen["lines"]:
        assert " ".join(line["formula"].split()) in page
    assert "1.265.000.000" in page


@pytest.mark.parametrize("still", [True, False])
def test_a_new_version_leaves_what_was_given_and_both_sums_are_shown(
    desk: Client, session: Session, of: Office, still: bool
) -> None:
    grant = running(session, of, BASE, asked=rows())
    pay = due(grant)
    before = (grant.lines[0].amount_vnd, grant.decision.frozen_sha256, pay.amount_vnd)
    other = account(session, Role.CAMPAIGN_ADMIN, "", name="Người thứ ba").id
    draft = draft_from(session, grant.decision.policy_version, by=of.head.id, at=grant.made_at)
    data: dict[str, Any] = deepcopy(content_of(draft)) | {"effective_from": TODAY.isoformat()}
    for group in data["groups"]:
        if group["code"] == "ts":
            group["benefits"][0]["amount"] = {"times": 700, "of": "base_salary"}
            if not still:
                group["rule"] = {"fact": "years_experience", "of": "any", "op": ">=", "value": 30}
    edit_draft(session, draft, data, document=draft.document, by=of.head.id, at=grant.made_at)
    submit_version(session, draft, by=of.head.id, at=grant.made_at)
    approve_version(session, draft, by=other, at=grant.made_at)
    session.commit()
    session.expire_all()
    assert (grant.lines[0].amount_vnd, grant.decision.frozen_sha256, due(grant).amount_vnd) == before
    assert grant.decision.policy_version.number == 1
    assert grant.state is GrantState.ACTIVE
    page = words_of(opened(desk, f"/ho-tro/{grant.public_id}"))
    assert "1.265.000.000" in page
    listed = words_of(opened(desk, "/ho-tro/can-xem-lai"))
    assert of.person.full_name in listed
    assert "Theo bản đã quyết định 1.265.000.000" in listed
    if still:
        assert "Nếu tính theo bản 2 hiện hành 1.771.000.000" in page
        assert "Nếu tính theo bản hiện hành 1.771.000.000" in listed
    else:
        assert "không còn đạt" in page
        assert "Không còn đạt" in listed


def test_whoever_may_not_see_the_person_sees_nothing(client: Client, session: Session, of: Office) -> None:
    grant = running(session, of)
    session.commit()
    sign_in(client, account(session, Role.OFFICER, "VN/01/"))
    assert client.get(f"/ho-tro/{grant.public_id}").status_code == 404
    assert client.get(f"/ho-tro/quyet-dinh/{grant.decision.public_id}").status_code == 404
    assert of.person.full_name not in client.get("/ho-tro").text
    assert "800.000.000" not in client.get("/ho-tro").text
    assert of.person.full_name not in client.get("/cam-ket").text


def test_an_auditor_reads_money_by_code_and_does_nothing(
    client: Client, session: Session, of: Office
) -> None:
    grant = running(session, of)
    session.commit()
    sign_in(client, account(session, Role.AUDITOR, ""))
    page = client.get(f"/ho-tro/{grant.public_id}").text
    assert of.person.code in page
    assert of.person.full_name not in page
    assert "viec/" not in page
    assert client.get(f"/ho-tro/{grant.public_id}/viec/cham-dut").status_code == 403
    assert of.person.full_name not in client.get("/ho-tro").text


def test_acts_say_what_is_wrong_and_keep_what_was_typed(
    desk: Client, head: Client, session: Session, of: Office
) -> None:
    grant = running(session, of)
    session.commit()
    own = f"/ho-tro/{grant.public_id}"
    lost = post(desk, f"{own}/viec/gia-han", {"until": ["01", "01", "2027"], "words": "Thỏa thuận mới"})
    page = parsed(lost, 422)
    assert "Ngày không hợp" in words_of(page)
    assert "Thỏa thuận mới" in words_of(page)
    assert post(desk, f"{own}/viec/vi-pham", {"on": DAY, "words": "Nghỉ việc"}).status_code == 303
    assert desk.get(f"{own}/mien").status_code == 403
    assert post(head, f"{own}/mien", {"words": "Ốm nặng, có bệnh án"}).status_code == 303
    session.expire_all()
    assert grant.state is GrantState.WAIVED
    assert "Miễn hoàn trả" in words_of(opened(head, own))
    assert post(desk, f"{own}/viec/khong-co", {}).status_code == 404
    assert post(desk, f"{own}/viec/tam-dung", {"on": DAY, "words": "x"}).status_code == 303
    assert grant.state is GrantState.WAIVED


def test_a_sum_in_a_range_is_fixed_on_its_page(desk: Client, session: Session, of: Office) -> None:
    asked = rows() | {"person": {"recognised_talent": True}}
    grant = planned(session, of, "HCM-27-2023", ("tai-nang",), asked=asked)
    session.commit()
    monthly = grant.lines[1]
    path = f"/ho-tro/{grant.public_id}/khoan/{monthly.public_id}"
    refused = post(desk, path, {"amount": "120 triệu", "months": "12"})
    assert "từ 30.000.000 đến 100.000.000" in words_of(parsed(refused, 422))
    assert post(desk, path, {"amount": "40 triệu", "months": "12"}).status_code == 303
    session.expire_all()
    assert [one.amount_vnd for one in monthly.payments] == [40_000_000] * 12
    assert "Chưa cam kết chi được" in words_of(opened(desk, f"/ho-tro/{grant.public_id}"))
    assert date(2027, 10, 20) in [one.due_on for one in monthly.payments]


def test_a_sum_that_cannot_be_worked_out_says_what_it_waits_for(client: Client) -> None:
    rent = {"kind": "unknown", "text": "Thuê nhà", "clause": "", "needs": ["owns_home_in_province"]}
    answer: dict[str, Any] = {
        "benefits": [rent],
        "total_once": 0,
        "commitment": {},
        "left_out": [],
        "notes": [],
    }
    with client.application.test_request_context("/"):
        said = get_template_attribute("grants/_answer.html", "benefits")(answer, need_words)
    assert "cần biết: Có nhà ở trong tỉnh" in " ".join(said.split())
