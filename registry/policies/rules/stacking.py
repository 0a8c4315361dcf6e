"""Several groups met at once: which are granted, which lines fall out and for which other. Pure."""

from collections.abc import Sequence

from registry.policies.rules.answers import LeftOut
from registry.policies.rules.benefits import Exact
from registry.policies.rules.lines import Draft
from registry.policies.rules.policy import Group, Stacking


def granted_groups(
    stacking: Stacking, met: Sequence[Group], drafts: Sequence[Draft]
) -> tuple[tuple[Group, ...], tuple[LeftOut, ...]]:
    """The groups granted, by rank, and those left out.

    «Highest only» compares what is surely paid once, at its upper bound and before modifiers; ties, also at 0, go to
    the lower rank number. Otherwise every group met is granted.
    """
    if stacking is not Stacking.HIGHEST_ONLY or len(met) < 2:
        return tuple(met), ()
    sums = {group.code: _once(group.code, drafts) for group in met}
    best = min(met, key=lambda group: (-sums[group.code], group.rank))
    others = tuple(
        LeftOut(group.code, None, best.code, f"Chỉ hưởng mức cao nhất: «{best.title}»")
        for group in met
        if group is not best
    )
    return (best,), others


def _once(group: str, drafts: Sequence[Draft]) -> Exact:
    return sum((one.certain_once for one in drafts if one.group == group), 0)


def without_excluded(drafts: Sequence[Draft]) -> tuple[list[Draft], tuple[LeftOut, ...]]:
    """Of all lines with one exclusive key only the highest stays; ties go to the group with the lower rank number."""
    best: dict[str, Draft] = {}
    for one in drafts:
        key = one.benefit.exclusive_key
        if key is None:
            continue
        kept = best.get(key)
        if kept is None or (-one.upper_bound, one.rank) < (-kept.upper_bound, kept.rank):
            best[key] = one
    kept_codes = {id(one) for one in best.values()}
    stays = [one for one in drafts if one.benefit.exclusive_key is None or id(one) in kept_codes]
    out = tuple(
        LeftOut(
            one.group or "",
            one.benefit.code,
            winner.benefit.code,
            f"Không hưởng cùng với «{winner.benefit.text}»",
        )
        for one in drafts
        if one.benefit.exclusive_key is not None and (winner := best[one.benefit.exclusive_key]) is not one
    )
    return stays, out
