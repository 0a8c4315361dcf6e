"""How many visiting experts came from which country (BT6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CountrySplit:
    """Experts in all, by country the most first, and how many whose country nobody recorded.

    `is_known` is false when any country is missing: then the split is «–» and not made up.
    """

    total: int
    countries: tuple[tuple[str, int], ...]
    unrecorded: int

    @property
    def is_known(self) -> bool:
        """Whether the split says anything about all of them."""
        return self.total > 0 and not self.unrecorded


def split_by_country(countries: Sequence[str | None]) -> CountrySplit:
    """Count the countries of experts; None is «not recorded»."""
    counted = Counter(one for one in countries if one)
    ranked = tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
    return CountrySplit(len(countries), ranked, sum(one is None or one == "" for one in countries))
