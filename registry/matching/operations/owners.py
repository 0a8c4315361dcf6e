"""Telling the owners of a need that its ranking changed: counts only, and only of people they may see."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.models import Account, AccountState
from registry.accounts.operations import raise_alert
from registry.accounts.queries import grants_on
from registry.accounts.rules import Permission, Role, Viewer
from registry.matching.engine.changes import Ranks, Shifts, shifts
from registry.matching.models import MatchRun
from registry.matching.queries.changes import visible_among
from registry.needs.models import Need
from registry.needs.rules import NeedState

RANKING_CHANGED = "match.changed"


@dataclass(frozen=True)
class Reader:
    """An account that may read rankings, and as whom."""

    account_id: int
    viewer: Viewer
    is_officer: bool


def readers(session: Session, on: date) -> list[Reader]:
    """Every active account that may read rankings somewhere on a day."""
    accounts = session.scalars(
        select(Account).where(Account.state == AccountState.ACTIVE).options(selectinload(Account.roles))
    )
    found: list[Reader] = []
    for account in accounts:
        grants = grants_on(account, on)
        viewer = Viewer.of_grants(account.id, grants)
        if viewer.can(Permission.MATCHING_READ):
            is_officer = any(grant.role is Role.OFFICER for grant in grants)
            found.append(Reader(account.id, viewer.limited_to(Permission.MATCHING_READ), is_officer))
    return found


def owners(need: Need, all_readers: Iterable[Reader]) -> list[Reader]:
    """Who made or opened the need, and the officers of its organisation; without any of them, officers of the place."""
    at = (need.unit_path, need.organisation_path)
    able = [one for one in all_readers if one.viewer.can(Permission.MATCHING_READ, at=at)]
    authors = {need.created_by} | {step.by for step in need.transitions if step.state is NeedState.OPEN}
    own = [one for one in able if one.account_id in authors or _is_of_organisation(one, need)]
    return own or [one for one in able if one.is_officer]


def _is_of_organisation(reader: Reader, need: Need) -> bool:
    return reader.is_officer and any(
        scope.organisation_path and scope.covers(need.unit_path, need.organisation_path)
        for scope in reader.viewer.scopes
    )


def tell_owners(
    session: Session,
    need: Need,
    run: MatchRun,
    before: Ranks,
    told: Sequence[Reader],
    *,
    on: date,
    at: datetime,
) -> int:
    """Alert these accounts of what moved since the ranking before; how many were told."""
    after = {row.person: row.rank for row in run.rows if row.person}
    moved = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    count = 0
    for reader in told if moved else ():
        seen = visible_among(session, reader.viewer, moved, on)
        change = _seen_by(before, after, seen)
        if change:
            count += raise_alert(
                session,
                reader.account_id,
                RANKING_CHANGED,
                subject=("need", need.public_id),
                about=run.public_id,
                detail=asdict(change),
                at=at,
            )
    return count


def _seen_by(before: Ranks, after: Ranks, seen: set[str]) -> Shifts:
    return shifts(
        {one: rank for one, rank in before.items() if one in seen},
        {one: rank for one, rank in after.items() if one in seen},
    )
