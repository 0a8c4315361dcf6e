"""Opening and closing the encrypted columns. A sealed value names table, column and person: moved, it does not open."""

from sqlalchemy.orm import Session

from registry.db.keys import Keyring, keyring_of
from registry.people.models.person import Contact, IdentityDocument, Person
from registry.people.rules import ContactKind, IdentityKind, contact_key

_IDENTITY = "identity_document.number"
_CONTACT = "contact.value"


def seal_identity(session: Session, person: Person, kind: IdentityKind, number: str) -> tuple[bytes, str]:
    """The number encrypted, and the keyed hash by which equal numbers are found."""
    return number_sealed(keyring_of(session), person.public_id, kind, number)


def number_sealed(keyring: Keyring, public_id: str, kind: IdentityKind, number: str) -> tuple[bytes, str]:
    """The same without a session."""
    digest = keyring.digest(number, f"{_IDENTITY}:{kind}")
    return keyring.seal(number, f"{_IDENTITY}:{public_id}"), digest


def waiting_digest(session: Session, person: Person, kind: IdentityKind, number: str) -> str:
    """What stands for that hash while an officer finds out whose the number is: nobody finds the record by it, and it
    takes the number from nobody."""
    return keyring_of(session).digest(f"{person.public_id}\0{number}", f"{_IDENTITY}:{kind}:waiting")


def identity_digests(session: Session, kind: IdentityKind, number: str) -> list[str]:
    """The hashes of a number under every key of the installation."""
    return number_digests(keyring_of(session), kind, number)


def number_digests(keyring: Keyring, kind: IdentityKind, number: str) -> list[str]:
    """The same without a session."""
    return keyring.digests(number, f"{_IDENTITY}:{kind}")


def open_identity(session: Session, person: Person, document: IdentityDocument) -> str:
    """The number in the clear."""
    return keyring_of(session).open(document.number_sealed, _place(_IDENTITY, person))


def seal_contact(session: Session, person: Person, kind: ContactKind, value: str) -> tuple[bytes, str]:
    """The contact encrypted, and its keyed hash."""
    return address_sealed(keyring_of(session), person.public_id, kind, value)


def address_sealed(keyring: Keyring, public_id: str, kind: ContactKind, value: str) -> tuple[bytes, str]:
    """The same without a session."""
    digest = keyring.digest(contact_key(kind, value), f"{_CONTACT}:{kind}")
    return keyring.seal(value, f"{_CONTACT}:{public_id}"), digest


def contact_digests(session: Session, kind: ContactKind, value: str) -> list[str]:
    """The hashes of a contact under every key of the installation."""
    return address_digests(keyring_of(session), kind, value)


def address_digests(keyring: Keyring, kind: ContactKind, value: str) -> list[str]:
    """The same without a session."""
    return keyring.digests(contact_key(kind, value), f"{_CONTACT}:{kind}")


def open_contact(session: Session, person: Person, contact: Contact) -> str:
    """The address or number in the clear."""
    return keyring_of(session).open(contact.value_sealed, _place(_CONTACT, person))


def seal_trait(session: Session, person: Person, trait: str, value: str | None) -> bytes | None:
    """A sensitive trait encrypted; None when nothing was stated."""
    if value is None:
        return None
    return keyring_of(session).seal(value, _place(f"sensitive_traits.{trait}", person))


def open_trait(session: Session, person: Person, trait: str, sealed: bytes | None) -> str | None:
    """A sensitive trait in the clear."""
    return (
        None
        if sealed is None
        else keyring_of(session).open(sealed, _place(f"sensitive_traits.{trait}", person))
    )


def _place(column: str, person: Person) -> str:
    return f"{column}:{person.public_id}"
