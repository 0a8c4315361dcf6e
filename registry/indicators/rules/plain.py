"""Checked figures as plain data for programs: strings, whole numbers and lists. Pure.

Exact numbers leave as strings («9.8»), so that no reader makes a float of them; what is missing is null, never 0.
"""

from typing import Any

from registry.indicators.rules.checks import Checked
from registry.indicators.rules.implied import Implied
from registry.indicators.rules.ratios import Percent
from registry.indicators.rules.verdicts import Tried


def plain(checked: Checked) -> dict[str, Any]:
    """One printed figure with its verdict; sentences are Vietnamese."""
    row, printed = checked.row, checked.row.printed_percent
    return {
        "id": row.id,
        "place": row.place,
        "kind": row.kind.value,
        "is_quantity": row.kind.is_quantity,
        "name": row.name,
        "name_en": row.name_en,
        "value": row.value or None,
        "unit": row.printed_unit,
        "bound": row.bound.value or None,
        "starts": row.starts.isoformat() if row.starts else None,
        "ends": row.ends.isoformat() if row.ends else None,
        "part_of": row.part_of or None,
        "printed_percent": str(printed.percent) if printed else None,
        "quote": row.quote,
        "paragraph": row.paragraph,
        "source": row.source,
        "finding": checked.finding.value,
        "text": checked.text,
        "implied": _implied(checked.plan.implied) if checked.plan and checked.plan.implied else None,
        "tried": [_tried(one) for one in checked.plan.tried] if checked.plan else [],
    }


def _implied(implied: Implied) -> dict[str, int | None]:
    return {"lowest": implied.lowest, "highest": implied.highest}


def _tried(tried: Tried) -> dict[str, Any]:
    percent = tried.result if isinstance(tried.result, Percent) else None
    return {
        "document": tried.plan.document,
        "amount": str(tried.plan.amount),
        "unit": tried.plan.unit.code,
        "reading": tried.plan.reading.value,
        "percent": str(percent.rounded) if percent else None,
        "refused": None if isinstance(tried.result, Percent) else tried.result.code,
        "fits": tried.fits,
    }
