"""The DOI of a work: a name that begins with «10.», as it is or as an address of doi.org. Pure."""

import re

_WRITTEN = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/[!-~]{1,180})", re.ASCII | re.IGNORECASE
)


def doi_of(text: str) -> str:
    """The DOI that a text is, without address and in small letters (ISO 26324: capitals make no difference); "" for none."""
    found = _WRITTEN.fullmatch(text.strip())
    return "" if found is None else found[1].lower()


def doi_address(doi: str) -> str:
    """Where a DOI leads; "" for none."""
    return f"https://doi.org/{doi}" if doi else ""
