"""Writing needs and moving them between states, with their log and their events."""

from datetime import UTC, date, datetime, timedelta
from json import loads

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.rules import Scope, Viewer
from registry.audit.models import AuditEvent
from registry.needs import operations, queries
from registry.needs.models import Need
from registry.needs.operations import ChangedMeanwhile, ExpectedDateMissing, ReasonMissing
from registry.needs.operations.terms import condition_terms_of, skill_terms_of, terms_of
from registry.needs.rules import (
    AskedTooMuch,
    AskedTwice,
    ConditionKind,
    ConditionTerms,
    NeedState,
    NotPermitted,
    SharesWrong,
    SkillTerms,
)
from registry.skills.models import PendingTerm
from tests.factories import needs as make
from tests.factories.accounts import account
from tests.factories.needs import AT

LATER = AT + timedelta(hours=1)


def events(session: Session, need: Need) -> list[AuditEvent]:
    return list(
        session.scalars(
            select(AuditEvent).where(AuditEvent.subject_id == need.public_id).order_by(AuditEvent.id)
        )
    )


def test_codes_count_up_within_a_year_and_start_again_in_the_next(session: Session) -> None:
    last_of_year = datetime(2031, 12, 31, 16, 0, tzinfo=UTC)
    codes = [
        make.need(session, at=at).code
        for at in (last_of_year, last_of_year, last_of_year + timedelta(hours=2))
    ]
    assert codes == ["NC-2031-001", "NC-2031-002", "NC-2032-001"]


def test_a_new_need_is_a_draft_with_its_first_state_logged_and_one_event(session: Session) -> None:
    by = account(session).id
    need = make.need(session, by=by)
    assert need.state is NeedState.DRAFT
    assert [(line.step.state, line.source, line.step.by) for line in queries.log_of(session, need)] == [
        (NeedState.DRAFT, None, by)
    ]
    assert [(event.action, event.by_id) for event in events(session, need)] == [("need.created", by)]


def test_the_path_to_open_keeps_who_when_and_why(session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN)
    log = queries.log_of(session, need)
    assert [line.step.state for line in log] == ["draft", "submitted", "approved", "open"]
    assert [line.source for line in log] == [None, "draft", "submitted", "approved"]
    assert all(line.step.at == AT for line in log)
    assert need.opened_on == date(2026, 11, 25)
    assert [event.action for event in events(session, need)] == [
        "need.created",
        "need.submitted",
        "need.approved",
        "need.open",
    ]


def test_a_pause_does_not_move_the_day_of_opening(session: Session) -> None:
    need = make.need(session, state=NeedState.ON_HOLD)
    operations.move_need(session, need, NeedState.OPEN, by=None, at=AT + timedelta(days=40))
    assert need.opened_on == date(2026, 11, 25)


def test_closing_keeps_the_day(session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN)
    operations.move_need(session, need, NeedState.FILLED, by=None, at=AT + timedelta(days=30))
    assert need.closed_on == date(2026, 12, 25)


def test_a_need_without_an_expected_date_is_not_opened(session: Session) -> None:
    need = make.need(session, state=NeedState.APPROVED)
    need.expected_on = None
    with pytest.raises(ExpectedDateMissing):
        operations.move_need(session, need, NeedState.OPEN, by=None, at=LATER)
    assert need.state is NeedState.APPROVED
    assert len(events(session, need)) == 3


def test_a_need_without_an_expected_date_is_not_put_forward(session: Session) -> None:
    need = make.need(session, expected_on=None)
    with pytest.raises(ExpectedDateMissing):
        operations.move_need(session, need, NeedState.SUBMITTED, by=None, at=LATER)
    assert need.state is NeedState.DRAFT
    assert len(events(session, need)) == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_cancelling_without_a_reason_changes_nothing(session: Session, reason: str) -> None:
    need = make.need(session)
    with pytest.raises(ReasonMissing):
        operations.move_need(session, need, NeedState.CANCELLED, by=None, at=LATER, reason=reason)
    assert need.state is NeedState.DRAFT


def test_a_step_that_is_not_in_the_table_changes_nothing(session: Session) -> None:
    need = make.need(session)
    with pytest.raises(NotPermitted):
        operations.move_need(session, need, NeedState.OPEN, by=None, at=LATER)
    assert len(queries.log_of(session, need)) == 1


def test_the_reason_is_in_the_event(session: Session) -> None:
    need = make.need(session)
    operations.move_need(session, need, NeedState.CANCELLED, by=None, at=LATER, reason="đề án dừng")
    content = loads(events(session, need)[-1].content)
    assert content["reason"] == "đề án dừng"
    assert content["changes"] == {"state": ["draft", "cancelled"]}


