"""Of two people, two needs and two officers each is told their own and nothing of the other's."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role, Viewer
from registry.candidacies.models import Candidacy
from registry.candidacies.operations import (
    allow_despite,
    ask_expert,
    decide,
    declare_tie,
    move,
    nominate,
    open_candidacy,
    plan_next,
)
from registry.candidacies.queries import (
    WaitingForPerson,
    Wanted,
    closed_elsewhere,
    conflicts_of,
    deciders,
    experts_for,
    last_move,
    listed,
    of_person,
    on_board,
    overdue_of,
    override_of,
    own_candidacies,
    own_nominations,
    own_tie,
    tied_accounts,
    waiting_for_person,
)
from registry.candidacies.rules import DecisionKind, NextStep, Outcome, Source, Stage
from registry.candidacies.rules.panels import Conflict, TieKind
from registry.introductions.rules import local_day
from registry.people.models import ExpertFacet, Person
from registry.people.rules import ExpertKind
from registry.privacy.queries.taking import taken
from tests.factories.accounts import account
from tests.factories.candidacies import Considered, other_officer, selected
from tests.factories.candidates import candidate
from tests.factories.introductions import need_of
from tests.factories.people import AT

ON = local_day(AT)
EVERYBODY = Viewer.installation()


class Other:
    """A second person with an account, a second need and a second officer, beside those who have met."""

    def __init__(self, session: Session) -> None:
        self.session, self.officer = session, other_officer(session)
        self.need = need_of(session, "Kỹ sư vật liệu")
        self.person = candidate(session, "Giàng A Lử", ("IT15", 3))
        self.own = account(session, Role.CANDIDATE, "", name="Giàng A Lử")
        self.person.account_id = self.own.id
        session.flush()
        self.candidacy = self.opened(self.officer)

    def opened(self, by: Account) -> Candidacy:
        """This person is considered for this need."""
        return open_candidacy(self.session, self.person, self.need, source=Source.OFFICER, by=by.id, at=AT)


@pytest.fixture
def other(session: Session, met: Considered) -> Other:
    """See the class."""
    return Other(session)


def expert(session: Session, name: str) -> Person:
    """Somebody who may be asked."""
    made = candidate(session, name, ("IT15", 5))
    made.account_id = account(session, Role.CANDIDATE, "", name=name).id
    session.add(ExpertFacet(person_id=made.id, kind=next(iter(ExpertKind)), expertise="AI"))
    session.flush()
    return made


def test_a_board_is_of_one_need_and_a_page_of_one_person(
    session: Session, met: Considered, other: Other
) -> None:
    assert list(on_board(session, EVERYBODY, met.need, on=ON)) == [met.candidacy]
    assert list(on_board(session, EVERYBODY, other.need, on=ON)) == [other.candidacy]
    assert list(of_person(session, EVERYBODY, met.person, on=ON)) == [met.candidacy]
    assert list(own_candidacies(session, other.person)) == [other.candidacy]


def test_owners_are_told_of_their_own(session: Session, met: Considered, other: Other) -> None:
    mine = listed(session, EVERYBODY, Wanted(owner=met.officer.id), on=ON)
    assert list(mine.rows) == [met.candidacy]
    for one in (met.candidacy, other.candidacy):
        by = one.owner_id
        assert by is not None
        plan_next(session, one, step=NextStep.CONTACT, due_on=ON, owner_id=by, by=by, at=AT)
    late = ON + timedelta(days=1)
    assert overdue_of(session, EVERYBODY, by=met.officer.id, on=late) == (1, 0)


def test_what_closed_elsewhere_is_told_its_owner_alone(
    session: Session, met: Considered, other: Other
) -> None:
    third = need_of(session, "Chuyên viên dữ liệu")
    for person, officer, rival in (
        (met.person, met.officer, other.officer),
        (other.person, other.officer, met.officer),
    ):
        taken_up = open_candidacy(session, person, third, source=Source.OFFICER, by=rival.id, at=AT)
        third.headcount = 5
        selected(session, taken_up, rival.id)
        move(session, taken_up, Stage.SIGNED, by=rival.id, at=AT)
        assert officer.id != rival.id
    told = closed_elsewhere(session, EVERYBODY, by=met.officer.id, since=ON, on=ON)
    assert list(told) == [met.candidacy]


def test_the_last_move_is_of_the_need_that_is_looked_at(
    session: Session, met: Considered, other: Other
) -> None:
    by = met.officer.id
    move(session, met.candidacy, Stage.SHORTLISTED, by=by, at=AT)
    move(session, other.candidacy, Stage.SHORTLISTED, by=by, at=AT)
    step = last_move(session, met.need, by=by, since=AT)
    assert step is not None
    assert step.candidacy is met.candidacy


def test_what_waits_is_counted_for_the_person_it_waits_for(
    session: Session, met: Considered, other: Other
) -> None:
    by = met.officer.id
    move(session, other.candidacy, Stage.INVITED, by=by, at=AT)
    nominate(session, other.person, met.need, ground="Giỏi nghề", by=by, at=AT)
    asked = expert(session, "Tòng Thị Panh")
    ask_expert(session, met.candidacy, asked, question="Có hợp không?", due_on=ON, by=by, at=AT)
    assert waiting_for_person(session, met.person) == WaitingForPerson(0, 0, 0)
    found = waiting_for_person(session, other.person)
    assert (found.answers, found.opinions, found.nominations) == (1, 0, 1)
    assert waiting_for_person(session, asked).opinions == 1
    assert list(own_nominations(session, met.person)) == []


def test_a_tie_is_to_one_person_and_lets_one_account_through(
    session: Session, met: Considered, other: Other
) -> None:
    by, second = met.officer.id, other.officer.id
    declare_tie(session, met.person, kind=TieKind.FAMILY, words="Em họ", by=by, at=AT)
    assert own_tie(session, by, met.person) is not None
    assert own_tie(session, by, other.person) is None
    assert own_tie(session, second, met.person) is None
    assert conflicts_of(session, by, other.person) == []
    assert [one.account.id for one in tied_accounts(session, met.candidacy)] == [by]
    assert tied_accounts(session, other.candidacy) == []
    allow_despite(session, met.candidacy, by, reason="Chỉ có một cán bộ", by=second, at=AT)
    assert override_of(session, met.candidacy, by) is not None
    assert override_of(session, met.candidacy, second) is None


def test_who_put_one_forward_is_tied_to_that_one(session: Session, met: Considered, other: Other) -> None:
    by = met.officer.id
    nominate(session, other.person, met.need, ground="Giỏi nghề", by=by, at=AT)
    assert conflicts_of(session, by, other.person) == [Conflict.NOMINATOR]
    assert conflicts_of(session, by, met.person) == []
    assert tied_accounts(session, met.candidacy) == []


def test_only_who_decided_with_the_person_is_tied_by_it(
    session: Session, met: Considered, other: Other
) -> None:
    """An opinion of a third person on the same candidacy is nobody else's."""
    by = met.officer.id
    asked = expert(session, "Tòng Thị Panh")
    ask_expert(session, other.candidacy, asked, question="Có hợp không?", due_on=ON, by=by, at=AT)
    decide(
        session, other.candidacy, DecisionKind.REFERRAL, Outcome.REFERRED,
        reason="meets_need", words="", shared=False, by=by, at=AT,
    )  # fmt: skip
    assert conflicts_of(session, by, asked) == [Conflict.SAME_DECISION]
    assert conflicts_of(session, by, met.person) == []


