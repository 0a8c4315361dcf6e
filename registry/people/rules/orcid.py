"""ORCID iDs inside a text, as in the link of a piece of evidence. Pure."""

import re

_SHAPE = re.compile(r"(?<![\d-])(\d{4})-(\d{4})-(\d{4})-(\d{3}[\dXx])(?![\dXx-])", re.ASCII)
_MOST_CHARACTERS = 500


def orcids_in(text: str) -> set[str]:
    """The iDs with a right check digit (ISO 7064 11,2, as orcid.org describes it), in upper case."""
    found = {"-".join(parts).upper() for parts in _SHAPE.findall(text[:_MOST_CHARACTERS])}
    return {one for one in found if _is_right(one.replace("-", ""))}


def _is_right(digits: str) -> bool:
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))
