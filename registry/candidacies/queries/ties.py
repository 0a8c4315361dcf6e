"""Who is tied to whom: why somebody may not decide about a person, and who was let decide all the same (CA-10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.candidacies.models import (
    Candidacy,
    CandidacyDecision,
    ConflictOverride,
    DeclaredTie,
    ExpertOpinion,
    Nomination,
)
from registry.candidacies.rules.panels import Conflict
from registry.people.models import Person


@dataclass(frozen=True)
class Tied:
    """An account with what ties it to a person, and whether another let it decide."""

    account: Account
    grounds: Sequence[Conflict]
    override: ConflictOverride | None


def conflicts_of(session: Session, account_id: int, person: Person) -> list[Conflict]:
    """Every ground for which this account may not decide about the person."""
    found = [Conflict.SELF] if account_id == person.account_id else []
    kinds = session.scalars(
        select(DeclaredTie.kind).where(
            DeclaredTie.account_id == account_id,
            DeclaredTie.person_id == person.id,
            DeclaredTie.ended_at.is_(None),
        )
    )
    found += [Conflict(kind.value) for kind in kinds]
    if session.scalar(_nominators(person).where(Nomination.nominator_id == account_id).limit(1)) is not None:
        found.append(Conflict.NOMINATOR)
    if person.account_id is not None and account_id != person.account_id:
        both = _decided_by(account_id).intersect(_decided_by(person.account_id)).limit(1)
        if session.execute(both).first() is not None:
            found.append(Conflict.SAME_DECISION)
    return found


def _nominators(person: Person) -> Select[int | None]:
    return select(Nomination.nominator_id).where(
        Nomination.person_id == person.id, Nomination.is_own.is_(False)
    )


def _decided_by(account_id: int) -> Select[int | None]:
    """The candidacies on which an account decided or gave an opinion."""
    own = select(Person.id).where(Person.account_id == account_id)
    decided = select(CandidacyDecision.candidacy_id).where(CandidacyDecision.by_id == account_id)
    advised = select(ExpertOpinion.candidacy_id).where(
        ExpertOpinion.person_id.in_(own), ExpertOpinion.candidacy_id.is_not(None)
    )
    either = decided.union(advised).subquery()
    return select(either.c.candidacy_id)


def override_of(session: Session, candidacy: Candidacy, account_id: int) -> ConflictOverride | None:
    """What lets an account decide on a candidacy in spite of a tie."""
    return session.scalar(
        select(ConflictOverride).where(
            ConflictOverride.candidacy_id == candidacy.id, ConflictOverride.account_id == account_id
        )
    )


def own_tie(session: Session, account_id: int, person: Person) -> DeclaredTie | None:
    """What an officer declared about a person, while it stands."""
    return session.scalar(
        select(DeclaredTie).where(
            DeclaredTie.account_id == account_id,
            DeclaredTie.person_id == person.id,
            DeclaredTie.ended_at.is_(None),
        )
    )


def tied_accounts(session: Session, candidacy: Candidacy) -> list[Tied]:
    """Officers known to be tied to the person of a candidacy, by name."""
    person = candidacy.person
    declared = select(DeclaredTie.account_id).where(
        DeclaredTie.person_id == person.id, DeclaredTie.ended_at.is_(None)
    )
    accounts = session.scalars(
        select(Account)
        .where(Account.id.in_(declared) | Account.id.in_(_nominators(person)))
        .order_by(Account.display_name, Account.id)
    ).all()
    return [
        Tied(one, conflicts_of(session, one.id, person), override_of(session, candidacy, one.id))
        for one in accounts
    ]
