"""A person, who proposes, who approves; decisions and grants of the shipped policies on the way to any state."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.grants.models import EligibilityDecision, Grant, GrantPayment
from registry.grants.operations import (
    Act,
    Paid,
    Signed,
    approve_decision,
    commit_grant,
    propose_decision,
    record_payment,
)
from registry.grants.rules import PaymentState
from registry.people.models import Person
from registry.policies.models import PolicyVersion
from registry.policies.queries.versions import policy_of
from tests.factories import people as make
from tests.factories.accounts import account

TODAY = date(2026, 11, 27)
# Doctors of old Bình Thuận: 800 million at once or over ten years, ten years of service, all of it back on a breach.
TEN_YEARS = "LD-BT-2023"
# Old and new TP.HCM: ceilings and ranges, months without an end.
RANGES = "HCM-27-2023"
BASE = "HN-92-2026"

SIGNED = Signed("1234/QĐ-UBND", date(2026, 11, 20), "Lê Văn Ký", "Phó Chủ tịch UBND tỉnh")


@dataclass(frozen=True)
class Office:
    """Somebody to give to, an officer who proposes, a campaign administrator who approves."""

    person: Person
    officer: Account
    head: Account


def office(session: Session, name: str = "Lường Thị Chiến", unit: str = "VN/12/") -> Office:
    """The three, in Lai Châu."""
    person = make.person(session, name, unit_path=unit)
    officer = account(session, Role.OFFICER, unit, name="Lò Thị Hạnh")
    head = account(session, Role.CAMPAIGN_ADMIN, unit, name="Vàng A Páo")
    session.commit()
    return Office(person, officer, head)


def act(who: Account | int | None, on: date = TODAY) -> Act:
    """An act of somebody at noon of a day."""
    by = who.id if isinstance(who, Account) else who
    return Act(by, datetime(on.year, on.month, on.day, 5, tzinfo=UTC), on)


def newest(session: Session, code: str) -> PolicyVersion:
    """The newest version of a policy."""
    policy = policy_of(session, code)
    assert policy is not None
    return policy.versions[-1]


def rows(decided_on: str = "2026-11-20", **application: Any) -> dict[str, Any]:
    """What the engine is asked about a doctor without a post."""
    return {
        "person": {
            "degree_rank": ["DH", "THS", "TS"],
            "academic_title": "none",
            "university_rank": {},
            "professional_degree": ["BS"],
            "field_code": ["7720101"],
        },
        "post": {},
        "application": application,
        "evidence": {},
        "applied_on": "2026-11-02",
        "decided_on": decided_on,
        "starts_on": None,
    }


def proposed(
    session: Session,
    of: Office,
    code: str = TEN_YEARS,
    groups: tuple[str, ...] = ("ts",),
    *,
    asked: dict[str, Any] | None = None,
    **more: Any,
) -> EligibilityDecision:
    """A decision that waits for the second person."""
    return propose_decision(
        session,
        of.person,
        None,
        newest(session, code),
        rows(instalments=True) if asked is None else asked,
        groups,
        act(of.officer, date(2026, 11, 20)),
        **more,
    )


def planned(session: Session, of: Office, *args: Any, **more: Any) -> Grant:
    """The grant of an approved decision."""
    return approve_decision(session, proposed(session, of, *args, **more), SIGNED, act(of.head))


def running(session: Session, of: Office, *args: Any, **more: Any) -> Grant:
    """A grant whose money is committed, since the day of the decision."""
    grant = planned(session, of, *args, **more)
    commit_grant(session, grant, act(of.officer))
    return grant


def due(grant: Grant, place: int = 0) -> GrantPayment:
    """A part that is due, the first by default."""
    found = [one for line in grant.lines for one in line.payments if one.state is PaymentState.COMMITTED]
    return sorted(found, key=lambda one: (one.due_on, one.id))[place]


def paid(
    session: Session, of: Office, grant: Grant, vnd: int | None = None, on: date = TODAY
) -> GrantPayment:
    """The first part that is due, paid in full or in part."""
    payment = due(grant)
    paid_now = Paid(payment.amount_vnd if vnd is None else vnd, on, "UNC-0091")
    record_payment(session, payment, paid_now, act(of.officer, on))
    return payment
