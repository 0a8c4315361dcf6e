"""Dividing whole points so that nothing is lost, and the shares that are in force for a need. Pure."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` in proportion to `weights` into whole numbers that sum to `total`.

    Each gets the floor of its quota; what is left goes, one each, to the largest remainders, among equal
    remainders to the first. When all weights are zero they count as equal. No weights: nothing is divided.
    """
    if not weights:
        return []
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    quotas = [divmod(total * weight, whole) for weight in weights]
    parts = [floor for floor, _remainder in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda place: -quotas[place][1])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def shares_in_force(shares: Sequence[int], asked: Sequence[bool]) -> list[int]:
    """100 divided over the parts asked for, in proportion to their shares; a part not asked for has 0."""
    divided = iter(apportion(100, [share for share, is_asked in zip(shares, asked, strict=True) if is_asked]))
    return [next(divided) if is_asked else 0 for is_asked in asked]
