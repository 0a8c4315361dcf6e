"""Which office keeps a row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """The place and the organisation of a row, as its columns want them."""

    unit_id: int | None
    unit_path: str
    organisation_id: int | None = None
    organisation_path: str = ""
