"""E-mail addresses as keys: two spellings of one address are one account. Pure."""

import unicodedata


def folded_email(address: str) -> str:
    """The key of an address: NFKC, no blanks around it, no capitals.

    The part before @ may by the letter be case-sensitive; no provider of today treats it so, and two
    accounts that differ only in capitals would invite mistakes.
    """
    return unicodedata.normalize("NFKC", address).strip().casefold()
