"""New values of dated parameters and new years of yearly lists. Flushes, never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.models import LegalDocument, Parameter, ParameterValue, YearlyList, YearlyListYear
from registry.policies.operations.errors import CodeTaken, PeriodTaken
from registry.policies.rules.periods import periods_meet


@dataclass(frozen=True)
class NewValue:
    """A value in whole đồng from a day on, to a last day if that is known, and the document that sets it."""

    value_vnd: int
    valid_from: date
    valid_to: date | None = None
    document: LegalDocument | None = None
    note: str = ""


def add_parameter_value(
    session: Session, parameter: Parameter, new: NewValue, *, by: int | None, at: datetime
) -> ParameterValue:
    """Add a value. An open-ended one before it ends the day before; any other overlap raises PeriodTaken."""
    # One after the other: of two values added at the same moment the second sees the first.
    session.execute(select(Parameter.id).where(Parameter.id == parameter.id).with_for_update())
    session.refresh(parameter, ["values"])
    ended = _make_room(parameter, new)
    made = ParameterValue(
        value_vnd=new.value_vnd,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        document=new.document,
        note=new.note,
        created_at=at,
        updated_at=at,
    )
    parameter.values.append(made)
    session.flush()
    changes: dict[str, tuple[object, object]] = {
        "value": (None, new.value_vnd),
        "valid_from": (None, new.valid_from),
        "valid_to": (None, new.valid_to),
        "document": (None, None if new.document is None else new.document.code),
    }
    if ended is not None:
        changes["value_before_ends"] = (None, ended.valid_to)
    record(
        session,
        by,
        "policy_parameter.value_added",
        "policy_parameter",
        parameter.public_id,
        changes=changes,
        detail={"key": parameter.key, "of": parameter.of},
        at=at,
    )
    return made


def _make_room(parameter: Parameter, new: NewValue) -> ParameterValue | None:
    """End the open value before a new one. Raises PeriodTaken for any value that still meets it."""
    ended = None
    for known in parameter.values:
        if known.valid_to is None and known.valid_from < new.valid_from:
            ended = known
        elif periods_meet((known.valid_from, known.valid_to), (new.valid_from, new.valid_to)):
            raise PeriodTaken(known)
    if ended is not None:
        ended.valid_to = new.valid_from - timedelta(days=1)
    return ended


def add_list_year(
    session: Session,
    of_list: YearlyList,
    year: int,
    field_codes: Sequence[str],
    *,
    document: LegalDocument | None,
    by: int | None,
    at: datetime,
    note: str = "",
) -> YearlyListYear:
    """Add the fields of a year, or replace those that stand there, which makes them unverified again.

    Raises CodeTaken when the year says the same already.
    """
    codes = sorted(set(field_codes))
    made = next((one for one in of_list.years if one.year == year), None)
    before = None if made is None else list(made.field_codes)
    if made is None:
        made = YearlyListYear(year=year, created_at=at)
        of_list.years.append(made)
    elif before == codes and made.document is document and made.note == note:
        raise CodeTaken(str(year))
    made.field_codes, made.document, made.note, made.updated_at = codes, document, note, at
    session.flush()
    record(
        session,
        by,
        "yearly_list.year_set",
        "yearly_list",
        of_list.code,
        changes={"field_codes": (before, codes)},
        detail={"year": year},
        at=at,
    )
    return made
