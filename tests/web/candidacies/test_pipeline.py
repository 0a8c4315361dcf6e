"""Opening, moving, undoing; signing closes the other candidacies of the person; two posts at once cannot be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.candidacies.models import Candidacy, PlacementCheck
from registry.candidacies.operations import (
    CheckRefused,
    NeedIsFull,
    NeedNotOpen,
    NothingToUndo,
    PlacedElsewhere,
    move,
    open_candidacy,
    record_check,
    undo,
)
from registry.candidacies.queries import checks_due, filled_places, overdue_of, steps_of, steps_reached
from registry.candidacies.queries.sealed import step_note
from registry.candidacies.rules import MoveRefused, ReasonMissing, Source, Stage
from registry.candidacies.rules.panels import CheckOutcome
from registry.db import Database
from registry.introductions.rules import local_day
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from tests.factories.candidacies import Considered, considered, second, selected
from tests.factories.candidates import candidate
from tests.factories.databases import own_database
from tests.factories.letters import shown_rows
from tests.factories.people import AT

LATER = AT + timedelta(days=1)
SECRET = "Chị ấy xin lùi vì con nhỏ"


def test_opening_twice_is_once_and_every_open_one_has_a_next_step(session: Session, met: Considered) -> None:
    again = open_candidacy(session, met.person, met.need, source=Source.INTEREST, by=met.officer.id, at=LATER)
    assert again is met.candidacy
    assert (again.stage, again.next_due_on, again.owner_id) == (
        Stage.SUGGESTED,
        local_day(AT) + timedelta(days=7),
        met.officer.id,
    )
    assert again.contacted_at is None
    move_need(session, met.need, NeedState.CANCELLED, by=None, at=LATER, reason="Thôi tuyển")
    other = candidate(session, "Giàng A Lử", ("IT15", 3))
    with pytest.raises(NeedNotOpen):
        open_candidacy(session, other, met.need, source=Source.OFFICER, by=met.officer.id, at=LATER)


def test_steps_forward_and_back_are_kept_with_their_reasons(session: Session, met: Considered) -> None:
    one, by = met.candidacy, met.officer.id
    move(session, one, Stage.INTERVIEWED, by=by, at=AT)
    with pytest.raises(ReasonMissing):
        move(session, one, Stage.SHORTLISTED, by=by, at=AT)
    move(session, one, Stage.SHORTLISTED, reason="more_to_check", note=SECRET, by=by, at=LATER)
    with pytest.raises(MoveRefused):
        move(session, one, Stage.PLACED, by=by, at=LATER)
    session.commit()
    steps = steps_of(session, one)
    assert [step.stage for step in steps] == [Stage.SUGGESTED, Stage.INTERVIEWED, Stage.SHORTLISTED]
    assert step_note(session, steps[-1]) == SECRET
    assert SECRET not in shown_rows(session, "candidacy_step")
    reached = steps_reached(session, [met.person.id], [met.need.id])[met.person.id, met.need.id]
    assert set(reached) == {Stage.SUGGESTED, Stage.INTERVIEWED, Stage.SHORTLISTED}
    assert reached[Stage.INTERVIEWED] == AT


def test_the_last_move_is_undone_for_a_while_and_the_history_says_so(
    session: Session, met: Considered
) -> None:
    one, by = met.candidacy, met.officer.id
    move(session, one, Stage.REMOVED, reason="opened_by_mistake", by=by, at=AT)
    assert one.closed_at is not None
    with pytest.raises(NothingToUndo):
        undo(session, one, by=by, at=AT + timedelta(minutes=11))
    assert undo(session, one, by=by, at=AT + timedelta(minutes=9)) is Stage.SUGGESTED
    assert (one.stage, one.closed_at) == (Stage.SUGGESTED, None)
    assert [step.undone_at is None for step in steps_of(session, one)] == [True, False]
    assert set(steps_reached(session, [met.person.id], [met.need.id])[met.person.id, met.need.id]) == {
        Stage.SUGGESTED
    }
    with pytest.raises(NothingToUndo):
        undo(session, one, by=by, at=AT + timedelta(minutes=9))


def test_signing_closes_what_else_is_open_and_fills_a_place(session: Session, met: Considered) -> None:
    other = second(session, met)
    selected(session, met.candidacy, met.officer.id)
    met.need.headcount = 1
    moved = move(session, met.candidacy, Stage.SIGNED, by=met.officer.id, at=LATER)
    assert (list(moved.closed), moved.is_need_full) == ([other], True)
    assert (other.stage, other.closed_at) == (Stage.CLOSED_PLACED_ELSEWHERE, LATER)
    assert filled_places(session, [met.need.id, other.need_id]) == {met.need.id: 1}
    with pytest.raises(NothingToUndo):
        undo(session, met.candidacy, by=met.officer.id, at=LATER)
    rival = candidate(session, "Giàng A Lử", ("IT15", 3))
    late = open_candidacy(session, rival, met.need, source=Source.OFFICER, by=met.officer.id, at=LATER)
    with pytest.raises(NeedIsFull):
        move(session, late, Stage.SIGNED, by=met.officer.id, at=LATER)
    again = open_candidacy(session, met.person, other.need, source=Source.OFFICER, by=None, at=LATER)
    with pytest.raises(PlacedElsewhere):
        move(session, again, Stage.SIGNED, by=met.officer.id, at=LATER)


def test_the_database_itself_knows_one_post_a_person(session: Session, met: Considered) -> None:
    other = second(session, met)
    met.candidacy.stage = other.stage = Stage.SIGNED
    with pytest.raises(IntegrityError, match=r"uq_candidacy_taken|person_id"):
        session.flush()


@pytest.mark.slow
def test_of_two_posts_signed_at_once_one_wins(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with own_database(database, request, tmp_path, "signing") as (_url, own):
        with own.writing() as session:
            met = considered(session)
            other = second(session, met)
            by, ids = met.officer.id, [met.candidacy.id, other.id]
            session.commit()
        gate = Barrier(2)

        def sign(number: int) -> str:
            gate.wait()
            with own.writing() as session:
                try:
                    move(session, session.get_one(Candidacy, number), Stage.SIGNED, by=by, at=AT)
                except MoveRefused:
                    return "refused"
                session.commit()
                return "signed"

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(sign, ids))
        with own.read_session() as session:
            stages = sorted(session.scalars(select(Candidacy.stage)))
    assert answers == ["refused", "signed"]
    assert stages == [Stage.CLOSED_PLACED_ELSEWHERE, Stage.SIGNED]


def test_who_was_placed_is_asked_about_after_a_year(session: Session, met: Considered) -> None:
    one, by, everybody = met.candidacy, met.officer.id, Viewer.installation()
    for stage in (Stage.SIGNED, Stage.PLACED):
        move(session, one, stage, by=by, at=AT)
    checks = session.scalars(select(PlacementCheck).order_by(PlacementCheck.months)).all()
    assert [(check.months, check.due_on.year) for check in checks] == [(12, 2027), (36, 2029), (60, 2031)]
    assert checks_due(session, everybody, on=date(2027, 11, 24)) == []
    with pytest.raises(CheckRefused):
        record_check(session, checks[0], outcome=CheckOutcome.STILL, left_on=None, by=by, at=AT)
    year = AT + timedelta(days=366)
    assert list(checks_due(session, everybody, on=local_day(year))) == [checks[0]]
    record_check(session, checks[0], outcome=CheckOutcome.LEFT, left_on=date(2027, 9, 1), by=by, at=year)
    assert (one.stage, one.closed_at) == (Stage.PLACED, year)
    assert filled_places(session, [met.need.id]) == {}
    again = open_candidacy(session, met.person, met.need, source=Source.OFFICER, by=by, at=year)
    assert again is not one


def test_what_is_overdue_is_counted_for_its_owner(session: Session, met: Considered) -> None:
    everybody, by = Viewer.installation(), met.officer.id
    due = local_day(AT) + timedelta(days=7)
    assert overdue_of(session, everybody, by=by, on=due) == (0, 0)
    assert overdue_of(session, everybody, by=by, on=due + timedelta(days=1)) == (1, 0)
    met.candidacy.owner_id = None
    assert overdue_of(session, everybody, by=by, on=due + timedelta(days=1)) == (0, 1)
