"""Saying what kind of area a unit is from a day on, by which document."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.places.models import AdministrativeUnit, AreaClassification
from registry.places.rules import AreaKind


class NotAfter(Exception):
    """The day lies after the unit ended; the argument is its last day."""


def classify_area(
    session: Session,
    unit: AdministrativeUnit,
    kinds: Collection[AreaKind],
    valid_from: date,
    document: str,
    *,
    by: int | None,
    at: datetime,
) -> AreaClassification:
    """Keep what holds of the unit from a day on; of a day that has one already it is mended. Raises NotAfter.

    No kinds: from that day on the unit is nothing of the sort. What held before stays on record.
    """
    if unit.valid_to is not None and valid_from > unit.valid_to:
        raise NotAfter(unit.valid_to)
    wanted = select(AreaClassification).where(
        AreaClassification.unit_id == unit.id, AreaClassification.valid_from == valid_from
    )
    row = session.scalar(wanted.with_for_update())
    said = [kind.value for kind in AreaKind if kind in kinds]
    before = None if row is None else (row.kinds, row.document)
    if row is None:
        row = AreaClassification(unit_id=unit.id, valid_from=valid_from)
        session.add(row)
    row.kinds, row.document, row.by_id = said, document, by
    session.flush()
    detail: dict[str, object] = {
        "unit": unit.code,
        "from": valid_from.isoformat(),
        "kinds": ", ".join(said),
        "document": document,
    }
    if before is not None:
        detail |= {"kinds_before": ", ".join(before[0]), "document_before": before[1]}
    record(session, by, "area.classified", "area", row.public_id, detail=detail, at=at)
    return row
