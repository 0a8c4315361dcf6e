"""Counting sign-in attempts in the database, so that all processes of an installation count as one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.accounts.models import SignInThrottle
from registry.accounts.rules import throttle
from registry.accounts.rules.throttle import Count, Limit
from registry.audit.operations import record
from registry.db.keys import keyring_of

_FORGET_AFTER = timedelta(days=1)
_Counted = tuple[str, str, Limit]


def claim_attempt(session: Session, folded_email: str, network: str, *, at: datetime) -> timedelta:
    """Count one attempt before the password is looked at; returns how long it must wait (zero: go ahead).

    Counting first leaves no gap through which many guesses pass at once. While a wait lasts, further
    attempts neither count nor lengthen it. A success gives back what its attempt has counted.
    """
    return _claim(session, _limits(folded_email, network), network, "limit.sign_in", at)


def claim_letter_request(session: Session, folded_email: str, network: str, *, at: datetime) -> timedelta:
    """Count a request that sends a letter to whatever address was typed; how long it must wait (zero: go ahead).

    Counted alike whether the address is known or not, and never given back.
    """
    return _claim(session, _letter_limits(folded_email, network), network, "limit.letter", at)


def claim_letter(session: Session, folded_email: str, *, at: datetime) -> timedelta:
    """Count a letter that an office sends, or that whoever got one asks for again: by its address alone, since an office
    writes to many from one network."""
    counted = [("letters_to_address", folded_email, throttle.LETTERS_TO_ADDRESS)]
    return _claim(session, counted, "", "limit.letter", at)


def claim_sign_on(session: Session, network: str, *, at: datetime) -> timedelta:
    """Count somebody who comes back from the sign-in service: each costs a call to it. Never given back."""
    counted = [("sign_on_from_network", network, throttle.NETWORK), ("sign_on", "", throttle.EVERYBODY)]
    return _claim(session, counted, network, "limit.sign_on", at)


def is_slowed(session: Session, folded_email: str, network: str, *, at: datetime) -> bool:
    """Whether the next try to sign in to this account from this network must wait because of those before."""
    keyring = keyring_of(session)
    subjects = [
        keyring.digest(f"{name}\0{what}", "sign-in throttle")
        for name, what, _limit in _limits(folded_email, network)
        if name.startswith("account")
    ]
    blocked = select(SignInThrottle.id).where(
        SignInThrottle.subject.in_(subjects), SignInThrottle.blocked_until > at
    )
    return session.scalar(blocked.limit(1)) is not None


def _claim(
    session: Session, limits: Sequence[_Counted], network: str, action: str, at: datetime
) -> timedelta:
    counters = _locked_counters(session, limits, at)
    wait = max(_count(row).wait_at(at) for _name, row, _limit in counters)
    if wait > timedelta(0):
        return wait
    reached = [name for name, row, limit in counters if _advance(row, limit, at)]
    session.execute(delete(SignInThrottle).where(SignInThrottle.counted_since < at - _FORGET_AFTER))
    session.flush()
    for name in reached:
        detail = {"limit": name, "source": source_mark(session, network)}
        record(session, None, action, "limit", name, detail=detail, at=at)
    return timedelta(0)


def forgive_attempt(session: Session, folded_email: str, network: str, *, at: datetime) -> None:
    """After a right password: the account starts anew; the network and everybody get their one count back."""
    for name, row, limit in _locked_counters(session, _limits(folded_email, network), at):
        row.failures = 0 if name.startswith("account") else max(row.failures - 1, 0)
        if row.failures < limit.free:
            row.blocked_until = None
    session.flush()


def source_mark(session: Session, network: str) -> str:
    """A short keyed mark by which the log tells networks apart without holding their addresses."""
    return keyring_of(session).digest(network, "sign-in source")[:16]


def _limits(folded_email: str, network: str) -> list[_Counted]:
    """What one attempt counts against: a name for the log, what is counted, how much of it passes."""
    return [
        ("account_from_network", f"{folded_email}\0{network}", throttle.ACCOUNT_FROM_NETWORK),
        ("account", folded_email, throttle.ACCOUNT),
        ("network", network, throttle.NETWORK),
        ("everybody", "", throttle.EVERYBODY),
    ]


def _letter_limits(folded_email: str, network: str) -> list[_Counted]:
    return [
        ("letters_to_address", folded_email, throttle.LETTERS_TO_ADDRESS),
        ("letters_from_network", network, throttle.LETTERS_FROM_NETWORK),
        ("letters_of_everybody", "", throttle.LETTERS_OF_EVERYBODY),
    ]


def _locked_counters(
    session: Session, counted: Sequence[_Counted], at: datetime
) -> list[tuple[str, SignInThrottle, Limit]]:
    """The counters, made when missing and held until the transaction ends. One order for all, so none deadlocks."""
    keyring = keyring_of(session)
    limits = [
        (name, keyring.digest(f"{name}\0{what}", "sign-in throttle"), limit) for name, what, limit in counted
    ]
    wanted = sorted(subject for _name, subject, _limit in limits)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    missing = [{"subject": subject, "failures": 0, "counted_since": at} for subject in wanted]
    session.execute(dialect.insert(SignInThrottle).values(missing).on_conflict_do_nothing())
    found = (
        select(SignInThrottle)
        .where(SignInThrottle.subject.in_(wanted))
        .order_by(SignInThrottle.subject)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = {row.subject: row for row in session.scalars(found)}
    return [(name, rows[subject], limit) for name, subject, limit in limits]


def _count(row: SignInThrottle) -> Count:
    return Count(row.failures, row.counted_since, row.blocked_until)


def _advance(row: SignInThrottle, limit: Limit, at: datetime) -> bool:
    """Count one attempt; True when the next one will have to wait."""
    known = _count(row) if row.failures else None
    count = throttle.next_count(known, limit, at)
    row.failures, row.counted_since, row.blocked_until = count.failures, count.since, count.blocked_until
    return count.blocked_until is not None


def count_request(
    session: Session, name: str, what: str, *, window: timedelta, at: datetime
) -> tuple[int, datetime]:
    """Count one request of a program; how many there were since the window began, and when it began.

    One statement, so that all processes count as one and nobody waits for a lock longer than it takes.
    """
    subject = keyring_of(session).digest(f"{name}\0{what}", "sign-in throttle")
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    is_over = SignInThrottle.counted_since <= at - window
    began = literal(at, SignInThrottle.counted_since.type)
    counted = (
        dialect.insert(SignInThrottle)
        .values(subject=subject, failures=1, counted_since=at)
        .on_conflict_do_update(
            index_elements=[SignInThrottle.subject],
            set_={
                "failures": case((is_over, 1), else_=SignInThrottle.failures + 1),
                "counted_since": case((is_over, began), else_=SignInThrottle.counted_since),
            },
        )
        .returning(SignInThrottle.failures, SignInThrottle.counted_since)
    )
    used, since = session.execute(counted).one()
    return used, since
