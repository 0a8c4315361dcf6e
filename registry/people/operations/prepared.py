"""A person's draft made ready to be entered: folded, sealed and turned into rows, without the database.

An import does this in processes beside the one that writes; what is left to the writer is to number the rows and to
chain the event to the log.
"""

from collections import defaultdict
from collections.abc import Sequence
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
from registry.people.operations.rows import free_row, person_row, rows_of
from registry.people.rules import ConsentDraft, PersonDraft
from registry.people.rules.full_text import Kept, kept_words

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
    made = [_rows(draft, keyring, by=by, at=at, on=on) for draft in drafts]
    words = kept_words({place: told_by(rows) for place, (_, rows) in enumerate(made)})
    return [
        _prepared(draft, public_id, rows, words[place], keyring, plans, by)
        for place, (draft, (public_id, rows)) in enumerate(zip(drafts, made, strict=True))
    ]


_Rows = dict[type, list[dict[str, Any]]]


def _rows(
    draft: PersonDraft, keyring: Keyring, *, by: int | None, at: datetime, on: date
) -> tuple[str, _Rows]:
    public_id = new_public_id()
    rows: defaultdict[type, list[dict[str, Any]]] = defaultdict(list)
    rows[Person].append(person_row(draft, public_id, by=by, at=at, on=on))
    for kind, row in rows_of(keyring, public_id, draft, on):
        rows[kind].append(row)
    return public_id, rows


def _prepared(
    draft: PersonDraft,
    public_id: str,
    rows: _Rows,
    words: Kept,
    keyring: Keyring,
    plans: Plans,
    by: int | None,
) -> Prepared:
    free = draft.availability
    digests = (number_digests(keyring, one.kind, one.number) for one in draft.identities)
    return Prepared(
        public_id,
        plans.person.values(rows[Person][0]),
        tuple(
            (kind, plans.owned(kind).values(row))
            for kind, own in rows.items()
            if kind is not Person
            for row in own
        ),
        None if free is None else plans.free.values(free_row(free, by)),
        () if free is None else tuple(plans.form.values({"form": form}) for form in sorted(free.forms)),
        tuple(digest for found in digests for digest in found),
        words,
        new_person_event(
            keyring, public_id, "person.registered", registration_said(draft), registration_detail(draft)
        ),
        draft.consents,
    )


def _table(model: Any) -> Any:
    return model.__table__
