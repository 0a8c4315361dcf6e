"""Decisions, grants, payments and commitments through the operations, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.audit.models import AuditEvent
from registry.grants.models import EligibilityDecision
from registry.grants.operations import (
    AlreadyDecided,
    AnswerChanged,
    AnswerDiffers,
    DayOutOfOrder,
    GroundNeeded,
    LinesNotFixed,
    NotApplicable,
    NotPossible,
    OutOfBounds,
    OverPaid,
    Paid,
    Repaid,
    SecondPersonNeeded,
    approve_decision,
    commit_grant,
    complete_grant,
    end_grant,
    extend_grant,
    find_breach,
    fix_line,
    record_payment,
    record_repaid,
    refuse_decision,
    resume_grant,
    revoke_decision,
    suspend_grant,
    take_back_proposal,
    undo_payment,
    waive_repayment,
)
from registry.grants.operations.daily import do_next
from registry.grants.operations.letters import papers_of
from registry.grants.queries.answering import answered_by
from registry.grants.queries.sealed import Tampered, frozen_of, ground_of
from registry.grants.queries.totals import paid_by_person, totals_of
from registry.grants.rules import CommitmentState, DecisionState, GrantState, PaymentState
from registry.privacy.operations.erasing import erase_person
from tests.factories.grants import (
    BASE,
    RANGES,
    SIGNED,
    TODAY,
    act,
    due,
    office,
    paid,
    planned,
    proposed,
    rows,
    running,
)
from tests.factories.letters import waiting_letters

MILLION = 1_000_000


def test_a_decision_is_frozen_and_approved_by_another(session: Session) -> None:
    of = office(session)
    decision = proposed(session, of)
    frozen = frozen_of(session, decision)
    assert frozen is not None
    assert (
        frozen["answer"]
        == answered_by(session, decision.policy_version, rows(instalments=True), ["ts"]).frozen["answer"]
    )
    assert frozen["lines"][0]["total"] == 800 * MILLION
    with pytest.raises(SecondPersonNeeded):
        approve_decision(session, decision, SIGNED, act(of.officer))
    grant = approve_decision(session, decision, SIGNED, act(of.head))
    assert (decision.state, decision.number, grant.state) == (
        DecisionState.APPROVED,
        "1234/QĐ-UBND",
        GrantState.PLANNED,
    )
    assert [one.amount_vnd for one in grant.lines[0].payments] == [80 * MILLION] * 10
    with pytest.raises(NotPossible):
        refuse_decision(session, decision, act(of.head), words="Đã duyệt rồi")
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("decision.%"))).all()
    assert sorted(actions) == ["decision.approved", "decision.proposed"]


def test_nobody_approves_in_the_table_what_they_proposed_and_no_author_is_deleted(session: Session) -> None:
    of = office(session)
    decision = proposed(session, of)
    session.commit()
    own = update(EligibilityDecision).values(decided_by_id=of.officer.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(own.where(EligibilityDecision.id == decision.id))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(delete(Account).where(Account.id == of.officer.id))


def test_what_was_frozen_cannot_be_changed_unseen(session: Session) -> None:
    of = office(session)
    one = proposed(session, of)
    session.execute(
        text("UPDATE eligibility_decision SET frozen_sha256 = :other WHERE id = :id"),
        {"other": "0" * 64, "id": one.id},
    )
    session.refresh(one)
    with pytest.raises(Tampered):
        frozen_of(session, one)


def test_against_the_answer_only_with_a_written_ground(session: Session) -> None:
    of = office(session)
    asked = rows() | {"person": {"academic_title": "none"}}
    with pytest.raises(GroundNeeded):
        proposed(session, of, asked=asked)
    decision = proposed(session, of, asked=asked, ground="Hội đồng xét theo hồ sơ gốc")
    assert decision.is_against_answer
    assert ground_of(session, decision) == "Hội đồng xét theo hồ sơ gốc"
    frozen = frozen_of(session, decision)
    assert frozen is not None
    assert {one["state"] for one in frozen["answer"]["groups"]} == {"unknown"}
    assert frozen["lines"][0]["high"] == 800 * MILLION
    with pytest.raises(AlreadyDecided):
        proposed(session, of)
    take_back_proposal(session, decision, act(of.officer), words="Nhầm nhóm")
    proposed(session, of)


def test_a_version_that_does_not_hold_is_refused_and_a_changed_answer_is_seen(session: Session) -> None:
    of = office(session)
    early = rows("2026-01-20") | {"applied_on": "2026-01-20"}
    with pytest.raises(NotApplicable):
        proposed(session, of, BASE, asked=early)
    with pytest.raises(AnswerChanged):
        proposed(session, of, seen="0" * 64)


def test_signed_on_a_day_with_another_base_salary_it_is_proposed_anew(session: Session) -> None:
    of = office(session)
    asked = rows("2026-06-15") | {"applied_on": "2026-06-01"}
    decision = proposed(session, of, BASE, asked=asked)
    assert frozen_of(session, decision)["lines"][0]["total"] == 1_170 * MILLION  # type: ignore[index]
    with pytest.raises(AnswerDiffers):
        approve_decision(session, decision, SIGNED, act(of.head))
    grant = approve_decision(session, decision, replace(SIGNED, signed_on=date(2026, 6, 30)), act(of.head))
    assert grant.lines[0].amount_vnd == 1_170 * MILLION
    assert decision.decided_on == date(2026, 6, 30)


def test_refused_and_revoked_with_a_reason(session: Session) -> None:
    of = office(session)
    decision = proposed(session, of)
    refuse_decision(session, decision, act(of.head), words="Thiếu hồ sơ gốc")
    grant = planned(session, of)
    revoke_decision(session, grant.decision, act(of.head), words="Người này không nhận việc")
    assert grant.state is GrantState.ENDED
    assert {one.state for one in grant.lines[0].payments} == {PaymentState.CANCELLED}
    with pytest.raises(NotPossible):
        revoke_decision(session, running(session, of).decision, act(of.head), words="Muộn")


def test_a_range_is_fixed_within_it_before_anything_is_committed(session: Session) -> None:
    of = office(session)
    asked = rows() | {"person": {"recognised_talent": True}}
    grant = planned(session, of, RANGES, ("tai-nang",), asked=asked)
    once, monthly, product, *others = grant.lines
    with pytest.raises(LinesNotFixed):
        commit_grant(session, grant, act(of.officer))
    by = act(of.officer)
    with pytest.raises(OutOfBounds):
        fix_line(session, monthly, amount=29 * MILLION, months=12, ground="", act=by)
    fix_line(session, once, amount=100 * MILLION, months=None, ground="", act=by)
    fix_line(session, monthly, amount=30 * MILLION, months=12, ground="", act=by)
    with pytest.raises(GroundNeeded):
        fix_line(session, product, amount=0, months=None, ground="", act=by)
    fix_line(session, product, amount=0, months=None, ground="Chưa có nhiệm vụ", act=by)
    for line in others:
        fix_line(session, line, amount=0, months=1, ground="", act=by)
    commit_grant(session, grant, by)
    assert totals_of(session, person_ids=[of.person.id]) == {
        "planned": 460 * MILLION,
        "committed": 460 * MILLION,
        "paid": 0,
    }
    with pytest.raises(NotPossible):
        fix_line(session, once, amount=MILLION, months=None, ground="", act=by)


def test_payments_never_exceed_what_is_due(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    with pytest.raises(OverPaid):
        record_payment(session, due(grant), Paid(80 * MILLION + 1, TODAY, "UNC-1"), act(of.officer))
    with pytest.raises(DayOutOfOrder):
        record_payment(session, due(grant), Paid(1, TODAY + timedelta(1), "UNC-1"), act(of.officer))
    first = paid(session, of, grant, 30 * MILLION)
    assert due(grant).amount_vnd == 50 * MILLION
    assert due(grant).due_on == first.due_on
    figures = totals_of(session, version_ids=[grant.decision.version_id])
    assert figures == {"planned": 800 * MILLION, "committed": 800 * MILLION, "paid": 30 * MILLION}
    assert totals_of(session, need_ids=[]) == {"planned": 0, "committed": 0, "paid": 0}
    assert paid_by_person(session) == {of.person.id: 30 * MILLION}
    with pytest.raises(LinesNotFixed):
        complete_grant(session, grant, act(of.officer), words="")
    undo_payment(session, first, act(of.officer), words="Nhập nhầm người")
    assert totals_of(session)["paid"] == 0
    assert sum(one.amount_vnd for one in grant.lines[0].payments) == 800 * MILLION


def test_suspension_pushes_the_commitment_and_extension_sets_a_later_end(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    promised = grant.commitment
    assert promised is not None
    assert (promised.starts_on, promised.until) == (date(2026, 11, 20), date(2036, 11, 20))
    day = date(2027, 1, 1)
    suspend_grant(session, grant, act(of.officer, day), on=day, to=None, words="Nghỉ không lương")
    assert promised.state is CommitmentState.SUSPENDED
    with pytest.raises(NotPossible):
        paid(session, of, grant, on=day)
    back = date(2027, 1, 31)
    resume_grant(session, grant, act(of.officer, back), on=back, words="Đi làm lại")
    assert promised.until == date(2036, 12, 20)  # thirty days later
    with pytest.raises(DayOutOfOrder):
        extend_grant(session, grant, act(of.officer, back), until=date(2036, 12, 20), words="")
    extend_grant(session, grant, act(of.officer, back), until=date(2037, 6, 30), words="Theo thỏa thuận")
    assert (grant.state, promised.until) == (GrantState.EXTENDED, date(2037, 6, 30))


def test_a_breach_is_paid_back_or_waived_by_another(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    paid(session, of, grant)
    left = date(2028, 3, 1)
    find_breach(session, grant, act(of.officer, left), on=left, words="Tự ý nghỉ việc")
    promised = grant.commitment
    assert promised is not None
    assert (promised.state, promised.repayable_vnd) == (CommitmentState.BREACHED, 80 * MILLION)
    assert "80.000.000" in promised.repayable_formula
    later = act(of.officer, left + timedelta(9))
    with pytest.raises(OverPaid):
        record_repaid(session, grant, Repaid(81 * MILLION, left, "PT-1"), later)
    record_repaid(session, grant, Repaid(50 * MILLION, left, "PT-1"), later)
    assert paid_by_person(session) == {of.person.id: 30 * MILLION}
    with pytest.raises(SecondPersonNeeded):
        waive_repayment(session, grant, later, ground="Ốm nặng", words="")
    waive_repayment(session, grant, act(of.head, left + timedelta(9)), ground="Ốm nặng", words="")
    assert (grant.state, promised.state) == (GrantState.WAIVED, CommitmentState.WAIVED)


def test_an_alert_that_is_raised_again_sends_no_second_letter(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    grant.decision.person.account_id = of.officer.id  # somebody with an address
    promised = grant.commitment
    assert promised is not None
    at, papers = act(None, promised.until - timedelta(90)).at, papers_of("http://127.0.0.1:8000", "Sở")
    for _time in range(2):
        promised.alert_sent = None  # as where a worker was killed and its database put back
        assert do_next(session, papers, at=at)
    promised.alert_sent = None
    assert do_next(session, papers, at=act(None, promised.until - timedelta(30)).at)
    assert len(waiting_letters(session, "commitment_due")) == 2


def test_days_alert_once_a_level_end_commitments_and_let_decisions_lapse(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    promised = grant.commitment
    assert promised is not None
    at = act(None, promised.until - timedelta(90)).at
    assert do_next(session, None, at=at)
    assert promised.alert_sent == 90
    assert not do_next(session, None, at=at)
    assert do_next(session, None, at=act(None, promised.until).at)
    assert promised.alert_sent == 0
    assert promised.state is CommitmentState.RUNNING
    assert do_next(session, None, at=act(None, promised.until + timedelta(1)).at)
    assert promised.state.value == "fulfilled"
    end_grant(session, grant, act(of.officer), words="Thôi chi")
    unused = approve_decision(
        session,
        proposed(session, of),
        replace(SIGNED, expires_on=date(2026, 12, 31)),
        act(of.head),
    )
    assert not do_next(session, None, at=act(None, date(2026, 12, 31)).at)
    assert do_next(session, None, at=act(None, date(2027, 1, 1)).at)
    assert (unused.decision.state, unused.state) == (DecisionState.EXPIRED, GrantState.ENDED)


def test_erasing_leaves_the_public_money_and_forgets_why(session: Session) -> None:
    of = office(session)
    asked = rows(instalments=True) | {"person": {"academic_title": "none"}}
    grant = running(session, of, asked=asked, ground="Hội đồng xét")
    paid(session, of, grant)
    erase_person(session, of.person, by=of.officer.id, at=act(None).at)
    session.expire_all()
    decision = grant.decision
    assert frozen_of(session, decision) is None
    assert ground_of(session, decision) == ""
    assert (decision.number, len(decision.frozen_sha256)) == ("1234/QĐ-UBND", 64)
    assert totals_of(session)["paid"] == 80 * MILLION


def test_a_suspension_with_a_last_day_ends_by_itself(session: Session) -> None:
    of = office(session)
    grant = running(session, of)
    suspend_grant(session, grant, act(of.officer), on=TODAY, to=date(2026, 12, 6), words="Đi học")
    assert do_next(session, None, at=act(None, date(2026, 12, 7)).at)
    assert grant.state is GrantState.ACTIVE
    assert grant.commitment is not None
    assert grant.commitment.until == date(2036, 11, 30)
