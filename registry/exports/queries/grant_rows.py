"""Decisions with their money, and commitments, as rows: of everybody in the export one row for each that the filters mean.

Whoever may check money but not read people gets codes for names, as on the pages. Sums are digits alone, in đồng.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.queries import grants_on
from registry.accounts.rules import Permission, Viewer
from registry.exports.models import Export
from registry.exports.queries.held import people_held
from registry.exports.queries.people_rows import PeoplePage
from registry.exports.rules.columns import ExportColumn
from registry.exports.rules.kinds import ExportList
from registry.grants.models import EligibilityDecision, Grant, GrantCommitment
from registry.grants.queries.filters import filter_of, ledger_states
from registry.grants.queries.listing import LISTED, WHOLE, conditions_of, joined, visible
from registry.grants.queries.promised import end_of, paid_until, repayable_on
from registry.grants.queries.sealed import Tampered, frozen_of
from registry.grants.queries.totals import figures_by_grant
from registry.grants.rules import BOUND, CommitmentState, Figures
from registry.grants.rules.words import COMMITMENTS, DECISIONS, GRANTS
from registry.people.models import Person
from registry.people.queries import display_name, may_be_named

DAY = "ngay"
"""The day repayment is asked for, in the kept address as YYYY-MM-DD."""


@dataclass(frozen=True)
class _Asked:
    """What an export asks of its list: the conditions of its address, and the day of repayment."""

    listed: ExportList
    conditions: tuple[ColumnElement[bool], ...]
    day: date

    @classmethod
    def of(cls, listed: ExportList, address: str, on: date) -> "_Asked":
        pairs = parse_qsl(address)
        if listed is ExportList.GRANTS:
            return cls(listed, tuple(conditions_of(filter_of(pairs))), on)
        states = sorted(ledger_states(pairs))
        narrowed = (GrantCommitment.state.in_(states),) if states else ()
        return cls(listed, narrowed, date.fromisoformat(dict(pairs).get(DAY, on.isoformat())))

    def over(self, statement: Any, viewer: Viewer, on: date) -> Any:
        """A statement over decisions, narrowed to what is meant and may be seen."""
        found = joined(statement)
        if self.listed is ExportList.COMMITMENTS:
            found = found.join(GrantCommitment, GrantCommitment.grant_id == Grant.id)
        return found.where(visible(viewer, on=on), *self.conditions)


@dataclass(frozen=True)
class GrantRow:
    """What one row is written from; `repayable` is (sum, formula) on the day that was asked for."""

    decision: EligibilityDecision
    grant: Grant | None
    name: str
    figures: Figures = field(default_factory=Figures)
    on: date = date.min
    paid: int = 0
    repayable: tuple[int | None, str] = (None, "")

    @property
    def promised(self) -> GrantCommitment:
        """The commitment of a row of the ledger."""
        if self.grant is None or self.grant.commitment is None:
            raise LookupError("the ledger holds grants with a commitment")
        return self.grant.commitment


def granted_ids(listed: ExportList, address: str, viewer: Viewer, *, on: date) -> Select[int]:
    """The row ids of whoever stands in a list of money, in the order of names: once, however many decisions are theirs."""
    person = EligibilityDecision.person_id
    meant = _Asked.of(listed, address, on).over(select(person), viewer, on)
    return meant.group_by(person, Person.name_sort_key).order_by(Person.name_sort_key, person)


def granted_total(session: Session, listed: ExportList, address: str, viewer: Viewer, *, on: date) -> int:
    """How many they are."""
    counted = select(func.count(EligibilityDecision.person_id.distinct()))
    return session.scalar(_Asked.of(listed, address, on).over(counted, viewer, on)) or 0


def grant_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of an export; of somebody with several decisions, one row for each."""
    asked, reader = _Asked.of(export.listed, export.address, on), _reader(session, export, on)
    cells = _CELLS[export.listed]
    after = 0
    while held := people_held(session, export, viewer, after, on):
        after = held[-1][0]
        people = {person.id: person for _key, person in held}
        named = {one.id for one in people.values() if _may_name(one, viewer, reader)}
        names = {
            key: display_name(one, viewer) if key in named else f"Hồ sơ {one.code}"
            for key, one in people.items()
        }
        rows = _rows(session, asked, viewer, names, on)
        shown = {row.decision.person_id for row in rows}
        yield PeoplePage(
            [[cells[one.key](row) for one in columns] for row in rows],
            [one.public_id for one in people.values() if one.id in shown],
            sorted(shown & named),
            sorted(shown - named),
            after,
        )


def _reader(session: Session, export: Export, on: date) -> Viewer:
    """The owner with all rights of the day: the right to read people may count elsewhere than that to check money."""
    account = session.get_one(Account, export.owner_id)
    return Viewer.of_grants(account.id, grants_on(account, on))


def _may_name(person: Person, viewer: Viewer, reader: Viewer) -> bool:
    place = (person.unit_path, person.organisation_path)
    return reader.can(Permission.PEOPLE_READ, at=place) and may_be_named(person, viewer)


