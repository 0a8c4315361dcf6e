"""What a pass gives a profile and a revoked result takes away; what erasing, merging and counting do with it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.people.models import CadreFacet, Evidence, Person, SkillClaim
from registry.people.rules import EvidenceState, VerificationMethod
from registry.privacy.operations.erasing import erase_person
from registry.training.models import Participation
from registry.training.operations import (
    AlreadyTakesPart,
    NoSeats,
    NotPossible,
    Outcome,
    enrol,
    enter_many,
    move_session,
    record_outcome,
    revise_course,
    revoke_result,
)
from registry.training.queries.counting import Period, breakdown, by_category, together
from registry.training.queries.numbers import identity_text, stranger_number
from registry.training.rules import Counted, ParticipationState, Result, SessionState
from tests.factories import people
from tests.factories import training as make
from tests.factories.people import only
from tests.factories.skills import skill

PASSED = Outcome(
    ParticipationState.COMPLETED, Result.PASSED, make.END, grade_tenths=85, certificate_number="CC-1"
)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ALL = Viewer.installation()


def claim_of(session: Session, person: Person) -> SkillClaim | None:
    return session.scalar(
        select(SkillClaim).where(SkillClaim.person_id == person.id, SkillClaim.valid_to.is_(None))
    )


def test_a_pass_adds_skill_evidence_and_standard_and_revoking_takes_exactly_that_away(
    session: Session, cadre: Person
) -> None:
    course = make.course(session, skills=[(skill(session).id, 3)], political_theory_rank=2)
    row = make.takes_part(session, make.held(session, course), cadre)
    record_outcome(session, row, PASSED, make.act())
    claim = claim_of(session, cadre)
    assert claim is not None
    assert (claim.level, claim.how, claim.evidence_state) == (3, "course", EvidenceState.VERIFIED)
    evidence = only(session, Evidence, cadre)
    assert evidence.title == "Từ khóa học: Khóa học KH-1"
    assert (evidence.method, evidence.number) == (VerificationMethod.COURSE_RESULT, "CC-1")
    assert only(session, CadreFacet, cadre).political_theory_rank == 2
    revoke_result(session, row, make.act(), reason="Hủy kết quả thi")
    assert claim_of(session, cadre) is None
    assert session.scalar(select(func.count(Evidence.id))) == 0
    assert only(session, CadreFacet, cadre).political_theory_rank is None
    with pytest.raises(NotPossible):
        record_outcome(session, row, PASSED, make.act())


def test_a_lower_level_comes_back_and_a_second_course_keeps_what_it_gives(
    session: Session, cadre: Person
) -> None:
    act, of = make.act(), skill(session)
    session.add(SkillClaim(person=cadre, skill_id=of.id, typed=of.vi, level=2, valid_from=date(2020, 1, 1)))
    session.flush()
    one = make.course(session, "KH-1", skills=[(of.id, 4)], state_management_rank=1)
    two = make.course(session, "KH-2", skills=[(of.id, 4)], state_management_rank=1)
    rows = [
        make.takes_part(session, make.held(session, course, f"LOP-{course.code}"), cadre)
        for course in (one, two)
    ]
    for row in rows:
        record_outcome(session, row, PASSED, act)
    first, second = rows
    revoke_result(session, first, act, reason="x")
    claim = claim_of(session, cadre)
    assert claim is not None
    assert (claim.level, claim.evidence_state) == (4, EvidenceState.VERIFIED)
    assert only(session, CadreFacet, cadre).state_management_rank == 1
    record_outcome(session, second, Outcome(ParticipationState.COMPLETED, Result.REPEAT), act)
    claim = claim_of(session, cadre)
    assert claim is not None
    assert (claim.level, claim.evidence_state) == (2, EvidenceState.SELF_DECLARED)
    assert only(session, CadreFacet, cadre).state_management_rank is None


def test_seats_twice_and_ended_classes_are_refused(session: Session, cadre: Person) -> None:
    course = make.course(session)
    held = make.held(session, course, is_over=False, seats=1)
    enrol(session, held, cadre, make.act())
    with pytest.raises(NoSeats):
        enrol(session, held, people.person(session, "Vàng A Páo", by_law=True), make.act())
    held.seats = None
    with pytest.raises(AlreadyTakesPart):
        enrol(session, held, cadre, make.act())
    move_session(session, held, SessionState.FINISHED, make.act(), on=make.END)
    with pytest.raises(NotPossible):
        enrol(session, held, people.person(session, "Giàng A Sử", by_law=True), make.act())


def strangers(session: Session, held_ids: list[int], count: int, *, again: int = 0, category: str) -> None:
    """So many made-up people in classes in turn, the first `again` of them in a second class."""
    numbers = [stranger_number(session, identity_text(f"{n:012}", "", None, "")) for n in range(count)]
    pairs = [(number, held_ids[n % len(held_ids)]) for n, number in enumerate(numbers)]
    pairs += [(number, held_ids[(n + 1) % len(held_ids)]) for n, number in enumerate(numbers[:again])]
    rows = [
        {
            "session_id": held, "participant": number, "state": ParticipationState.COMPLETED, "category": category,
            "happened_on": make.END, "unit_path": "VN/12/", "is_rural": None if number % 3 else True,
            "is_minority": number % 2 == 0,
        }
        for number, held in pairs
    ]  # fmt: skip
    assert enter_many(session, rows)


def test_both_counts_stand_apart_and_people_of_several_categories_are_counted_once(session: Session) -> None:
    one = make.course(session, "KH-1", category="professional")
    two = make.course(session, "KH-2", category="defence_security")
    classes = [make.held(session, one, f"A-{n}").id for n in range(2)]
    strangers(session, classes, 12, again=3, category="professional")
    strangers(session, [make.held(session, two, "B").id], 8, category="defence_security")
    counted = by_category(session, ALL, YEAR)
    assert counted == {"professional": Counted(15, 12), "defence_security": Counted(8, 8)}
    assert together(session, ALL, YEAR, list(counted)) == Counted(23, 12)
    assert by_category(session, ALL, Period(date(2025, 1, 1), date(2025, 12, 31))) == {}
    split = breakdown(session, ALL, YEAR)["minority"]
    assert (split.yes or 0) + (split.no or 0) + (split.unknown or 0) == 12


def test_an_absence_and_a_cancelled_class_leave_the_counts_and_another_category_moves_them(
    session: Session, cadre: Person
) -> None:
    course = make.course(session)
    held = make.held(session, course)
    row = make.takes_part(session, held, cadre)
    record_outcome(session, row, Outcome(ParticipationState.COMPLETED), make.act())
    assert by_category(session, ALL, YEAR) == {"professional": Counted(1, 1)}
    revise_course(session, course, {"category": "digital"}, [], make.act(), version=course.version)
    assert by_category(session, ALL, YEAR) == {"digital": Counted(1, 1)}
    record_outcome(session, row, Outcome(ParticipationState.ABSENT), make.act())
    assert by_category(session, ALL, YEAR) == {}


def test_whoever_is_erased_stays_one_stranger_in_the_counts(session: Session) -> None:
    somebody = people.person(session)
    classes = [make.held(session, make.course(session, f"KH-{n}"), f"LOP-{n}") for n in range(2)]
    for held in classes:
        record_outcome(session, make.takes_part(session, held, somebody), PASSED, make.act())
    before = somebody.id
    erase_person(session, somebody, by=None, at=datetime.now(UTC))
    rows = session.scalars(select(Participation)).all()
    assert {(row.person_id, row.certificate_number, row.grade_tenths) for row in rows} == {(None, "", None)}
    assert len({row.participant for row in rows}) == 1
    assert rows[0].participant not in (before, 0)
    assert by_category(session, ALL, YEAR) == {"professional": Counted(2, 1)}


def test_the_database_itself_keeps_person_and_participant_together(session: Session, cadre: Person) -> None:
    row = make.takes_part(session, make.held(session, make.course(session)), cadre)
    other = update(Participation).where(Participation.id == row.id).values(participant=-5)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(other)
