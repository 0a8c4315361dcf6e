"""Why an operation was refused; the words for people are in forms and views."""

from collections.abc import Sequence

from registry.people.rules import IdentityKind


class ConsentMissing(Exception):
    """A record that rests on consent cannot be kept without the consent to keep it."""


class AlreadySubmitted(Exception):
    """The same form made a record a moment ago, or its code was taken in the same moment."""


class IdentityTaken(Exception):
    """Another record has this identity number."""

    def __init__(self, kind: IdentityKind) -> None:
        super().__init__(kind)
        self.kind = kind


class EditedMeanwhile(Exception):
    """Somebody saved this since it was opened; what they saved is in the database."""


class AlreadyClaimed(Exception):
    """The record already has an open claim to this concept or language."""


class AlreadyChecked(Exception):
    """The evidence was verified or rejected before."""


class ReasonMissing(Exception):
    """The act needs a reason."""


class WrongClaims(Exception):
    """Evidence must support at least one claim, all of the same person."""

    def __init__(self, claims: Sequence[object] = ()) -> None:
        super().__init__(len(claims))


class AlreadyOwned(Exception):
    """The person has taken the record over already."""


class NoAddress(Exception):
    """The record has no address that a letter could go to."""
