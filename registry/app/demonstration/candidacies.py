"""People of the demonstration are considered for needs of the office, a few in every stage; no letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.candidacies.models import Candidacy
from registry.candidacies.operations import ask_expert, decide, move, note_interview, open_candidacy
from registry.candidacies.rules import DecisionKind, Outcome, Source, Stage
from registry.consents.rules import PurposeCode
from registry.needs.models import Need, NeedSkill
from registry.needs.rules import NeedState
from registry.people.models import Person, SkillClaim
from registry.people.queries import people_for
from registry.privacy.rules import local_day

_MOST_NEEDS = 4
_PATHS: Sequence[Sequence[Stage]] = (
    (Stage.INVITED, Stage.INTERESTED, Stage.INTERVIEWED, Stage.ACCEPTED, Stage.SIGNED, Stage.PLACED),
    (Stage.SHORTLISTED,),
    (Stage.INVITED,),
    (Stage.INVITED, Stage.INTERESTED, Stage.INTERVIEWED),
    (Stage.INVITED, Stage.DECLINED),
    (),
    (Stage.INVITED, Stage.INTERESTED, Stage.SHORTLISTED, Stage.NOT_SELECTED),
)
_NOTE = "Trình bày rõ việc đã làm; cần hỏi thêm về ngày bắt đầu."
_QUESTION = "Kinh nghiệm của người này có đủ cho việc đang cần không?"


def add_candidacies(
    session: Session, own: Account, officer: Account, *, unit_path: str, now: datetime
) -> None:
    """Candidacies over several stages; the person of the account is invited and asked for an opinion."""
    needs = session.scalars(
        select(Need)
        .where(Need.state == NeedState.OPEN, Need.unit_path.startswith(unit_path))
        .order_by(Need.code)
        .limit(_MOST_NEEDS)
    ).all()
    taken: set[int] = set()
    made: list[Candidacy] = []
    for number, need in enumerate(needs):
        people = [one for one in _fitting(session, need, unit_path, now) if one.id not in taken]
        paths = _PATHS[number % 2 :: 2] if number > 1 else _PATHS[1 - number :]
        for person, path in zip(people, paths, strict=False):
            taken.add(person.id)
            made.append(_go(session, person, need, path, officer, now=now))
    _involve(session, own, needs, made, officer, now=now)


def _fitting(session: Session, need: Need, unit_path: str, now: datetime) -> Sequence[Person]:
    """People of the office who claim a skill the need asks for."""
    wanted = select(NeedSkill.skill_id).where(NeedSkill.need_id == need.id)
    claiming = select(SkillClaim.person_id).where(SkillClaim.skill_id.in_(wanted))
    found = people_for(Viewer.installation(), PurposeCode.MATCHING, on=local_day(now)).where(
        Person.unit_path.startswith(unit_path),
        Person.id.in_(claiming),
        Person.account_id.is_(None),
        Person.agrees_to_be_named.is_(True),
    )
    return session.scalars(found.order_by(Person.code).limit(len(_PATHS) * _MOST_NEEDS)).all()


def _go(
    session: Session, person: Person, need: Need, path: Sequence[Stage], officer: Account, *, now: datetime
) -> Candidacy:
    """Walk a path, a step every three days, the last of it yesterday or earlier."""
    at = now - timedelta(days=3 * len(path) + 8)
    one = open_candidacy(session, person, need, source=Source.SUGGESTED, by=officer.id, at=at)
    for stage in path:
        at += timedelta(days=3)
        if stage is Stage.ACCEPTED:
            for kind, outcome in (
                (DecisionKind.REFERRAL, Outcome.REFERRED),
                (DecisionKind.SELECTION, Outcome.SELECTED),
            ):
                _decide(session, one, kind, outcome, officer, at=at)
        if stage is Stage.NOT_SELECTED:
            _decide(session, one, DecisionKind.SELECTION, Outcome.NOT_SELECTED, officer, at=at)
        elif stage is Stage.INTERVIEWED:
            note_interview(
                session,
                one,
                held_on=local_day(at),
                who=officer.display_name,
                words=_NOTE,
                scores=[("skill", 8), ("experience", 7)],
                by=officer.id,
                at=at,
            )
        else:
            move(session, one, stage, by=officer.id, at=at)
    return one


def _decide(
    session: Session,
    one: Candidacy,
    kind: DecisionKind,
    outcome: Outcome,
    officer: Account,
    *,
    at: datetime,
) -> None:
    reason = "meets_need" if outcome is not Outcome.NOT_SELECTED else "other_chosen"
    decide(session, one, kind, outcome, reason=reason, words="", shared=True, by=officer.id, at=at)


def _involve(
    session: Session,
    own: Account,
    needs: Sequence[Need],
    made: Sequence[Candidacy],
    officer: Account,
    *,
    now: datetime,
) -> None:
    """The person of the account is invited for the first need, and asked as an expert about somebody of another."""
    found = people_for(Viewer.installation(), PurposeCode.MATCHING, on=local_day(now)).where(
        Person.account_id == own.id
    )
    person = session.scalar(found)
    if person is None or not needs:
        return
    at = now - timedelta(days=2)
    one = open_candidacy(session, person, needs[0], source=Source.OFFICER, by=officer.id, at=at)
    move(session, one, Stage.INVITED, by=officer.id, at=at)
    others = [each for each in made if each.person_id != person.id and each.closed_at is None]
    other = next((each for each in others if each.need_id != needs[0].id), next(iter(others), None))
    if other is not None:
        due_on = local_day(now) + timedelta(days=7)
        ask_expert(session, other, person, question=_QUESTION, due_on=due_on, by=officer.id, at=at)
