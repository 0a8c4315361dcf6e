"""Which figures somebody compared with their source, and which of these are to be looked at again. Reads only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.policies.models import (
    FigureVerification,
    LegalDocument,
    ParameterValue,
    PolicyVersion,
    YearlyListYear,
)
from registry.policies.queries.versions import content_of
from registry.policies.rules.figures import DATES, figures_of, fingerprint

Owner = PolicyVersion | LegalDocument | ParameterValue | YearlyListYear
COLUMNS: Mapping[type[Any], str] = {
    PolicyVersion: "version_id",
    LegalDocument: "document_id",
    ParameterValue: "parameter_value_id",
    YearlyListYear: "list_year_id",
}


def figures_by_key(owner: Owner) -> dict[str, str]:
    """{figure: fingerprint} of all figures of a row as they are now."""
    if isinstance(owner, PolicyVersion):
        return {figure.key: figure.sha256 for figure in figures_of(content_of(owner))}
    return {DATES: fingerprint(_content(owner))}


def _content(owner: LegalDocument | ParameterValue | YearlyListYear) -> Any:
    if isinstance(owner, LegalDocument):
        days = (owner.signed_on, owner.effective_from, owner.effective_to)
        return [owner.number, owner.kind, owner.issuer, *days, owner.effective_after_days, owner.status]
    if isinstance(owner, ParameterValue):
        # The last day is set by the value that follows: it is not what was compared.
        return [owner.value_vnd, owner.valid_from]
    return [owner.year, sorted(owner.field_codes)]


def verdicts(
    session: Session, owners: Collection[Owner], known: Mapping[int, Mapping[str, str]] | None = None
) -> dict[int, dict[str, FigureVerification]]:
    """{row id: {figure: newest verification that still fits}} of rows of one kind; one statement."""
    rows = list(owners)
    if not rows:
        return {}
    column = getattr(FigureVerification, COLUMNS[type(rows[0])])
    wanted = select(FigureVerification).where(column.in_(sorted(one.id for one in rows)))
    by_id, now = {one.id: one for one in rows}, dict(known or {})
    found: dict[int, dict[str, FigureVerification]] = {one.id: {} for one in rows}
    for one in session.scalars(wanted.order_by(FigureVerification.id)):
        owner = int(getattr(one, column.key))
        # Fingerprints of all figures of a version take a while: only where one was verified.
        if owner not in now:
            now[owner] = figures_by_key(by_id[owner])
        if now[owner].get(one.figure) == one.figure_sha256:
            found[owner][one.figure] = one
        else:
            found[owner].pop(one.figure, None)
    return found


def is_verified(session: Session, owners: Collection[Owner]) -> set[int]:
    """The ids of the rows whose one figure is verified."""
    return {owner for owner, known in verdicts(session, owners).items() if DATES in known}


@dataclass(frozen=True)
class Overdue:
    """A verified figure whose review day is past, and the row it belongs to."""

    verification: FigureVerification
    owner: Owner


def overdue(session: Session, on: date) -> Sequence[Overdue]:
    """What was to be looked at again before a day, the longest overdue first; only figures that still say the same."""
    due = select(FigureVerification).where(FigureVerification.review_on < on)
    known = session.scalars(due.order_by(FigureVerification.review_on, FigureVerification.id)).all()
    found: list[Overdue] = []
    for kind, column in COLUMNS.items():
        ids = {int(owner) for one in known if (owner := getattr(one, column)) is not None}
        found += _of_kind(session, kind, column, ids, known)
    return sorted(found, key=lambda one: (one.verification.review_on, one.verification.id))


def _of_kind(
    session: Session, kind: type[Any], column: str, ids: Collection[int], due: Iterable[FigureVerification]
) -> list[Overdue]:
    if not ids:
        return []
    owners: dict[int, Owner] = {
        one.id: one for one in session.scalars(select(kind).where(kind.id.in_(sorted(ids))))
    }
    newest = verdicts(session, list(owners.values()))
    return [
        Overdue(one, owners[owner])
        for one in due
        if (owner := getattr(one, column)) is not None and newest[owner].get(one.figure) is one
    ]
