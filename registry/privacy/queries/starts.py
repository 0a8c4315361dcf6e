"""From which day each length is counted, for everybody it may concern by now. Reads only; one statement a rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from registry.consents.models import Consent, Purpose
from registry.consents.rules import PurposeCode
from registry.needs.models import Need
from registry.needs.rules import FINAL_STATES
from registry.people.models import IdentityDocument, Person, SensitiveTraits
from registry.people.rules import KEPT_STATES, LegalBasis, PersonState
from registry.privacy.models import GivenForNeed, RetentionNotice
from registry.privacy.rules import local_day
from registry.privacy.rules.retention import CountedFrom, NoticeOutcome, RetentionRule
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.rules import RegistrationState

Statement = Any  # a select of a number and several moments; how many differs by rule


@dataclass(frozen=True)
class Subject:
    """Whose data: the number of a person or, where nothing was sent yet, of the account."""

    person_id: int | None = None
    account_id: int | None = None


@dataclass(frozen=True)
class Started:
    """A length that runs, and since when."""

    subject: Subject
    start: date


def started(
    session: Session, rule: RetentionRule, *, on: date, only: Subject | None = None
) -> Iterator[Started]:
    """Everybody for whom a rule may be due for a notice on a day, or `only` one; a start may still be too late."""
    if rule.counted_from is CountedFrom.LAST_SAVED:
        yield from _unsent(session, rule, on, only)
        return
    statement = _STATEMENTS[rule.counted_from](rule, on)
    if only is not None:
        statement = statement.where(Person.id == only.person_id)
    for number, *moments in session.execute(statement.order_by(Person.id)):
        days = [_day(one) for one in moments if one is not None]
        if days:
            yield Started(Subject(person_id=number), max(days))


def _day(moment: date | datetime) -> date:
    return local_day(moment) if isinstance(moment, datetime) else moment


_by_consent = and_(Person.legal_basis == LegalBasis.CONSENT, Person.state.in_(KEPT_STATES))


def _consents(code: PurposeCode) -> Select[int]:
    """The consents of the person of a row to a purpose."""
    found = select(Consent.id).join(Purpose).where(Consent.person_id == Person.id, Purpose.code == code)
    return found.correlate(Person)


def _stands(code: PurposeCode) -> ColumnElement[bool]:
    return exists(_consents(code).where(Consent.withdrawn_at.is_(None)))


def _last_withdrawn(code: PurposeCode) -> Any:
    return _consents(code).with_only_columns(func.max(Consent.withdrawn_at)).scalar_subquery()


def _last_kept(rule: str) -> Any:
    """When the person last answered «giữ lại» to a notice of a rule."""
    return (
        select(func.max(RetentionNotice.settled_at))
        .where(
            RetentionNotice.person_id == Person.id,
            RetentionNotice.rule == rule,
            RetentionNotice.outcome == NoticeOutcome.KEPT,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _of_last_word(rule: RetentionRule, on: date) -> Statement:
    """Whatever the person said last: that the record is right, an agreement, that it is to be kept."""
    given = select(func.max(Consent.given_at)).where(Consent.person_id == Person.id).correlate(Person)
    return select(
        Person.id, Person.confirmed_on, Person.created_at, given.scalar_subquery(), _last_kept(rule.code)
    ).where(_by_consent, _stands(PurposeCode.REGISTRY), _not_confirmed_since(rule.latest_start(on)))


def _not_confirmed_since(day: date) -> ColumnElement[bool]:
    return or_(Person.confirmed_on.is_(None), Person.confirmed_on <= day)


def _of_registry(rule: RetentionRule, on: date) -> Statement:
    """The record of somebody who withdrew the consent to keep it."""
    del rule, on  # nearly nobody: they are all looked at
    withdrawn = _last_withdrawn(PurposeCode.REGISTRY)
    return select(Person.id, withdrawn).where(
        Person.legal_basis == LegalBasis.CONSENT,
        Person.state.not_in([PersonState.MERGED, PersonState.ERASED]),
        ~_stands(PurposeCode.REGISTRY),
    )


def _of_policy(rule: RetentionRule, on: date) -> Statement:
    """Papers and sensitive traits of somebody who withdrew the consent to have policies checked."""
    del on
    withdrawn = _last_withdrawn(PurposeCode.POLICY_CHECK)
    held = or_(
        exists(select(IdentityDocument.id).where(IdentityDocument.person_id == Person.id).correlate(Person)),
        exists(select(SensitiveTraits.id).where(SensitiveTraits.person_id == Person.id).correlate(Person)),
    )
    return select(Person.id, withdrawn, _last_kept(rule.code)).where(
        _by_consent,
        _stands(PurposeCode.REGISTRY),
        ~_stands(PurposeCode.POLICY_CHECK),
        withdrawn.is_not(None),
        held,
    )


def _of_needs(rule: RetentionRule, on: date) -> Statement:
    """The last end of the needs for which alone a record was given, where nobody was chosen or agreed to stay."""
    del rule, on
    given = select(GivenForNeed.id).join(Need).where(GivenForNeed.person_id == Person.id).correlate(Person)
    over = given.with_only_columns(func.max(Need.closed_on)).scalar_subquery()
    return select(Person.id, over).where(
        _by_consent,
        exists(given),
        ~exists(given.where(or_(Need.state.not_in(FINAL_STATES), GivenForNeed.is_chosen))),
        ~_stands(PurposeCode.POOL),
    )


def _of_confirmed(rule: RetentionRule, on: date) -> Statement:
    """When somebody last said that the record is right; what was never said counts from the making of the record."""
    made = case((Person.confirmed_on.is_(None), Person.created_at))
    return select(Person.id, Person.confirmed_on, made).where(
        _by_consent,
        Person.state != PersonState.UNREACHABLE,
        _stands(PurposeCode.REGISTRY),
        _not_confirmed_since(rule.latest_start(on)),
    )


_STATEMENTS: Mapping[CountedFrom, Callable[[RetentionRule, date], Statement]] = {
    CountedFrom.LAST_WORD: _of_last_word,
    CountedFrom.REGISTRY_WITHDRAWN: _of_registry,
    CountedFrom.POLICY_WITHDRAWN: _of_policy,
    CountedFrom.NEED_OVER: _of_needs,
    CountedFrom.CONFIRMED: _of_confirmed,
}


def _unsent(session: Session, rule: RetentionRule, on: date, only: Subject | None) -> Iterator[Started]:
    """Registrations that were begun and never sent, since they were last saved or kept."""
    saved = select(func.max(RegistrationDraft.saved_at)).where(
        RegistrationDraft.registration_id == Registration.id
    )
    kept = select(func.max(RetentionNotice.settled_at)).where(
        RetentionNotice.account_id == Registration.account_id,
        RetentionNotice.rule == rule.code,
        RetentionNotice.outcome == NoticeOutcome.KEPT,
    )
    statement = select(
        Registration.account_id,
        Registration.created_at,
        saved.correlate(Registration).scalar_subquery(),
        kept.correlate(Registration).scalar_subquery(),
    ).where(Registration.state == RegistrationState.OPEN)
    if only is not None:
        statement = statement.where(Registration.account_id == only.account_id)
    latest = rule.latest_start(on)
    for account_id, *moments in session.execute(statement.order_by(Registration.account_id)):
        start = max(local_day(one) for one in moments if one is not None)
        if start <= latest:
            yield Started(Subject(account_id=account_id), start)
