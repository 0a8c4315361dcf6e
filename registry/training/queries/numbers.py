"""The number that stands for a participant who is not in the registry: a keyed hash of what the list says.

Nobody without the keys of the installation can try identities against it, and no name is kept. The same identity gives
the same number in every list, so that distinct people can be counted. A number made before the keys were changed is
found too: lists are compared under every key.
"""

from datetime import date

from sqlalchemy.orm import Session

from registry.db.keys import Keyring, keyring_of
from registry.text import fold

_PURPOSE = "participation.participant"
_BITS = 2**62


def identity_text(number: str, name: str, birth: date | None, agency: str) -> str:
    """What tells a participant apart: the identity number, else name with birth date and agency as the list has them."""
    digits = "".join(number.split()).upper()
    if digits:
        return f"number:{digits}"
    born = "" if birth is None else birth.isoformat()
    return f"name:{fold(name)}|{born}|{fold(agency)}"


def stranger_numbers(keyring: Keyring, identity: str) -> list[int]:
    """The negative numbers of an identity under every key, the current one first."""
    return [-1 - int(one[:16], 16) % _BITS for one in keyring.digests(identity, _PURPOSE)]


def stranger_number(session: Session, identity: str) -> int:
    """The number by which a stranger is kept now."""
    return stranger_numbers(keyring_of(session), identity)[0]
