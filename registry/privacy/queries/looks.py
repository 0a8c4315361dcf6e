"""Who looked at one's data: from the log, by agency and role, never by the name of whoever looked. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import AccountRole
from registry.accounts.rules import Role
from registry.audit.queries import EventFilter, LogLine, log_page
from registry.needs.models import Need
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.people.queries import merged_into
from registry.privacy.rules import local_day


@dataclass(frozen=True)
class Office:
    """The roles under which an account looked, and where they counted: a unit's path, an organisation's name."""

    roles: tuple[Role, ...]
    unit_path: str
    organisation: str


@dataclass(frozen=True)
class Look:
    """One look: when, in which role of which office (None: the installation itself), doing what, for which need.

    `system` is the name of the other system to which it was shown, "" for somebody at a screen.
    """

    at: datetime
    office: Office | None
    action: str
    need: str
    page: str
    system: str = ""


@dataclass(frozen=True)
class Looks:
    """Some looks, newest first, and the mark with which the next page begins ("" at the end)."""

    lines: Sequence[Look]
    older: str


def looks_at(session: Session, person: Person, before: str) -> Looks:
    """One page of the looks of others at this person's record, from the mark of an earlier page on."""
    merged = tuple(one.public_id for one in merged_into(session, person))
    wanted = EventFilter(read_of=person.public_id, read_of_also=merged, but_by_id=person.account_id)
    page = log_page(session, wanted, before)
    roles = _roles_of(session, {line.by_id for line in page.lines if line.by_id is not None})
    organisations = _organisations(
        session, {one.organisation_path for held in roles.values() for one in held}
    )
    needs = _needs(session, page.lines)
    lines = [
        Look(
            line.at,
            _office(line, roles, organisations),
            line.action,
            needs.get(_detail(line).get("need", ""), ""),
            _detail(line).get("page", ""),
            _detail(line).get("system", ""),
        )
        for line in page.lines
    ]
    return Looks(lines, page.older)


def _detail(line: LogLine) -> Mapping[str, str]:
    return line.detail.get("detail") or {}


def _roles_of(session: Session, ids: Collection[int]) -> dict[int, list[AccountRole]]:
    found: dict[int, list[AccountRole]] = {}
    for role in session.scalars(
        select(AccountRole).where(AccountRole.account_id.in_(sorted(ids))).order_by(AccountRole.id)
    ):
        found.setdefault(role.account_id, []).append(role)
    return found


def _office(
    line: LogLine, roles: Mapping[int, Sequence[AccountRole]], organisations: Mapping[str, str]
) -> Office | None:
    """The office of an account on the day it looked, as its roles of that day say."""
    if line.by_id is None:
        return None
    held = roles.get(line.by_id, ())
    then = [one for one in held if _was_in_force(one, line.at)] or list(held)
    if not then:
        return Office((), "", "")
    widest = min(then, key=lambda one: (len(one.unit_path), one.id))
    return Office(
        tuple(dict.fromkeys(one.role for one in then)),
        widest.unit_path,
        organisations.get(widest.organisation_path, ""),
    )


def _was_in_force(role: AccountRole, at: datetime) -> bool:
    day = local_day(at)
    return (
        role.starts_on <= day
        and (role.ends_on is None or day <= role.ends_on)
        and (role.ended_at is None or at <= role.ended_at)
    )


def _organisations(session: Session, paths: Collection[str]) -> dict[str, str]:
    wanted = sorted(path for path in paths if path)
    rows = session.execute(select(Organisation.path, Organisation.name).where(Organisation.path.in_(wanted)))
    return dict(rows.all())


def _needs(session: Session, lines: Sequence[LogLine]) -> dict[str, str]:
    """{public id: title} of the needs for which somebody looked."""
    wanted = sorted({need for line in lines if (need := _detail(line).get("need"))})
    rows = session.execute(select(Need.public_id, Need.title).where(Need.public_id.in_(wanted)))
    return dict(rows.all())
