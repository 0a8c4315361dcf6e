"""A release held against another that was public before: what both tell together, with the arithmetic. Pure (EX-07).

Three things are looked for: two counts of nested groups that differ by fewer people than may be told of; a small cell of
either that is bare once the reader takes what the other shows for what this one hides; and, only named, cells that one
shows and the other hides while nothing comes of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.balance.rules.suppression import exposed
from registry.open_data.rules.differencing import Revealed, revealing_pairs
from registry.open_data.rules.grids import Counted, Group, Ref


class How(StrEnum):
    """What a pair of releases tells."""

    DIFFERENCE = "difference"
    UNCOVERED = "uncovered"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell of the new release and what the earlier makes of it. `first` and `second`: the earlier and the new count.

    Of an uncovered cell `first` and `second` are the fewest and the most people a reader is left with.
    """

    how: How
    release: str
    words: str
    first: int | None
    second: int | None
    refs: tuple[Ref, ...] = ()
    """The cells of the new release that would have to be hidden."""

    @property
    def blocks(self) -> bool:
        """Whether the new release may not be published."""
        return self.how is not How.ELSEWHERE


def clashes(new: Counted, earlier: Counted, release: str) -> list[Clash]:
    """All that a release and an earlier one, called `release`, tell together."""
    return [*_differences(new, earlier, release), *_uncovered(new, earlier, release)]


def _differences(new: Counted, earlier: Counted, release: str) -> Iterable[Clash]:
    ours = {ref: (group, None if ref in new.hidden else count) for ref, group, count in new.everything()}
    theirs = {
        ref: (group, None if ref in earlier.hidden else count) for ref, group, count in earlier.everything()
    }
    by_subject: dict[str, list[Ref]] = {}
    for ref, (group, _count) in theirs.items():
        by_subject.setdefault(group.subject, []).append(ref)
    pairs = [
        (other, ref)
        for ref, (group, _count) in ours.items()
        for other in by_subject.get(group.subject, ())
        if group.holds(theirs[other][0]) or theirs[other][0].holds(group)
    ]
    # Both sides number their grids from nought, so a pair is named by where each lies.
    first = {ref: count for ref, (_group, count) in theirs.items()}
    second = {ref: count for ref, (_group, count) in ours.items()}
    for one in revealing_pairs(first, second, pairs):
        other, ref = _ref(one.first), _ref(one.second)
        is_same = ours[ref][0] == theirs[other][0]
        words = new.grids[ref[0]].words_of(ref[1])
        if one.how is Revealed.SMALL_DIFFERENCE:
            yield Clash(How.DIFFERENCE, release, words, first[other], second[ref], (ref,))
        elif is_same:
            yield Clash(How.ELSEWHERE, release, words, first[other], second[ref])


def _uncovered(new: Counted, earlier: Counted, release: str) -> Iterable[Clash]:
    """Whoever takes a cell for unchanged reads it where it is shown; told where it is true."""
    for _ref_, clash in _bare(new, _shown(earlier)):
        number = _ref_[0]
        whole = tuple((number, cell) for cell, count in new.grids[number].cells().items() if count)
        yield Clash(How.UNCOVERED, release, *clash, whole)
    shown_by_us = _shown(new)
    for _ref_, clash in _bare(earlier, shown_by_us):
        hidden = {earlier.grids[at].group(cell) for at, cell in earlier.hidden if at == _ref_[0]}
        telling = tuple(ref for ref, group, _n in new.everything() if group in hidden & shown_by_us.keys())
        yield Clash(How.UNCOVERED, release, *clash, telling)


def _bare(
    of: Counted, shown: Mapping[Group, int]
) -> Iterable[tuple[Ref, tuple[str, int | None, int | None]]]:
    """The small cells that are bare when everything shown elsewhere under the same name is known."""
    for number, grid in enumerate(of.grids):
        hidden, cells = of.of_grid(number), grid.cells()
        known = {cell for cell in hidden if shown.get(grid.group(cell)) == cells[cell]}
        if not known:
            continue
        for cell, (low, high) in exposed(grid.table, frozenset(hidden - known)).items():
            yield (number, cell), (grid.words_of(cell), low, high)


def _shown(counted: Counted) -> dict[Group, int]:
    return {group: count for ref, group, count in counted.everything() if ref not in counted.hidden}


def _ref(key: object) -> Ref:
    assert isinstance(key, tuple)  # noqa: S101 - what was given as a name comes back as one
    return key  # pyright: ignore[reportUnknownVariableType]
