"""Telling people that data of theirs will go, their answer, and what happens in silence. Flushes, never commits.

Nobody's data go by silence who was not told, or not told long enough, or whose request about their data is open.
"""

import secrets
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.models import Account
from registry.accounts.rules.links import link_hash
from registry.audit.operations import record
from registry.consents.operations import AlreadyGiven, Given
from registry.consents.queries import current_notice
from registry.consents.rules import Channel, PurposeCode
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from registry.people.models import IdentityDocument, Person, SensitiveTraits
from registry.people.operations import confirm_profile, give_consent
from registry.people.rules import PersonState
from registry.privacy.models import RetentionNotice
from registry.privacy.operations.erasing import KeptByLaw, erase_person
from registry.privacy.operations.erasing_accounts import forget_registration
from registry.privacy.operations.reaching import Office, Reach, reach_of
from registry.privacy.queries.retention import due_for, held_by_requests, last_notice, subject_of
from registry.privacy.queries.starts import Started, Subject
from registry.privacy.rules import local_day
from registry.privacy.rules.retention import (
    CountedFrom,
    NoticeOutcome,
    NoticeReach,
    RetentionAction,
    RetentionRule,
    gone_on,
    retention_rule,
    retention_version,
)

CONSENT_TO_STAY = {
    CountedFrom.NEED_OVER: PurposeCode.POOL,
    CountedFrom.REGISTRY_WITHDRAWN: PurposeCode.REGISTRY,
}
"""Lengths that end only with an agreement, and with which: a click that agrees to nothing would not be a ground."""


class NoticeOver(Exception):
    """The notice was answered already, or what it said has ended or happened."""


def attend(session: Session, rule: RetentionRule, subject: Subject, office: Office, *, at: datetime) -> str:
    """Do for one subject what a rule asks for now: tell, carry out, or note that the reason is over. What was done.

    Everything is looked at again here, so that an answer of this very moment counts, and a step may be repeated.
    """
    on = local_day(at)
    due = next(iter(due_for(session, rule, on=on, only=subject)), None)
    notice = last_notice(session, rule.code, subject)
    if notice is not None and notice.outcome is NoticeOutcome.LET_GO and due is not None:
        return _carry_out(session, rule, notice, at) if notice.counted_from == due.start else ""
    if notice is None or notice.outcome is not NoticeOutcome.WAITING:
        return "" if due is None else _tell(session, rule, due, office, at)
    if due is None or due.start != notice.counted_from or _is_reachable_now(session, notice):
        _settle(session, notice, NoticeOutcome.LAPSED, by=None, at=at)
        return "lapsed" if due is None else _tell(session, rule, due, office, at)
    return _after_silence(session, rule, notice, on, at)


def _is_reachable_now(session: Session, notice: RetentionNotice) -> bool:
    """Whether somebody who could not be told has an address or an account by now: the whole notice begins anew."""
    if notice.reach is not NoticeReach.NOBODY or notice.person is None:
        return False
    return reach_of(session, notice.person).is_possible


def _after_silence(
    session: Session, rule: RetentionRule, notice: RetentionNotice, on: date, at: datetime
) -> str:
    if notice.gone_on > on or notice.reach is NoticeReach.NOBODY:
        return ""
    if notice.person_id is not None and notice.person_id in held_by_requests(session):
        return ""
    return _carry_out(session, rule, notice, at)


def _tell(session: Session, rule: RetentionRule, due: Started, office: Office, at: datetime) -> str:
    """Keep the notice and send its letter; the link in it answers once."""
    on, token = local_day(at), secrets.token_urlsafe(32)
    reach = _reach(session, due.subject)
    notice = RetentionNotice(
        person_id=due.subject.person_id,
        account_id=due.subject.account_id,
        rule=rule.code,
        rules_version=retention_version(),
        is_rule_confirmed=rule.is_confirmed,
        counted_from=due.start,
        gone_on=gone_on(rule.due_on(due.start), on, rule.notice_days),
        noticed_at=at,
        reach=_way(reach),
        token_hash=link_hash(token),
    )
    session.add(notice)
    session.flush()
    if reach.email is not None:
        queue_letter(session, _letter(session, rule, notice, reach, office, token), at=at)
    _record(session, "retention.noticed", notice, by=None, at=at)
    return "noticed" if reach.is_possible else "unreachable"


def _reach(session: Session, subject: Subject) -> Reach:
    if subject.account_id is not None:
        account = session.get_one(Account, subject.account_id)
        return Reach(account.email, account.public_id, "vi")
    return reach_of(session, person_of(session, subject.person_id or 0))


