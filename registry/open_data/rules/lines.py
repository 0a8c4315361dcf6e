"""Lines of a published file: facts that are always there, figures that go when one of the cells they tell of is hidden. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from registry.open_data.rules.dictionary import Column
from registry.open_data.rules.grids import Grid, Ref

Value = str | int | Decimal | None
STATUS, REASON = "trang_thai", "ly_do"
SHOWN, HIDDEN, MISSING = "có số", "ẩn (dưới 5 hoặc để che ô dưới 5)", "không có số"
"""What the column of the status says; small cells and those hidden for them are told apart for nobody."""


@dataclass(frozen=True)
class Line:
    """One line. `guards`: the cells its figures tell of; `why`: why there is no figure, where there is none."""

    facts: Mapping[str, Value]
    figures: Mapping[str, Value] = field(default_factory=dict[str, Value])
    guards: tuple[Ref, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Content:
    """What a release is made of, before anything is hidden."""

    grids: Sequence[Grid]
    lines: Sequence[Line]

    @property
    def together(self) -> list[tuple[Ref, ...]]:
        """Cells that stand in one line."""
        return [line.guards for line in self.lines if len(line.guards) > 1]


def written(
    lines: Sequence[Line], columns: Sequence[Column], hidden: Mapping[Ref, object]
) -> list[dict[str, Value]]:
    """The lines as the files say them: only columns that are in the dictionary, whatever else a line knows."""
    found: list[dict[str, Value]] = []
    for line in lines:
        is_hidden = any(ref in hidden for ref in line.guards)
        told: dict[str, Value] = dict(line.facts)
        if not is_hidden:
            told |= line.figures
        is_missing = bool(line.why) and not is_hidden
        told[STATUS] = HIDDEN if is_hidden else MISSING if is_missing else SHOWN
        told[REASON] = line.why if is_missing else None
        found.append({one.name: told.get(one.name) for one in columns})
    return found
