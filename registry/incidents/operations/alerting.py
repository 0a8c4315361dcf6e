"""Telling administrators that a clock runs out: a line on the home page comes by itself, a letter is sent here.

Each mark of the row (48, 24, 12, 0 hours left) is told once to each administrator. Flushes, never commits.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.models import Account, AccountRole, AccountState, Alert
from registry.accounts.operations.alerts import raise_alert
from registry.accounts.rules import Role
from registry.incidents.models import Incident
from registry.incidents.queries.incidents import unreported
from registry.incidents.rules import alerts_due
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from registry.privacy.operations.reaching import Office
from registry.privacy.rules import local_day
from registry.privacy.rules.breach import incident_limit

_KIND = "incident.clock"


def clocks_to_tell(session: Session, *, at: datetime) -> Sequence[tuple[Incident, int]]:
    """Open incidents whose clock has fallen to a mark (hours left) that some administrator was not told of."""
    found: list[tuple[Incident, int]] = []
    for incident in unreported(session):
        mark = _mark(incident, at)
        if mark is not None and _untold(session, incident, mark, at):
            found.append((incident, mark))
    return found


def tell_clocks(session: Session, office: Office, *, at: datetime) -> int:
    """Tell them; how many letters were queued."""
    queued = 0
    for incident, mark in clocks_to_tell(session, at=at):
        for account in _untold(session, incident, mark, at):
            raise_alert(
                session,
                account.id,
                f"{_KIND}.{mark}",
                subject=("incident", incident.public_id),
                about=incident.public_id,
                detail={"hours_left": mark},
                at=at,
            )
            queue_letter(session, _letter(incident, mark, account, office), at=at)
            queued += 1
    return queued


def _mark(incident: Incident, at: datetime) -> int | None:
    limit = incident_limit(incident.discovered_at)
    return alerts_due(incident.report_due_at, at, limit.alert_hours_left)


def _untold(session: Session, incident: Incident, mark: int, at: datetime) -> list[Account]:
    told = select(Alert.account_id).where(
        Alert.kind == f"{_KIND}.{mark}", Alert.about_id == incident.public_id
    )
    known = set(session.scalars(told))
    return [one for one in _administrators(session, local_day(at)) if one.id not in known]


def _administrators(session: Session, on: date) -> Sequence[Account]:
    """Accounts in use that administer the installation on a day."""
    return session.scalars(
        select(Account)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(
            AccountRole.role == Role.SYSTEM_ADMIN,
            AccountRole.starts_on <= on,
            or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= on),
            AccountRole.ended_at.is_(None),
            Account.state == AccountState.ACTIVE,
        )
        .order_by(Account.id)
        .distinct()
    ).all()


def _letter(incident: Incident, mark: int, account: Account, office: Office) -> Letter:
    """The hours are those of the mark: a letter that was late must not promise more than is left."""
    left = "đã quá hạn" if mark == 0 else f"còn không quá {mark} giờ"
    values: dict[str, str | int] = {
        **office.values(),
        "code": incident.code,
        "left": left,
        "discovered": formats.datetime(incident.discovered_at, "vi"),
        "due": formats.datetime(incident.report_due_at, "vi"),
        "link": f"{office.public_url}/su-co/{incident.public_id}",
    }
    return Letter("incident_clock", "vi", account.email, values, account=account.public_id)
