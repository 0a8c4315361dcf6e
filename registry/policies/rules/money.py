"""Sums of đồng as people write them: «2.340.000», «2 340 000 đ», «150 triệu», «1,5 tỷ». Pure."""

import re
from fractions import Fraction

MOST_VND = 10**12
"""What no sum of a policy, a grant or a form is above."""
_UNITS = {"": 1, "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}
_FOLDED = str.maketrans({"ì": "i", "à": "a", "ệ": "e", "ỷ": "y", "ỉ": "i", "đ": "d", "ồ": "o"})
_SUM = re.compile(
    r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<part>\d{1,6}))?\s*(?P<unit>[a-z]*)\s*(?:dong|vnd|d|₫)?",
    re.ASCII,
)


def read_vnd(text: str) -> int | None:
    """Whole đồng, at most a thousand billion; None for what is no sum or no whole đồng.

    A stop groups thousands and a comma begins decimals, as Vietnamese is written: «1.297» is 1297, «1,5» one and a half.
    """
    said = text.strip().lower().translate(_FOLDED).replace("\u00a0", " ")
    found = _SUM.fullmatch(said)
    if found is None:
        return None
    unit = found["unit"]
    if unit in ("dong", "vnd", "d"):
        unit = ""
    if unit not in _UNITS:
        return None
    whole = re.sub(r"[. ]", "", found["whole"])
    part = found["part"] or ""
    amount = Fraction(int(whole + part), 10 ** len(part)) * _UNITS[unit]
    if amount.denominator != 1 or not 0 < amount <= MOST_VND:
        return None
    return int(amount)
