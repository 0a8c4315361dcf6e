"""Identifiers pasted to a shortlist: whom each leads to within the viewer's sight, and who is on the list already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.models import Shortlist, ShortlistEntry
from registry.matching.rules import Outcome, Pasted, PastedAnswer, PastedKind, tell
from registry.people.models import Person
from registry.people.queries import people_with_codes, people_with_emails, people_with_external_ids


@dataclass(frozen=True)
class PasteTold:
    """Every identifier with its outcome, and the people by row id."""

    lines: Sequence[PastedAnswer]
    people: Mapping[int, Person]

    @property
    def found(self) -> list[Person]:
        """Who would be added, in the order pasted."""
        return [self.people[one.person] for one in self.lines if one.person and one.outcome is Outcome.FOUND]

    @property
    def left_out(self) -> int:
        """How many identifiers lead to nobody."""
        nobody = (Outcome.UNKNOWN, Outcome.SEVERAL, Outcome.UNREADABLE)
        return sum(one.outcome in nobody for one in self.lines)


def paste_told(
    session: Session, viewer: Viewer, shortlist: Shortlist, pasted: Sequence[Pasted], *, on: date
) -> PasteTold:
    """Look up all identifiers: one statement for each kind and one for the list, however many they are."""
    written = [one.key for one in pasted if one.kind is PastedKind.CODE]
    emails = [one.key for one in pasted if one.kind is PastedKind.EMAIL]
    by_code = people_with_codes(session, viewer, [key.upper() for key in written], on=on)
    by_office = people_with_external_ids(session, viewer, written, on=on)
    by_email = people_with_emails(session, viewer, emails, on=on)
    people: dict[int, Person] = {}
    found: dict[Pasted, list[int]] = {}
    for one in pasted:
        if one.kind is PastedKind.CODE:
            meant = [*by_code.get(one.key.upper(), ()), *by_office.get(one.key, ())]
        else:
            meant = list(by_email.get(one.key, ())) if one.kind is PastedKind.EMAIL else []
        people |= {person.id: person for person in meant}
        found[one] = list(dict.fromkeys(person.id for person in meant))
    there = session.scalars(
        select(ShortlistEntry.person_id).where(
            ShortlistEntry.shortlist_id == shortlist.id, ShortlistEntry.removed_at.is_(None)
        )
    )
    return PasteTold(tell(pasted, found, set(there)), people)
