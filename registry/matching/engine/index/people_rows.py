"""Where each person stands in a snapshot that is being made, and what is known of everybody besides facts."""

from dataclasses import dataclass, field

import numpy as np

from registry.matching.engine.index.columns import Bool, Int32, Int64, UInt8
from registry.matching.engine.index.snapshot import HORIZON_DAYS
from registry.matching.engine.lookup import RowsById


@dataclass
class PeopleRows:
    """Where each person stands, and who must be left to the reference, while a snapshot is being made."""

    by_id: RowsById
    today: int
    irregular: Bool = field(init=False)
    flips: UInt8 = field(init=False)

    def __post_init__(self) -> None:
        self.irregular = np.zeros(len(self.row_ids), np.bool_)
        self.flips = np.zeros(len(self.row_ids), np.uint8)

    @property
    def row_ids(self) -> Int64:
        """The ids of the people, row by row."""
        return self.by_id.row_ids

    def find(self, person: Int64) -> tuple[Int64, Bool]:
        """The rows of the people of a column, and which of them the snapshot holds."""
        return self.by_id.find(person)

    def flip(self, rows: Int64, day: Int32 | Int64) -> None:
        """Facts of these rows change by themselves on these days; 0 means never."""
        offset = day.astype(np.int64) - self.today
        soon = (offset >= 1) & (offset <= HORIZON_DAYS)
        rows, offset = rows[soon], offset[soon]
        self.flips[rows[self.flips[rows] == 0]] = HORIZON_DAYS + 1  # nothing said yet: any day is earlier
        np.minimum.at(self.flips, rows, offset.astype(np.uint8))
