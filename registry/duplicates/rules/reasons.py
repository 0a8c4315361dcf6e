"""Why two records may be of one person, and how much that says. Pure."""

from enum import IntFlag


class Reason(IntFlag):
    """What is alike; the bits are stored, a bit never changes its meaning."""

    IDENTITY = 1
    ORCID = 2
    EMAIL = 4
    PHONE = 8
    NAME = 16
    NAME_ORDER = 32
    NAME_TYPO = 64
    NAME_SHORT = 128
    BIRTH = 256
    BIRTH_SWAPPED = 512
    BIRTH_YEAR = 1024


NOTHING = Reason(0)
_PROOF = Reason.IDENTITY | Reason.ORCID
_CONTACT = Reason.EMAIL | Reason.PHONE
_SAME_NAME = Reason.NAME | Reason.NAME_ORDER
_ANY_NAME = _SAME_NAME | Reason.NAME_TYPO | Reason.NAME_SHORT

_BIRTHS_FOR = {
    Reason.NAME: Reason.BIRTH | Reason.BIRTH_SWAPPED | Reason.BIRTH_YEAR,
    Reason.NAME_ORDER: Reason.BIRTH | Reason.BIRTH_SWAPPED,
    Reason.NAME_TYPO: Reason.BIRTH,
    Reason.NAME_SHORT: Reason.BIRTH,
}
"""With which likeness of birth dates a likeness of names is worth asking: a slip in the name and another in the date
together would bring more strangers than duplicates."""

STRENGTHS = (3, 2, 1)
"""3: hardly anybody else; 2: likely; 1: worth a look."""


def is_pair(found: Reason) -> bool:
    """Whether an officer should be asked about two records that are alike in this."""
    if found & (_PROOF | _CONTACT):
        return True
    return any(name in found and bool(found & births) for name, births in _BIRTHS_FOR.items())


def strength_of(found: Reason) -> int:
    """3, 2 or 1."""
    is_same_person_by_name = bool(found & _SAME_NAME) and Reason.BIRTH in found
    if found & _PROOF or (is_same_person_by_name and found & _CONTACT):
        return 3
    if is_same_person_by_name or Reason.EMAIL in found or (found & _CONTACT and found & _ANY_NAME):
        return 2
    return 1
