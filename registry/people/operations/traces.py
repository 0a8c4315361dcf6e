"""What operations leave in the log: one event each, the person's own values under the person's key."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.people.models import Person
from registry.people.rules import PartialDate

Changes = dict[str, tuple[object, object]]


def plain(value: Any) -> object:
    """A value as the log writes it; what is not ours the log knows itself."""
    if isinstance(value, PartialDate):
        return value.text
    names = _fields_of(value.__class__)
    return value if names is None else {name: plain(getattr(value, name)) for name in names}


@cache
def _fields_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a class of drafts; None for every other."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    """The fields whose values differ, with both."""
    names = list(dict.fromkeys([*before, *after]))
    pairs = {name: (plain(before.get(name)), plain(after.get(name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def trace(
    session: Session,
    person: Person,
    action: str,
    *,
    by: int | None,
    at: datetime,
    changes: Mapping[str, tuple[object, object]] | None = None,
    subject: tuple[str, str] | None = None,
    detail: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """One event about a person; `subject` defaults to the person's record."""
    kind, subject_id = subject or ("person", person.public_id)
    record(
        session,
        by,
        action,
        kind,
        subject_id,
        changes=changes,
        person=person.public_id,
        reason=reason,
        detail=detail,
        at=at,
    )