def test_rivals_are_those_of_the_same_need(session: Session, met: Considered, other: Other) -> None:
    known = expert(session, "Tòng Thị Panh")
    open_candidacy(session, known, other.need, source=Source.OFFICER, by=met.officer.id, at=AT)
    offered, left_out = experts_for(session, EVERYBODY, met.candidacy, on=ON)
    assert ([one.person for one in offered], left_out) == ([known], [])
    offered, left_out = experts_for(session, EVERYBODY, other.candidacy, on=ON)
    assert (offered, [one.person for one in left_out]) == ([], [known])


def test_who_may_decide_is_of_the_place_of_the_need(session: Session, met: Considered, other: Other) -> None:
    far = account(session, Role.OFFICER, "VN/31/", name="Cán bộ Hải Phòng")
    found = {one.id for one in deciders(session, met.need, on=ON)}
    assert {met.officer.id, other.officer.id} <= found
    assert far.id not in found


def test_a_copy_holds_the_words_about_oneself(session: Session, met: Considered, other: Other) -> None:
    by = met.officer.id
    words = "Trả lời rất chắc về dữ liệu y tế"
    decide(
        session, other.candidacy, DecisionKind.REFERRAL, Outcome.REFERRED,
        reason="other", words=words, shared=False, by=by, at=AT,
    )  # fmt: skip
    nominate(session, other.person, met.need, ground="Tiến cử vì tay nghề", by=by, at=AT)
    asked = expert(session, "Tòng Thị Panh")
    ask_expert(session, other.candidacy, asked, question="Hỏi về tay nghề", due_on=ON, by=by, at=AT)
    theirs, mine = str(taken(session, other.person).tables), str(taken(session, met.person).tables)
    for said in (words, "Tiến cử vì tay nghề", "Hỏi về tay nghề"):
        assert said in theirs
        assert said not in mine
