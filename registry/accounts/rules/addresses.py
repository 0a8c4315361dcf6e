"""E-mail addresses: their shape, and the key by which two spellings of one address are one account. Pure."""

import re
import unicodedata

LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST_LOCAL = 64


def is_email(address: str) -> bool:
    """Whether this has the shape of an address. Names of intranets («.local») are fine: agencies use them."""
    if len(address) > LONGEST:
        return False
    found = _ADDRESS.fullmatch(address)
    return found is not None and len(found["local"]) <= _LONGEST_LOCAL


def folded_email(address: str) -> str:
    """The key of an address: NFKC, no blanks around it, no capitals.

    The part before @ may by the letter be case-sensitive; no provider of today treats it so, and two
    accounts that differ only in capitals would invite mistakes.
    """
    return unicodedata.normalize("NFKC", address).strip().casefold()
