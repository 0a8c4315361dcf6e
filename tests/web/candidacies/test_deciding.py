"""Two decisions, pinned; interview notes; the guard against conflicts; experts; nominations; erasing and the copy."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.audit.models import AuditEvent
from registry.candidacies.models import Candidacy, CandidacyDecision, CandidacyStep, InterviewNote, Nomination
from registry.candidacies.operations import (
    AlreadyAsked,
    AlreadyNominated,
    Conflicted,
    MayNotAllow,
    OpinionIsOver,
    agree,
    allow_despite,
    ask_expert,
    decide,
    declare_tie,
    end_tie,
    move,
    move_by_officer,
    nominate,
    note_interview,
    recuse,
    refuse,
    submit_opinion,
)
from registry.candidacies.queries import (
    conflicts_of,
    decisions_on,
    experts_for,
    late_opinions,
    own_tie,
    standing,
)
from registry.candidacies.queries.sealed import decision_words, note_content, opinion_words
from registry.candidacies.rules import DecisionKind, Outcome, Recommendation, Source, Stage, Standing
from registry.candidacies.rules.panels import Conflict, OpinionState, TieKind
from registry.introductions.rules import local_day
from registry.people.models import ExpertFacet, Person
from registry.people.rules import ExpertKind
from registry.privacy.operations.erasing import erase_person
from registry.privacy.queries.taking import taken
from tests.factories.accounts import account
from tests.factories.candidacies import Considered, other_officer
from tests.factories.candidates import candidate
from tests.factories.letters import shown_rows
from tests.factories.people import AT

LATER = AT + timedelta(days=1)
WORDS = "Trả lời rất chắc về dữ liệu y tế"


def said(
    session: Session, met: Considered, outcome: Outcome, *, by: int | None = None, words: str = ""
) -> None:
    kind = DecisionKind.REFERRAL if "referred" in outcome else DecisionKind.SELECTION
    decide(
        session,
        met.candidacy,
        kind,
        outcome,
        reason="other",
        words=words,
        shared=False,
        by=by or met.officer.id,
        at=AT,
    )


def test_decisions_are_pinned_and_the_selection_supersedes(session: Session, met: Considered) -> None:
    said(session, met, Outcome.NOT_REFERRED, words=WORDS)
    assert met.candidacy.stage is Stage.NOT_SELECTED
    said(session, met, Outcome.REFERRED)
    assert (met.candidacy.stage, met.candidacy.closed_at) == (Stage.REFERRED, None)
    said(session, met, Outcome.SELECTED)
    decisions = decisions_on(session, met.candidacy)
    assert [one.outcome for one in decisions] == [Outcome.NOT_REFERRED, Outcome.REFERRED, Outcome.SELECTED]
    assert standing(decisions)[0] is Standing.SELECTED
    assert met.candidacy.stage is Stage.OFFERED
    assert decision_words(session, decisions[0]) == WORDS
    assert WORDS not in shown_rows(session, "candidacy_decision")


def test_an_interview_is_sealed_and_moves_on(session: Session, met: Considered) -> None:
    note = note_interview(
        session,
        met.candidacy,
        held_on=date(2026, 11, 24),
        who="Lò Thị Hạnh",
        words=WORDS,
        scores=[("skill", 8)],
        by=met.officer.id,
        at=AT,
    )
    assert met.candidacy.stage is Stage.INTERVIEWED
    assert note_content(session, note) == {"who": "Lò Thị Hạnh", "words": WORDS, "scores": [["skill", 8]]}
    assert WORDS not in shown_rows(session, "interview_note")
    told = taken(session, met.person).tables["interview_note"]
    assert told[0]["words"] == WORDS
    assert "Hạnh" not in str(told)


def test_who_is_tied_is_stopped_until_another_lets_them(session: Session, met: Considered) -> None:
    by, other = met.officer.id, other_officer(session)
    declare_tie(session, met.person, kind=TieKind.FAMILY, words="Em họ", by=by, at=AT)
    assert conflicts_of(session, by, met.person) == [Conflict.FAMILY]
    with pytest.raises(Conflicted):
        said(session, met, Outcome.REFERRED)
    with pytest.raises(Conflicted):
        move_by_officer(session, met.candidacy, Stage.SHORTLISTED, by=by, at=AT)
    with pytest.raises(MayNotAllow):
        allow_despite(session, met.candidacy, by, reason="Không còn ai", by=by, at=AT)
    with pytest.raises(MayNotAllow):
        allow_despite(session, met.candidacy, by, reason=" ", by=other.id, at=AT)
    allow_despite(session, met.candidacy, by, reason="Chỉ có một cán bộ", by=other.id, at=AT)
    said(session, met, Outcome.REFERRED)
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"tie.declared", "candidacy.allowed", "candidacy.decided"} <= actions
    tie = own_tie(session, by, met.person)
    assert tie is not None
    end_tie(session, tie, met.person, by=by, at=LATER)
    assert conflicts_of(session, by, met.person) == []


def test_nobody_decides_about_themselves_nor_about_whom_they_put_forward(
    session: Session, met: Considered
) -> None:
    met.person.account_id = met.officer.id
    assert conflicts_of(session, met.officer.id, met.person) == [Conflict.SELF]
    other = other_officer(session)
    with pytest.raises(MayNotAllow):
        allow_despite(session, met.candidacy, met.officer.id, reason="Không", by=other.id, at=AT)
    rival = candidate(session, "Giàng A Lử", ("IT15", 3))
    nominate(session, rival, met.need, ground="Giỏi nghề", by=other.id, at=AT)
    assert conflicts_of(session, other.id, rival) == [Conflict.NOMINATOR]


def expert(session: Session, name: str) -> Person:
    """An expert who knows what the need asks for and can answer."""
    made = candidate(session, name, ("IT15", 5))
    made.account_id = account(session, Role.CANDIDATE, "", name=name).id
    session.add(ExpertFacet(person_id=made.id, kind=next(iter(ExpertKind)), expertise="AI"))
    session.flush()
    return made


def test_experts_are_offered_by_skill_without_those_who_are_tied(session: Session, met: Considered) -> None:
    """HP4: a panel by skill, the tied left out with their ground, a deadline, an opinion on file, its outcome."""
    known, tied = expert(session, "Tòng Thị Panh"), expert(session, "Lường Văn Sơn")
    assert tied.account_id is not None
    declare_tie(session, met.person, kind=TieKind.INTEREST, words="", by=tied.account_id, at=AT)
    everybody, on = Viewer.installation(), local_day(AT)
    offered, left_out = experts_for(session, everybody, met.candidacy, on=on)
    assert [one.person for one in offered] == [known]
    assert offered[0].points > 0
    assert [(one.person, list(one.grounds)) for one in left_out] == [(tied, [Conflict.INTEREST])]
    by = met.officer.id
    asked = ask_expert(session, met.candidacy, known, question="Có hợp không?", due_on=on, by=by, at=AT)
    with pytest.raises(AlreadyAsked):
        ask_expert(session, met.candidacy, known, question="Nữa", due_on=on, by=by, at=AT)
    with pytest.raises(Conflicted):
        ask_expert(session, met.candidacy, tied, question="Có hợp không?", due_on=on, by=by, at=AT)
    assert late_opinions(session, everybody, on=on) == []
    assert list(late_opinions(session, everybody, on=on + timedelta(days=1))) == [asked]
    assert known.account_id is not None
    submit_opinion(
        session, asked, recommendation=Recommendation.FOR, words=WORDS, by=known.account_id, at=LATER
    )
    assert (asked.state, asked.answered_at) == (OpinionState.SUBMITTED, LATER)
    assert opinion_words(session, asked) == WORDS
    assert WORDS not in shown_rows(session, "expert_opinion")
    with pytest.raises(OpinionIsOver):
        recuse(session, asked, words="", by=known.account_id, at=LATER)
    for whose in (known, met.person):
        assert taken(session, whose).tables["expert_opinion"][0]["words"] == WORDS


def test_who_is_put_forward_agrees_first(session: Session, met: Considered) -> None:
    rival, officer = candidate(session, "Giàng A Lử", ("IT15", 3)), met.officer.id
    one = nominate(session, rival, met.need, ground="Giỏi nghề", by=officer, at=AT)
    opened = select(Candidacy).where(Candidacy.person_id == rival.id)
    assert session.scalars(opened).all() == []
    with pytest.raises(AlreadyNominated):
        nominate(session, rival, met.need, ground="Lần nữa", by=officer, at=AT)
    refuse(session, one, by=officer, at=LATER)
    assert one.ground_sealed is None
    again = nominate(session, rival, met.need, ground="Giỏi nghề", by=officer, at=LATER)
    agree(session, again, by=officer, at=LATER)
    assert session.scalars(opened).one().source is Source.NOMINATION
    mine = candidate(session, "Sùng A Tủa", ("IT15", 3))
    own_account = account(session, Role.CANDIDATE, "", name="Sùng A Tủa").id
    mine.account_id = own_account
    nominate(session, mine, met.need, ground="Tôi làm được", by=own_account, at=AT)
    own = session.scalars(select(Candidacy).where(Candidacy.person_id == mine.id)).one()
    assert (own.source, own.stage, own.owner_id) == (Source.SELF_NOMINATION, Stage.INTERESTED, None)


def test_erasing_leaves_that_somebody_was_considered_and_no_words(session: Session, met: Considered) -> None:
    by = met.officer.id
    move(session, met.candidacy, Stage.INTERESTED, note=WORDS, by=by, at=AT)
    said(session, met, Outcome.REFERRED, words=WORDS)
    note_interview(
        session, met.candidacy, held_on=date(2026, 11, 24), who="a", words=WORDS, scores=[], by=by, at=AT
    )
    nominate(session, candidate(session, "Khác"), met.need, ground="x", by=by, at=AT)
    one = met.candidacy.id
    erase_person(session, met.person, by=None, at=LATER)
    left = session.get_one(Candidacy, one)
    assert (left.stage, left.closed_at) == (Stage.WITHDRAWN, LATER)
    steps = session.scalars(select(CandidacyStep).where(CandidacyStep.candidacy_id == one)).all()
    assert Stage.INTERVIEWED in {step.stage for step in steps}
    assert all(step.note_sealed is None for step in steps)
    assert session.scalars(select(CandidacyDecision)).one().words_sealed is None
    assert session.scalars(select(InterviewNote)).all() == []
    assert len(session.scalars(select(Nomination)).all()) == 1
