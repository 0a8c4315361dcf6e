"""What a release is asked for: where, over which days, counted on which day."""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class Asked:
    """`starts` and `ends` are the period; `on` is the day on which records are counted."""

    place: str
    place_name: str
    programme: str
    starts: date
    ends: date
    on: date

    @property
    def days(self) -> tuple[str, str]:
        """The period as texts that order like days."""
        return self.starts.isoformat(), self.ends.isoformat()
