"""A passed course enters the profile: skills with evidence, standards of cadres; revoked, it leaves it again (TR-03).

Only of people in the registry: whoever is not has no profile. Flushes, never commits.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.people.models import CadreFacet, Evidence, Person
from registry.people.operations.course_claims import (
    give_skill,
    prove_by_course,
    set_standard,
    withdraw_course_evidence,
    withdraw_skill,
)
from registry.people.rules import EvidenceDraft
from registry.training.models import Participation, ParticipationCredit, TrainingSession
from registry.training.operations.acts import Act
from registry.training.rules import CreditKind

_LONGEST_TITLE = 200
_COLUMNS = {
    CreditKind.POLITICAL_THEORY: "political_theory_rank",
    CreditKind.STATE_MANAGEMENT: "state_management_rank",
}
REVOKED = "Kết quả khóa học bị thu hồi"


def credit(session: Session, participation: Participation, act: Act) -> None:
    """Give the profile what the course gives. What it has already is only supported."""
    person = participation.person
    if person is None or any(one.withdrawn_at is None for one in participation.credits):
        return
    _credit_skills(session, participation, person, act)
    for kind, column in _COLUMNS.items():
        rank = getattr(participation.session.course, column)
        if rank is not None:
            _credit_standard(session, participation, person, kind, rank, act)
    session.flush()


def _credit_skills(session: Session, participation: Participation, person: Person, act: Act) -> None:
    course = participation.session.course
    given = [
        (
            one,
            give_skill(
                session,
                person,
                (one.skill_id, one.skill.vi),
                one.level,
                on=act.on,
                by=act.by,
                at=act.at,
            ),
        )
        for one in course.skills
    ]
    if not given:
        return
    claims = [claim for _skill, (claim, _earlier, _made) in given]
    draft = evidence_draft(participation)
    evidence = prove_by_course(session, person, claims, draft, by=act.by, at=act.at)
    participation.credits.extend(
        ParticipationCredit(
            kind=CreditKind.SKILL,
            evidence=evidence,
            skill_claim=claim,
            earlier_claim=earlier,
            was_made=was_made,
            rank=one.level,
            what=one.skill.vi,
            made_at=act.at,
        )
        for one, (claim, earlier, was_made) in given
    )


def evidence_draft(participation: Participation) -> EvidenceDraft:
    """The evidence a result is: the course, the session, who held it, the certificate."""
    held: TrainingSession = participation.session
    issuer = "" if held.organisation is None else held.organisation.name
    return EvidenceDraft(
        title=f"Từ khóa học: {held.course.name}"[:_LONGEST_TITLE],
        reference=f"Lớp {held.code}",
        issuer=issuer,
        number=participation.certificate_number,
        issued_on=participation.certificate_on or participation.result_on,
    )


def _credit_standard(
    session: Session, participation: Participation, person: Person, kind: CreditKind, rank: int, act: Act
) -> None:
    column = _COLUMNS[kind]
    for facet in _facets(session, person, act):
        earlier: int | None = getattr(facet, column)
        is_raised = earlier is None or earlier < rank
        if is_raised:
            set_standard(session, person, facet, column, rank, by=act.by, at=act.at)
        participation.credits.append(
            ParticipationCredit(
                kind=kind,
                cadre_facet=facet,
                was_made=is_raised,
                earlier_rank=earlier,
                rank=rank,
                made_at=act.at,
            )
        )


def _facets(session: Session, person: Person, act: Act) -> Sequence[CadreFacet]:
    """The facets that hold now: somebody may be cadre and official at once."""
    holds = or_(CadreFacet.valid_to.is_(None), CadreFacet.valid_to >= act.on)
    return session.scalars(
        select(CadreFacet).where(CadreFacet.person_id == person.id, holds).order_by(CadreFacet.id)
    ).all()


def withdraw(session: Session, participation: Participation, act: Act) -> None:
    """Take away what the result gave, as far as it still stands by it alone."""
    person = participation.person
    standing = [one for one in participation.credits if one.withdrawn_at is None]
    for one in standing:
        one.withdrawn_at = act.at
    if person is None:
        return
    session.flush()
    evidence: dict[int, Evidence] = {one.evidence.id: one.evidence for one in standing if one.evidence}
    for row in evidence.values():
        withdraw_course_evidence(session, person, row, by=act.by, at=act.at, reason=REVOKED)
    for one in standing:
        if one.kind is CreditKind.SKILL:
            _withdraw_skill(session, person, one, act)
        else:
            _withdraw_standard(session, person, one, act)
    session.flush()


def _withdraw_skill(session: Session, person: Person, one: ParticipationCredit, act: Act) -> None:
    claim = one.skill_claim
    if claim is None or not one.was_made:
        return
    heir = _heir(session, one, ParticipationCredit.skill_claim_id == claim.id)
    if heir is None:
        withdraw_skill(session, person, claim, one.earlier_claim, on=act.on, by=act.by, at=act.at)
    else:
        heir.was_made, heir.earlier_claim = True, one.earlier_claim


def _withdraw_standard(session: Session, person: Person, one: ParticipationCredit, act: Act) -> None:
    """The standard falls back to the highest that another course still gives, else to what stood before."""
    facet, column = one.cadre_facet, _COLUMNS[one.kind]
    if facet is None or not one.was_made or getattr(facet, column) != one.rank:
        return
    heir = _heir(session, one, ParticipationCredit.cadre_facet_id == facet.id)
    if heir is None:
        set_standard(session, person, facet, column, one.earlier_rank, by=act.by, at=act.at)
        return
    heir.was_made, heir.earlier_rank = True, one.earlier_rank
    if heir.rank != one.rank:
        set_standard(session, person, facet, column, heir.rank, by=act.by, at=act.at)


def _heir(session: Session, one: ParticipationCredit, about: Any) -> ParticipationCredit | None:
    """Another course that gives the same and was not taken back: the highest."""
    return session.scalar(
        select(ParticipationCredit)
        .where(
            about,
            ParticipationCredit.kind == one.kind,
            ParticipationCredit.withdrawn_at.is_(None),
            ParticipationCredit.id != one.id,
            ParticipationCredit.was_made.is_(False),
        )
        .order_by(ParticipationCredit.rank.desc().nulls_last(), ParticipationCredit.id)
        .limit(1)
    )
