"""Candidacies in each place and across both provinces, opinions asked of people with accounts, nominations that wait.

Rows are put where they are wanted: the way there is proved by the tests of the room.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.candidacies.models import Candidacy, CandidacyStep, ExpertOpinion, Nomination
from registry.candidacies.queries.sealed import seal
from registry.candidacies.rules import NextStep, Source, Stage
from registry.candidacies.rules.panels import NominationState, OpinionState
from registry.db import new_public_id
from registry.needs.models import Need
from registry.people.models import Person

Objects = dict[str, dict[str, dict[str, str]]]


def _code(one: Any) -> dict[str, str]:
    return {"ma": str(one.public_id)}


def make_candidacies(
    session: Session, accounts: dict[str, Account], people: dict[str, Person], needs: dict[str, Need]
) -> Objects:
    """Whoever stands in a place was invited; «mixed» is somebody of B invited for the need of A."""
    found: Objects = {"candidacy": {}, "asked_opinion": {}, "opinion": {}, "nomination": {}}
    by = {"own": accounts["offA"], "below": accounts["offU"], "other": accounts["offB"]}
    made: dict[str, Candidacy] = {}
    for where, need in needs.items():
        made[where] = _invited(session, people[where], need, by[where].id)
    made["mixed"] = _invited(session, people["other"], needs["own"], accounts["cadN"].id)
    found["candidacy"] = {where: _code(one) for where, one in made.items()}
    for expert, about in (("own", "below"), ("other", "mixed"), ("mate", "own"), ("twin", "other")):
        opinion = _opinion(session, people[expert], made[about], accounts["cadN"].id)
        if expert in {"own", "other"}:
            found["opinion"][expert] = _code(opinion)
        found["asked_opinion"][about] = {**_code(made[about]), "y_kien": opinion.public_id}
    for whose, need in (("own", "below"), ("other", "below")):
        found["nomination"][whose] = _code(
            _nomination(session, people[whose], needs[need], accounts["cadN"].id)
        )
    session.flush()
    return found


def _invited(session: Session, person: Person, need: Need, by: int) -> Candidacy:
    at = datetime.now(UTC)
    one = Candidacy(
        public_id=new_public_id(), person=person, need=need, source=Source.OFFICER, stage=Stage.INVITED,
        stage_since=at, next_step=NextStep.ANSWER, next_due_on=at.date() + timedelta(days=14), owner_id=by,
        opened_at=at, contacted_at=at,
    )  # fmt: skip
    session.add(one)
    session.flush()
    session.add(CandidacyStep(candidacy_id=one.id, stage=Stage.INVITED, at=at, by_id=by))
    return one


def _opinion(session: Session, expert: Person, about: Candidacy, by: int) -> ExpertOpinion:
    at = datetime.now(UTC)
    one = ExpertOpinion(
        public_id=new_public_id(), need=about.need, candidacy=about, expert=expert, asked_by_id=by, asked_at=at,
        due_on=at.date() + timedelta(days=7), state=OpinionState.REQUESTED,
    )  # fmt: skip
    one.question_sealed = seal(session, one, "question", "Có hợp với việc này không?")
    session.add(one)
    session.flush()
    return one


def _nomination(session: Session, person: Person, need: Need, by: int) -> Nomination:
    one = Nomination(
        public_id=new_public_id(), person=person, need=need, nominator_id=by, is_own=False,
        state=NominationState.PROPOSED, proposed_at=datetime.now(UTC),
    )  # fmt: skip
    session.add(one)
    session.flush()
    return one
