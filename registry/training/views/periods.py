"""The period and unit a report is asked for, as an address tells them; at first the year that runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.training.queries.counting import Period
from registry.web.clock import today

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
            "dia-ban": self.period.unit_path,
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
    path = args.get("dia-ban", "")
    unit_path = path if path.isascii() and len(path) <= _LONGEST_PATH else ""
    return AskedPeriod(Period(first, last, unit_path), understood and first <= last)


def _day(typed: str) -> date | None:
    parts = typed.strip().split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
