"""Decisions and grants of the demonstration, one in each state that an office meets: made-up people, sums of shipped texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.grants.models import Grant
from registry.grants.operations import (
    Act,
    Paid,
    Repaid,
    Signed,
    approve_decision,
    commit_grant,
    find_breach,
    fix_line,
    is_fixed,
    propose_decision,
    record_payment,
    record_repaid,
    refuse_decision,
    suspend_grant,
)
from registry.grants.operations.giving import payments_of
from registry.grants.rules import PaymentState
from registry.offers.queries.asked import asked_rows
from registry.people.models import Person
from registry.people.queries import people_for
from registry.policies.models import Policy, PolicyVersion
from registry.policies.queries.versions import published

# Doctors of old Bình Thuận: at once or over ten years, ten years of service. The only shipped text with all of it; and
# the province's own made-up policy, with money by the month and repayment by months not served.
_POLICY, _MADE_UP, _GROUPS = "LD-BT-2023", "LC-MINH-HOA", ("ts",)
_FACTS: Mapping[str, Any] = {
    "degree_rank": ["DH", "THS", "TS"],
    "professional_degree": ["BS"],
    "instalments": True,
    "born": "1989-04-30",
    "owns_home_in_province": False,
}
_WEAK: Mapping[str, Any] = {"degree_rank": ["DH"], "professional_degree": ["BS"], "instalments": True}
_GROUND = "Biên bản hội đồng xét ngày 05/11: đang chờ cấp bằng tiến sĩ, có xác nhận của trường (minh họa)."

_IN_KIND = "Bố trí bằng hiện vật, không chi tiền (minh họa)."


@dataclass(frozen=True)
class _Office:
    """Who proposes, who approves, and what is decided by."""

    session: Session
    officer: Account
    head: Account
    version: PolicyVersion


def add_grants(
    session: Session, own: Account, officer: Account, head: Account, *, unit_path: str, now: datetime
) -> None:
    """A proposal, a refusal, and grants that are planned, paid, suspended, breached and near the end of the promise."""
    today = now.date()
    old, made_up = _version(session, _POLICY), _version(session, _MADE_UP)
    people = _people(session, own, unit_path, today)
    if old is None or made_up is None or len(people) < _NEEDED:
        return
    office, at_home = _Office(session, officer, head, old), _Office(session, officer, head, made_up)
    first, second, third, fourth, fifth, sixth, seventh = people[:_NEEDED]
    _paid(at_home, _running(at_home, first, today - timedelta(days=200)), 5)
    _propose(office, second, today - timedelta(days=6), _WEAK, _GROUND)
    refused = _propose(office, third, today - timedelta(days=30))
    words = "Hồ sơ chưa có công nhận văn bằng nước ngoài (minh họa)."
    refuse_decision(session, refused, _act(head, today - timedelta(days=20)), words=words)
    _planned(at_home, fourth, today - timedelta(days=12))
    _suspended(office, _paid(office, _running(office, fifth, today - timedelta(days=500)), 1), today)
    _breached(office, _paid(office, _running(office, sixth, today - timedelta(days=900)), 2), today)
    nearly = today.replace(year=today.year - 10) + timedelta(days=20)
    _paid(office, _running(office, seventh, nearly), 10)


_NEEDED = 7


def _version(session: Session, code: str) -> PolicyVersion | None:
    policy = session.scalar(select(Policy).where(Policy.code == code))
    known = [] if policy is None else published(policy)
    return known[-1] if known else None


def _people(session: Session, own: Account, unit_path: str, today: date) -> list[Person]:
    """Whoever has the demonstration's own account first, then people of the office by their code."""
    found = people_for(Viewer.installation(), PurposeCode.REGISTRY, on=today).where(
        Person.unit_path.startswith(unit_path), Person.agrees_to_be_named
    )
    mine = (Person.account_id != own.id) | Person.account_id.is_(None)
    return list(session.scalars(found.order_by(mine, Person.code).limit(_NEEDED)))


def _act(who: Account, on: date) -> Act:
    return Act(who.id, datetime(on.year, on.month, on.day, 3, tzinfo=UTC), on)


def _propose(
    office: _Office, person: Person, on: date, facts: Mapping[str, Any] = _FACTS, ground: str = ""
) -> Any:
    rows = asked_rows(office.session, person, None, facts, on=on)
    return propose_decision(
        office.session,
        person,
        None,
        office.version,
        rows,
        _GROUPS,
        _act(office.officer, on),
        ground=ground,
    )


def _planned(office: _Office, person: Person, on: date) -> Grant:
    decision = _propose(office, person, on)
    number = f"{100 + decision.id}/QĐ-MH"
    signed = Signed(number, on, "Lê Văn Minh Họa", "Phó Giám đốc Sở (minh họa)")
    return approve_decision(office.session, decision, signed, _act(office.head, on + timedelta(days=2)))


def _running(office: _Office, person: Person, on: date) -> Grant:
    grant = _planned(office, person, on)
    act = _act(office.officer, on + timedelta(days=4))
    for line in grant.lines:
        if not is_fixed(line):
            fix_line(office.session, line, amount=0, months=None, ground=_IN_KIND, act=act)
    commit_grant(office.session, grant, _act(office.officer, on + timedelta(days=5)))
    return grant


def _paid(office: _Office, grant: Grant, parts: int) -> Grant:
    for payment in payments_of(grant, PaymentState.COMMITTED)[:parts]:
        day = payment.due_on + timedelta(days=6)
        paid = Paid(payment.amount_vnd, day, f"UNC-{payment.id:04}")
        record_payment(office.session, payment, paid, _act(office.officer, day))
    return grant


def _suspended(office: _Office, grant: Grant, today: date) -> None:
    act = _act(office.officer, today - timedelta(days=40))
    suspend_grant(office.session, grant, act, on=act.on, to=None, words="Nghỉ không lương (minh họa).")


def _breached(office: _Office, grant: Grant, today: date) -> None:
    act = _act(office.officer, today - timedelta(days=60))
    find_breach(office.session, grant, act, on=act.on, words="Tự chuyển công tác ra ngoài tỉnh (minh họa).")
    later = _act(office.officer, today - timedelta(days=10))
    record_repaid(office.session, grant, Repaid(50_000_000, later.on, "PT-0007"), later)
