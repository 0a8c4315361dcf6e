"""A person's draft made ready to be entered: folded, sealed and turned into rows, without the database.

An import does this in processes beside the one that writes; what is left to the writer is to number the rows and to
chain the event to the log.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from registry.audit.operations import NewPersonEvent, new_person_event
from registry.db import new_public_id
from registry.db.bulk import Plan, Values, plan_of
from registry.db.keys import Keyring
from registry.people.models import Availability, AvailabilityForm, Person, PersonText
from registry.people.models.full_text import told_by
from registry.people.models.sealed import number_digests
from registry.people.operations.registration import registration_detail, registration_said
from registry.people.operations.rows import Row, free_row, person_row, rows_of
from registry.people.rules import ConsentDraft, PersonDraft
from registry.people.rules.full_text import Kept, ProfileText, kept_words

OWNED = ("person_id",)
_PERSON, _FREE, _FORM = ("id", "code"), ("id", "person_id"), ("availability_id",)


class Prepared(NamedTuple):
    """A person ready to be entered. Rows are values of `plans`; `digests` are those of the identity numbers."""

    public_id: str
    person: Values
    parts: tuple[tuple[type, Values], ...]
    free: Values | None
    forms: tuple[Values, ...]
    digests: tuple[str, ...]
    words: Kept
    event: NewPersonEvent
    consents: tuple[ConsentDraft, ...]


class Plans:
    """How the tables of a record are written on a database."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.person = plan_of(_table(Person), dialect, _PERSON, keeps_id=True)
        self.free = plan_of(_table(Availability), dialect, _FREE, keeps_id=True)
        self.form = plan_of(_table(AvailabilityForm), dialect, _FORM)
        self.words = plan_of(_table(PersonText), dialect, ("id", "open_words", "closed_words"), keeps_id=True)

    def owned(self, kind: type) -> Plan:
        """Of a table whose rows hang on a person."""
        return plan_of(_table(kind), self.dialect, OWNED)


def prepare_people(
    drafts: Sequence[PersonDraft], keyring: Keyring, plans: Plans, *, by: int | None, at: datetime, on: date
) -> list[Prepared]:
    """Make whole records ready; their skills name concepts or pending terms that exist."""
    public_ids = [new_public_id() for _ in drafts]
    people = [
        person_row(draft, public_id, by=by, at=at, on=on)
        for draft, public_id in zip(drafts, public_ids, strict=True)
    ]
    owned: defaultdict[type, list[tuple[int, Row]]] = defaultdict(list)
    for place, (draft, public_id) in enumerate(zip(drafts, public_ids, strict=True)):
        for kind, row in rows_of(keyring, public_id, draft, on):
            owned[kind].append((place, row))
    free = [(place, draft.availability) for place, draft in enumerate(drafts) if draft.availability]
    stated = plans.free.values([free_row(one, by) for _, one in free])
    statements = dict(zip((place for place, _ in free), stated, strict=True))
    parts = _parts(owned, plans, len(drafts))
    words = kept_words(dict(enumerate(_told(people, owned))))
    return [
        Prepared(
            public_id,
            person,
            tuple(parts[place]),
            statements.get(place),
            tuple(plans.form.values([{"form": form} for form in sorted(draft.availability.forms)]))
            if draft.availability
            else (),
            tuple(
                digest for one in draft.identities for digest in number_digests(keyring, one.kind, one.number)
            ),
            words[place],
            _event(keyring, public_id, draft),
            draft.consents,
        )
        for place, (draft, public_id, person) in enumerate(
            zip(drafts, public_ids, plans.person.values(people), strict=True)
        )
    ]


_Owned = Mapping[type, list[tuple[int, Row]]]


def _parts(owned: _Owned, plans: Plans, count: int) -> list[list[tuple[type, Values]]]:
    """The rows of each person, by table."""
    found: list[list[tuple[type, Values]]] = [[] for _ in range(count)]
    for kind, rows in owned.items():
        values = plans.owned(kind).values([row for _, row in rows])
        for (place, _), one in zip(rows, values, strict=True):
            found[place].append((kind, one))
    return found


def _told(people: Sequence[Row], owned: _Owned) -> list[list[ProfileText]]:
    """The texts of each person."""
    rows: list[dict[type, list[Row]]] = [{Person: [row]} for row in people]
    for kind, own in owned.items():
        for place, row in own:
            rows[place].setdefault(kind, []).append(row)
    return [told_by(one) for one in rows]


def _event(keyring: Keyring, public_id: str, draft: PersonDraft) -> NewPersonEvent:
    said, detail = registration_said(draft), registration_detail(draft)
    return new_person_event(keyring, public_id, "person.registered", said, detail)


def _table(model: Any) -> Any:
    return model.__table__