def test_revising_replaces_terms_skills_and_conditions_and_logs_what_changed(session: Session) -> None:
    need = make.need(session, skills=[make.skill(session, "IT01", 4)])
    version = need.version
    operations.revise_need(
        session,
        need,
        terms_of(need, title="Kỹ sư dữ liệu", headcount=3),
        skills=[make.skill(session, "IT02"), make.skill(session, "IT01", 2, is_essential=True, minimum=1)],
        conditions=[ConditionTerms(ConditionKind.DEGREE, rank=4)],
        version=version,
        by=None,
        at=LATER,
    )
    session.expire_all()
    assert (need.title, need.title_folded, need.headcount, need.version) == (
        "Kỹ sư dữ liệu",
        "ky su du lieu",
        3,
        version + 1,
    )
    assert [(row.position, row.level, row.minimum, row.is_essential) for row in need.skills] == [
        (0, 3, None, False),
        (1, 2, 1, True),
    ]
    assert [(row.kind, row.rank) for row in need.conditions] == [(ConditionKind.DEGREE, 4)]
    changed = loads(events(session, need)[-1].content)["changes"]
    assert sorted(changed) == ["conditions", "headcount", "skills", "title"]


def test_changing_only_skills_raises_the_version(session: Session) -> None:
    need = make.need(session)
    before = need.version
    operations.set_skills(session, need, [make.skill(session, "IT01")], by=None, at=LATER)
    assert need.version == before + 1
    assert [event.action for event in events(session, need)] == ["need.created", "need.skills_set"]


def test_an_older_version_is_not_overwritten(session: Session) -> None:
    need = make.need(session)
    with pytest.raises(ChangedMeanwhile):
        operations.revise_need(
            session,
            need,
            terms_of(need, title="Khác"),
            skills=[],
            conditions=[],
            version=need.version - 1,
            by=None,
            at=LATER,
        )
    assert need.title == "Kỹ sư dữ liệu y tế"


def test_the_texts_of_letters_are_not_in_the_log(session: Session) -> None:
    need = make.need(session)
    operations.revise_need(
        session,
        need,
        terms_of(need, note="Liên hệ chị Hòa"),
        skills=[],
        conditions=[],
        version=need.version,
        by=None,
        at=LATER,
    )
    content = events(session, need)[-1].content
    assert "note" in content
    assert "Hòa" not in content


@pytest.mark.parametrize("count", [17])
def test_too_many_skills_are_refused_before_anything_is_written(session: Session, count: int) -> None:
    with pytest.raises(AskedTooMuch):
        make.need(session, skills=[SkillTerms(f"Nghề {n}", None) for n in range(count)])


def test_a_concept_twice_is_refused(session: Session) -> None:
    with pytest.raises(AskedTwice):
        make.need(session, skills=[make.skill(session, "IT01"), make.skill(session, "IT01", 5)])


def test_shares_must_sum_to_a_hundred_in_rules_and_in_the_database(session: Session) -> None:
    with pytest.raises(SharesWrong):
        make.need(session, shares=(50, 20, 15, 10, 6))
    need = make.need(session)
    need.share_place = 6
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_unknown_text_waits_and_is_counted_once_however_often_the_need_is_saved(session: Session) -> None:
    need = make.need(session, skills=[SkillTerms("Đếm sao đêm rằm", None)])
    term = session.scalars(select(PendingTerm).where(PendingTerm.folded == "dem sao dem ram")).one()
    assert (need.skills[0].pending_term_id, need.skills[0].skill_id) == (term.id, None)
    seen = term.count
    operations.set_skills(session, need, [SkillTerms("đếm sao đêm rằm", None, level=5)], by=None, at=LATER)
    assert need.skills[0].pending_term_id == term.id
    session.refresh(term)
    assert term.count == seen


def test_a_copy_is_a_new_draft_that_asks_for_the_same_without_dates(session: Session) -> None:
    need = make.need(
        session,
        state=NeedState.FILLED,
        skills=[
            make.skill(session, "IT01", 4, weight=3, is_essential=True),
            SkillTerms("Đếm sao đêm rằm", None),
        ],
        conditions=[
            ConditionTerms(ConditionKind.LANGUAGE, language="en", rank=4),
            ConditionTerms(ConditionKind.AVAILABLE, by_on=date(2027, 3, 1)),
        ],
        start_on=date(2027, 2, 1),
        shares=(60, 20, 10, 5, 5),
        external_id="VT-77",
    )
    copy = operations.copy_need(session, need, by=None, at=LATER)
    assert (copy.state, copy.external_id, copy.expected_on, copy.start_on) == (
        NeedState.DRAFT,
        None,
        None,
        None,
    )
    assert copy.code != need.code
    assert copy.shares == (60, 20, 10, 5, 5)
    assert skill_terms_of(copy) == skill_terms_of(need)
    assert condition_terms_of(copy) == condition_terms_of(need)


def test_needs_outside_the_scope_are_not_found(session: Session) -> None:
    need = make.need(session, unit_path="VN/12/")
    elsewhere = Viewer(None, Viewer.installation().permissions, (Scope("VN/11/"),))
    assert queries.get_need(session, elsewhere, need.public_id) is None
    assert queries.get_need(session, Viewer.installation(), need.public_id) is need


def test_the_usual_time_to_fill_is_the_median_of_filled_needs(session: Session) -> None:
    for days in (10, 20, 30, 60, 90):
        assert queries.usual_days_to_fill(session, Viewer.installation()) is None, (
            "too few to say what is usual"
        )
        need = make.need(session, state=NeedState.OPEN)
        operations.move_need(session, need, NeedState.FILLED, by=None, at=AT + timedelta(days=days))
    assert queries.usual_days_to_fill(session, Viewer.installation()) == 30
