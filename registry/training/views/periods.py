"""The period and unit a report is asked for, as an address tells them; at first the year that runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.places.queries.former_provinces import province_after
from registry.places.rules import is_former_part
from registry.training.queries.counting import Period
from registry.web.clock import today
from registry.web.database import db_session

_LONGEST_PATH = 200


@dataclass(frozen=True)
class AskedPeriod:
    """A period with what the filter shows; `is_understood` is false where a day was no day."""

    period: Period
    is_understood: bool = True

    @property
    def args(self) -> dict[str, Any]:
        """The period as it stands in an address."""
        found = {
            "tu": self.period.start.isoformat(),
            "den": self.period.end.isoformat(),
            "dia-ban": self.period.part or self.period.unit_path,
        }
        return {name: value for name, value in found.items() if value}


def period_in(args: MultiDict[str, str]) -> AskedPeriod:
    """The days «tu» and «den» (YYYY-MM-DD or dd/mm/yyyy) and the unit of an address."""
    on = today()
    start, end = _day(args.get("tu", "")), _day(args.get("den", ""))
    typed = bool(args.get("tu", "").strip()), bool(args.get("den", "").strip())
    understood = (start is not None or not typed[0]) and (end is not None or not typed[1])
    first = start or date((end or on).year, 1, 1)
    last = end or max(first, on)
    return AskedPeriod(Period(first, last, *_place(args.get("dia-ban", ""))), understood and first <= last)


def _place(path: str) -> tuple[str, str]:
    """(unit path, part of it) of an address: a former province is a part of the one it went into."""
    if not path.isascii() or len(path) > _LONGEST_PATH:
        return "", ""
    if is_former_part(path):
        province = province_after(db_session(), path)
        return province, path if province else ""
    return path, ""


def _day(typed: str) -> date | None:
    parts = typed.strip().split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