def _way(reach: Reach) -> NoticeReach:
    if reach.email is not None:
        return NoticeReach.LETTER
    return NoticeReach.PAGE if reach.account else NoticeReach.NOBODY


def _letter(
    session: Session,
    rule: RetentionRule,
    notice: RetentionNotice,
    reach: Reach,
    office: Office,
    token: str,
) -> Letter:
    values: dict[str, str | int] = {
        **office.values(),
        "day": formats.date(notice.gone_on, reach.language),
        "link": f"{office.public_url}/giu-lai/{token}",
        "own": f"{office.public_url}/toi/yeu-cau",
    }
    person = "" if notice.person_id is None else person_of(session, notice.person_id).public_id
    return Letter(
        f"retention_{rule.code}",
        reach.language,
        reach.email or "",
        values,
        account=reach.account,
        person=person,
    )


def keep(session: Session, notice: RetentionNotice, *, language: str, by: int | None, at: datetime) -> None:
    """The person says «giữ lại»: the length begins anew, or the agreement that it asks for is given. Raises NoticeOver."""
    rule = _rule_of(notice, at)
    person = notice.person
    if person is not None and rule.action is RetentionAction.ASK:
        confirm_profile(session, person, on=local_day(at), by=by, at=at)
        if person.state is PersonState.UNREACHABLE:
            person.state = PersonState.ACTIVE
    if person is not None and rule.counted_from in CONSENT_TO_STAY:
        _agree(session, person, CONSENT_TO_STAY[rule.counted_from], language, by, at)
    _settle(session, notice, NoticeOutcome.KEPT, by=by, at=at)


def let_go(session: Session, notice: RetentionNotice, *, by: int | None, at: datetime) -> None:
    """The person says «không giữ»: the next run carries it out without waiting for the day. Raises NoticeOver."""
    if _rule_of(notice, at).action is RetentionAction.ASK:
        raise NoticeOver
    _settle(session, notice, NoticeOutcome.LET_GO, by=by, at=at)


def _rule_of(notice: RetentionNotice, at: datetime) -> RetentionRule:
    rule = retention_rule(notice.rule, local_day(at))
    if notice.outcome is not NoticeOutcome.WAITING or rule is None:
        raise NoticeOver
    return rule


def _agree(
    session: Session, person: Person, purpose: PurposeCode, language: str, by: int | None, at: datetime
) -> None:
    found = current_notice(session, purpose, language, local_day(at))
    if found is None:
        raise NoticeOver
    try:
        give_consent(session, person, [Given(found, at, Channel.SCREEN)], by=by, at=at)
    except AlreadyGiven:
        return


def _carry_out(session: Session, rule: RetentionRule, notice: RetentionNotice, at: datetime) -> str:
    """What the rule says happens at the end. A record that a law orders meanwhile is left alone."""
    _settle(session, notice, NoticeOutcome.DONE, by=None, at=at)
    if rule.action is RetentionAction.FORGET and notice.account_id is not None:
        forget_registration(session, notice.account_id)
        return "done"
    person = person_of(session, notice.person_id or 0)
    if rule.action is RetentionAction.ASK:
        person.state = PersonState.UNREACHABLE
        session.flush()
        return "unreachable"
    if rule.action is RetentionAction.EMPTY:
        for model in (IdentityDocument, SensitiveTraits):
            session.execute(delete(model).where(model.person_id == person.id))
        session.expire(person)
        return "done"
    try:
        erase_person(session, person, by=None, at=at)
    except KeptByLaw:
        return ""
    return "erased"


def person_of(session: Session, number: int) -> Person:
    """The record a notice is about, whatever use is left of it."""
    return session.get_one(Person, number)


def _settle(
    session: Session, notice: RetentionNotice, outcome: NoticeOutcome, *, by: int | None, at: datetime
) -> None:
    notice.outcome, notice.settled_at = outcome, at
    session.flush()
    verb = "carried_out" if outcome is NoticeOutcome.DONE else outcome.value
    _record(session, f"retention.{verb}", notice, by=by, at=at)


def _record(session: Session, action: str, notice: RetentionNotice, *, by: int | None, at: datetime) -> None:
    subject = subject_of(notice)
    person = None if subject.person_id is None else person_of(session, subject.person_id).public_id
    record(
        session,
        by,
        action,
        "retention",
        notice.public_id,
        person=person,
        detail={"rule": notice.rule, "gone_on": notice.gone_on},
        at=at,
    )
