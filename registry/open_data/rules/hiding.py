"""What of a release is hidden: small cells, what would tell them, and what an earlier release would tell. Pure (EX-07)."""

from collections.abc import Iterable, Mapping, Sequence

from registry.balance.rules.suppression import LEAST, mask
from registry.open_data.rules.against import Clash
from registry.open_data.rules.grids import Counted, Grid, Group, Ref, Why
from registry.open_data.rules.remainders import all_clashes

_ROUNDS = 6
Together = Sequence[Sequence[Ref]]
"""Cells of one line of the file: they are hidden together or not at all."""


def hide(grids: Sequence[Grid], together: Together = (), earlier: Iterable[Ref] = ()) -> Counted:
    """The grids with their small cells hidden for good; `earlier` are hidden because of an earlier release.

    Hiding more than the mask asks never bares a cell: the reader knows less. So what stands in one line, and one group
    of people counted in two grids, is hidden everywhere once it is anywhere.
    """
    lines = [*together, *_same_groups(grids)]
    because, also = set(earlier), set(earlier)
    while True:
        found = _masked(grids, also, because)
        for ref in _joined(set(found), lines):
            found.setdefault(ref, Why.BESIDES)
        # What a line or another grid hides has to be kept from the sums around it, too.
        if found.keys() <= also:
            return Counted(grids, found)
        also |= found.keys()


def _masked(grids: Sequence[Grid], also: set[Ref], earlier: set[Ref]) -> dict[Ref, Why]:
    found: dict[Ref, Why] = {}
    for number, grid in enumerate(grids):
        own = {cell for at, cell in also if at == number}
        masked = mask(grid.table, also=own)
        for cell in masked.small | masked.besides:
            is_small = grid.table.cells[cell] < LEAST
            because = (number, cell) in earlier
            found[number, cell] = Why.SMALL if is_small else Why.EARLIER if because else Why.BESIDES
    return found


def _joined(hidden: set[Ref], lines: Sequence[Sequence[Ref]]) -> set[Ref]:
    """The same with every line whole of which a cell is hidden."""
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for line in lines:
            if not hidden.isdisjoint(line):
                hidden.update(line)
    return hidden


def chosen(
    grids: Sequence[Grid], together: Together, public: Mapping[str, Counted]
) -> tuple[Counted, list[Clash]]:
    """What is hidden so that nothing comes of it together with what was public before, and what is left to name.

    Clashes that block are left only where even hiding whole tables does not help.
    """
    earlier: set[Ref] = set()
    counted, found = hide(grids, together), list[Clash]()
    for _round in range(_ROUNDS):
        counted = hide(grids, together, earlier)
        found = all_clashes(counted, public)
        more = {ref for clash in found if clash.blocks for ref in clash.refs}
        if not more:
            break
        if more <= earlier:
            touched = {number for number, _cell in more}
            more |= {(at, cell) for at in touched for cell, count in grids[at].cells().items() if count}
        if more <= earlier:
            break
        earlier |= more
    return counted, found


def _same_groups(grids: Sequence[Grid]) -> list[list[Ref]]:
    found: dict[Group, list[Ref]] = {}
    for number, grid in enumerate(grids):
        for cell in grid.cells():
            found.setdefault(grid.group(cell), []).append((number, cell))
    return [refs for refs in found.values() if len(refs) > 1]