def _rows(
    session: Session, asked: _Asked, viewer: Viewer, names: Mapping[int, str], on: date
) -> list[GrantRow]:
    """The rows of some people ({row id: what stands for the name}), in the order they stand there."""
    wanted, whole = _LOADED[asked.listed]
    found = (
        asked.over(select(wanted), viewer, on)
        .where(EligibilityDecision.person_id.in_(names))
        .options(*whole)
        .order_by(EligibilityDecision.id)
    )
    loaded: Sequence[Any] = session.scalars(found).all()
    if asked.listed is ExportList.COMMITMENTS:
        rows = [_of_ledger(session, one, names, asked.day, on) for one in loaded]
    else:
        rows = _of_list(session, loaded, names)
    places = {person: place for place, person in enumerate(names)}
    return sorted(rows, key=lambda row: places[row.decision.person_id])


_LOADED: Mapping[ExportList, tuple[Any, Any]] = {
    ExportList.GRANTS: (EligibilityDecision, LISTED),
    ExportList.COMMITMENTS: (Grant, WHOLE),
}


def _of_list(
    session: Session, decisions: Sequence[EligibilityDecision], names: Mapping[int, str]
) -> list[GrantRow]:
    of_decisions = select(Grant).where(Grant.decision_id.in_([one.id for one in decisions]))
    grants = {one.decision_id: one for one in session.scalars(of_decisions)}
    figures = figures_by_grant(session, [one.id for one in grants.values()])
    return [
        GrantRow(
            one,
            grant := grants.get(one.id),
            names[one.person_id],
            figures.get(grant.id, Figures()) if grant else Figures(),
        )
        for one in decisions
    ]


def _of_ledger(session: Session, grant: Grant, names: Mapping[int, str], day: date, on: date) -> GrantRow:
    decision = grant.decision
    paid, repayable = paid_until(grant, day), _repayable(session, grant, day)
    return GrantRow(decision, grant, names[decision.person_id], on=on, paid=paid, repayable=repayable)


def _repayable(session: Session, grant: Grant, day: date) -> tuple[int | None, str]:
    if grant.commitment is None or grant.commitment.state not in BOUND:
        return None, ""
    try:
        found = repayable_on(frozen_of(session, grant.decision), grant, day)
    except Tampered:
        return None, "nội dung đã lưu không còn nguyên vẹn"
    return (None, "") if found is None else (found.vnd, found.formula)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _sum(vnd: int | None) -> str:
    return "" if vnd is None else str(vnd)


def _state(row: GrantRow) -> str:
    return DECISIONS[row.decision.state] if row.grant is None else GRANTS[row.grant.state]


def _signer(row: GrantRow) -> str:
    return ", ".join(one for one in (row.decision.signer_name, row.decision.signer_post) if one)


def _left(row: GrantRow) -> str:
    promised = row.promised
    if promised.state is not CommitmentState.BREACHED or promised.repayable_vnd is None:
        return ""
    return str(promised.repayable_vnd - promised.repaid_vnd)


def _until(row: GrantRow) -> str:
    return "" if row.grant is None else _day(end_of(row.grant, row.promised, row.on))


_Cells = Mapping[str, Callable[[GrantRow], str]]
_GRANTED: _Cells = {
    "code": lambda row: row.decision.person.code,
    "full_name": lambda row: row.name,
    "policy": lambda row: row.decision.policy_version.title,
    "policy_code": lambda row: row.decision.policy_version.policy.code,
    "version": lambda row: str(row.decision.policy_version.number),
    "number": lambda row: row.decision.number,
}
_CELLS: Mapping[ExportList, _Cells] = {
    ExportList.GRANTS: {
        **_GRANTED,
        "decided_on": lambda row: _day(row.decision.decided_on),
        "signer": _signer,
        "need_code": lambda row: row.decision.need.code if row.decision.need else "",
        "groups": lambda row: "; ".join(row.decision.groups),
        "is_against": lambda row: "có" if row.decision.is_against_answer else "không",
        "state": _state,
        "planned": lambda row: _sum(row.figures.planned),
        "committed": lambda row: _sum(row.figures.committed),
        "paid": lambda row: _sum(row.figures.paid),
    },
    ExportList.COMMITMENTS: {
        **_GRANTED,
        "starts_on": lambda row: _day(row.promised.starts_on),
        "until": _until,
        "state": lambda row: COMMITMENTS[row.promised.state],
        "paid": lambda row: _sum(row.paid),
        "repayable": lambda row: _sum(row.repayable[0]),
        "formula": lambda row: row.repayable[1],
        "breached_on": lambda row: _day(row.promised.breached_on),
        "found": lambda row: _sum(row.promised.repayable_vnd),
        "repaid": lambda row: _sum(row.promised.repaid_vnd),
        "left": _left,
        "repay_by": lambda row: _day(row.promised.repay_by),
    },
}
