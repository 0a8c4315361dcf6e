"""Two people of the demonstration have to do with a unit: one is interested, one is anonymous and asked for a name."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.introductions.operations import (
    ask_reveal,
    give_interest,
    write_to_person,
    write_to_unit,
)
from registry.matching.queries import needs_for_person
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import people_for
from registry.people.rules import LegalBasis
from registry.privacy.rules import local_day

_INTEREST = "Tôi có thể bắt đầu từ tháng sau, làm từ xa vài ngày một tuần."
_QUESTION = "Chào bạn, việc này cần có mặt tại Lai Châu mỗi tháng một tuần. Bạn thu xếp được không?"
_ANSWER = "Được, nếu báo trước hai tuần."
_REASON = "Mời phỏng vấn vòng một; hội đồng cần đối chiếu văn bằng trước khi mời."


def add_introductions(
    session: Session,
    named: Account,
    anonymous: Account,
    officer: Account,
    *,
    unit_path: str,
    now: datetime,
) -> None:
    """One interest with a conversation, one anonymous person with an open request and a question; no letters."""
    own = session.scalar(
        people_for(Viewer.installation(), PurposeCode.MATCHING, on=local_day(now)).where(
            Person.account_id == named.id
        )
    )
    hidden = _anonymous_person(session, unit_path, now)
    if own is not None and (need := _need_for(session, own, unit_path, now)) is not None:
        days = [now - timedelta(days=3), now - timedelta(days=2), now - timedelta(days=1)]
        give_interest(session, own, need, words=_INTEREST, by=named.id, at=days[0])
        write_to_person(session, own, need, None, words=_QUESTION, by=officer.id, at=days[1])
        write_to_unit(session, own, need, words=_ANSWER, by=named.id, at=days[2])
    if hidden is None:
        return
    hidden.account_id = anonymous.id
    session.flush()
    need = _need_for(session, hidden, unit_path, now)
    if need is not None:
        at = now - timedelta(days=2)
        ask_reveal(session, hidden, need, None, reason=_REASON, by=officer.id, at=at)
        write_to_person(session, hidden, need, None, words=_QUESTION, by=officer.id, at=at)


def _anonymous_person(session: Session, unit_path: str, now: datetime) -> Person | None:
    """Somebody of the office who takes part in matching and did not agree to be named."""
    found = people_for(Viewer.installation(), PurposeCode.MATCHING, on=local_day(now)).where(
        Person.unit_path.startswith(unit_path),
        Person.legal_basis == LegalBasis.CONSENT,
        Person.agrees_to_be_named.is_(False),
        Person.account_id.is_(None),
    )
    return session.scalar(found.order_by(Person.code).limit(1))


def _need_for(session: Session, person: Person, unit_path: str, now: datetime) -> Need | None:
    """The open need of the office that fits best, else its first."""
    fitting = needs_for_person(session, person, Viewer.installation(), local_day(now))
    own = [one.need for one in fitting.rows if one.need.unit_path.startswith(unit_path)]
    if own:
        return own[0]
    others = select(Need).where(Need.state == NeedState.OPEN, Need.unit_path.startswith(unit_path))
    return session.scalar(others.order_by(Need.code).limit(1))
