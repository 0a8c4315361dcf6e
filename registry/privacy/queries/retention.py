"""What falls due by the rows of retention, on a day: per rule how many are to be told, wait, go, and when. Reads only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.people.models import Person
from registry.privacy.models import RetentionNotice, RightsRequest
from registry.privacy.queries.confirmed import confirmed_fingerprints
from registry.privacy.queries.starts import Started, Subject, started
from registry.privacy.rules import OPEN_STATES
from registry.privacy.rules.confirming import as_confirmed
from registry.privacy.rules.retention import (
    NoticeOutcome,
    NoticeReach,
    RetentionRule,
    retention_rules,
)


@dataclass(frozen=True)
class Standing:
    """How one rule stands on a day, in numbers of people (or of accounts that began to register)."""

    rule: RetentionRule
    to_tell: int
    waiting: int
    goes_now: int
    unreachable: int
    held: int
    gone_by_day: Mapping[date, int]


def confirmed_rules(session: Session, on: date) -> Sequence[RetentionRule]:
    """The rows in force on a day, with what somebody confirmed."""
    known = confirmed_fingerprints(session)
    return [as_confirmed(rule, known) for rule in retention_rules(on)]


def due_for(session: Session, rule: RetentionRule, *, on: date, only: Subject | None = None) -> list[Started]:
    """Everybody whose notice is due, or was."""
    return [one for one in started(session, rule, on=on, only=only) if rule.notice_on(one.start) <= on]


def dry_run(session: Session, *, on: date) -> Sequence[Standing]:
    """What the job would do on a day: nothing is changed, nobody is named."""
    return [_standing(session, rule, on) for rule in confirmed_rules(session, on)]


def _standing(session: Session, rule: RetentionRule, on: date) -> Standing:
    waiting = {subject_of(one): one for one in notices_waiting(session, rule.code)}
    held = held_by_requests(session)
    counts: Counter[str] = Counter()
    by_day: Counter[date] = Counter()
    for one in due_for(session, rule, on=on):
        notice = waiting.get(one.subject)
        kind = _kind(notice, one, on, is_held=one.subject.person_id in held)
        counts[kind] += 1
        if notice is not None and kind in {"waiting", "goes_now"}:
            by_day[max(notice.gone_on, on)] += 1
    return Standing(
        rule,
        counts["to_tell"],
        counts["waiting"],
        counts["goes_now"],
        counts["unreachable"],
        counts["held"],
        dict(sorted(by_day.items())),
    )


def _kind(notice: RetentionNotice | None, due: Started, on: date, *, is_held: bool) -> str:
    if notice is None or notice.counted_from != due.start:
        return "to_tell"
    if notice.reach is NoticeReach.NOBODY:
        return "unreachable"
    if notice.gone_on > on:
        return "waiting"
    return "held" if is_held else "goes_now"


def notices_waiting(session: Session, rule: str) -> Sequence[RetentionNotice]:
    """The notices of a rule that nothing came of yet."""
    return session.scalars(
        select(RetentionNotice)
        .where(RetentionNotice.rule == rule, RetentionNotice.outcome == NoticeOutcome.WAITING)
        .order_by(RetentionNotice.id)
    ).all()


def subject_of(notice: RetentionNotice) -> Subject:
    """Whose data a notice is about."""
    return Subject(notice.person_id, notice.account_id)


def held_by_requests(session: Session) -> frozenset[int]:
    """People who asked for something that is not settled: nothing of theirs goes meanwhile."""
    return frozenset(
        session.scalars(select(RightsRequest.person_id).where(RightsRequest.state.in_(OPEN_STATES)))
    )


def last_notice(session: Session, rule: str, subject: Subject) -> RetentionNotice | None:
    """The newest notice of a rule to somebody."""
    whose = (
        RetentionNotice.account_id == subject.account_id
        if subject.person_id is None
        else RetentionNotice.person_id == subject.person_id
    )
    return session.scalar(
        select(RetentionNotice)
        .where(whose, RetentionNotice.rule == rule)
        .order_by(RetentionNotice.id.desc())
        .limit(1)
    )


def notices_to(session: Session, person: Person | None, account_id: int) -> Sequence[RetentionNotice]:
    """What somebody was told and has not answered, the nearest day first."""
    whose = RetentionNotice.account_id == account_id
    if person is not None:
        whose = whose | (RetentionNotice.person_id == person.id)
    return session.scalars(
        select(RetentionNotice)
        .where(whose, RetentionNotice.outcome == NoticeOutcome.WAITING)
        .order_by(RetentionNotice.gone_on, RetentionNotice.id)
    ).all()


def notice_by_token(session: Session, token_hash: str) -> RetentionNotice | None:
    """The notice of a link, while nothing came of it."""
    return session.scalar(
        select(RetentionNotice).where(
            RetentionNotice.token_hash == token_hash, RetentionNotice.outcome == NoticeOutcome.WAITING
        )
    )


def outcomes(session: Session) -> Mapping[tuple[str, NoticeOutcome], int]:
    """{(rule, outcome): how many notices}."""
    rows = session.execute(
        select(RetentionNotice.rule, RetentionNotice.outcome, func.count()).group_by(
            RetentionNotice.rule, RetentionNotice.outcome
        )
    )
    return {(rule, outcome): number for rule, outcome, number in rows}
