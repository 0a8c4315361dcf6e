"""A total less everything shown inside it: what is left must be nobody, or enough people. Pure (EX-07).

Pairs of releases are held against each other in `against`; here many are at once: a province and its communes one by one,
a year and its quarters, each in a release of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.balance.rules.suppression import LEAST
from registry.open_data.rules.against import Clash, How, clashes
from registry.open_data.rules.grids import Counted, Group, Ref


@dataclass(frozen=True, slots=True)
class _Shown:
    """A shown group: its count, in which release («» for the new one), where there and what it is called."""

    group: Group
    count: int
    release: str
    ref: Ref
    words: str


def all_clashes(new: Counted, public: Mapping[str, Counted]) -> list[Clash]:
    """All that a release tells together with everything that is or was public, by the names of those releases."""
    found = [clash for name, one in public.items() for clash in clashes(new, one, name)]
    return [*found, *remainders(new, public)]


def remainders(new: Counted, public: Mapping[str, Counted]) -> list[Clash]:
    """Totals of which fewer than the least are left when all parts that are shown, two or more, are taken away."""
    by_subject: dict[str, dict[Group, _Shown]] = {}
    for name, one in {"": new, **public}.items():
        for each in _shown_in(one, name):
            by_subject.setdefault(each.group.subject, {}).setdefault(each.group, each)
    found: list[Clash] = []
    for groups in by_subject.values():
        for whole in groups.values():
            for parts in (_places_in(whole, groups), _days_in(whole, groups)):
                found += _left(whole, parts)
    return found


def _shown_in(counted: Counted, release: str) -> Iterable[_Shown]:
    for ref, group, count in counted.everything():
        if ref not in counted.hidden:
            yield _Shown(group, count, release, ref, counted.grids[ref[0]].words_of(ref[1]))


def _left(whole: _Shown, parts: Sequence[_Shown]) -> list[Clash]:
    together = sum(one.count for one in parts)
    ours = [one for one in (whole, *parts) if not one.release]
    if len(parts) < 2 or not ours or not 0 < abs(whole.count - together) < LEAST:
        return []
    releases = ", ".join(dict.fromkeys(one.release for one in (whole, *parts) if one.release))
    return [
        Clash(How.DIFFERENCE, releases, ours[0].words, together, whole.count, tuple(one.ref for one in ours))
    ]


def _places_in(whole: _Shown, groups: Mapping[Group, _Shown]) -> list[_Shown]:
    """The widest places inside the whole's that lie apart, over its very days."""
    own = whole.group
    inside = [
        one
        for group, one in groups.items()
        if (group.starts, group.ends) == (own.starts, own.ends)
        and group.place != own.place
        and group.place.startswith(own.place)
    ]
    chosen: list[_Shown] = []
    for one in sorted(inside, key=lambda each: (len(each.group.place), each.group.place)):
        if not any(one.group.place.startswith(other.group.place) for other in chosen):
            chosen.append(one)
    return chosen


def _days_in(whole: _Shown, groups: Mapping[Group, _Shown]) -> list[_Shown]:
    """Periods inside the whole's that lie apart, in its very place, each the next that begins and ends first."""
    own = whole.group
    inside = [
        one
        for group, one in groups.items()
        if group.place == own.place and group != own and own.holds(group) and not own.is_stock
    ]
    chosen: list[_Shown] = []
    for one in sorted(inside, key=lambda each: (each.group.ends, each.group.starts)):
        if not chosen or one.group.starts > chosen[-1].group.ends:
            chosen.append(one)
    return chosen
