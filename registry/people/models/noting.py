"""Every write of what matching reads leaves its number and its people behind, whoever writes it.

All sessions of the product are listened to. What they wrote of people is collected while they flush, and the
last act of the transaction gives all of it one number. Rows written past the unit of work: `bulk_writes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from registry.consents.models import Consent, Notice, Purpose
from registry.people.models.changes import ChangeCounter, PersonChange
from registry.people.models.claims import Education, Experience, LanguageClaim, SkillClaim
from registry.people.models.facets import CadreFacet, ExpertFacet, OverseasFacet
from registry.people.models.person import Person
from registry.people.models.wishes import AcceptedPlace, Availability, AvailabilityForm

OWNERS: Mapping[type, str] = {
    Person: "id",
    Consent: "person_id",
    SkillClaim: "person_id",
    Education: "person_id",
    Experience: "person_id",
    LanguageClaim: "person_id",
    Availability: "person_id",
    AcceptedPlace: "person_id",
    AvailabilityForm: "availability_id",
    ExpertFacet: "person_id",
    CadreFacet: "person_id",
    OverseasFacet: "person_id",
}
"""What matching and searching read of a person, and the column that leads to the person: straight, or by the statement."""

OF_EVERYBODY = (Purpose, Notice)
"""What decides about the consents of everybody."""

# Above this many people a list of names is worth less than looking at everybody again.
MOST_NAMED = 200_000

_HELD = "registry.people.changes"


@dataclass
class Noted:
    """Whom a transaction has changed so far: row ids, and whether the person is gone; or everybody.

    `others` are changes of other rooms that get the same number: by the table that keeps them, the values of its KEY.
    """

    people: dict[int, bool] = field(default_factory=dict[int, bool])
    everybody: bool = False
    others: dict[Any, set[tuple[str, ...]]] = field(default_factory=dict[Any, set[tuple[str, ...]]])

    def add(self, other: "Noted") -> None:
        """What was noted later, on top of this."""
        self.people |= other.people
        self.everybody |= other.everybody
        for table, rows in other.others.items():
            self.others.setdefault(table, set()).update(rows)


_Held = dict[SessionTransaction, Noted]


def note_changed(session: Session, person_ids: Iterable[int], *, are_deleted: bool = False) -> None:
    """Say that these people (row ids) change in this transaction; for whoever writes past the session."""
    _noted(session).people.update(dict.fromkeys(person_ids, are_deleted))


def note_everybody(session: Session) -> None:
    """Say that something changes in this transaction that touches everybody."""
    _noted(session).everybody = True


def note_other(session: Session, table: type[Any], rows: Iterable[tuple[str, ...]]) -> None:
    """Say that something of another room changes: its table has the columns `KEY`, unique together, and `n`."""
    _noted(session).others.setdefault(table, set()).update(rows)


def noted_so_far(session: Session) -> Noted:
    """What this session has written and not committed yet, savepoints included."""
    total = Noted()
    for noted in _held(session).values():
        total.add(noted)
    return total


def _held(session: Session) -> _Held:
    held: _Held = session.info.setdefault(_HELD, {})
    return held


def _noted(session: Session) -> Noted:
    """The notes of the savepoint the session is in, else of its transaction: they go where the rows go."""
    place = session.get_nested_transaction() or session.get_transaction() or session.begin()
    return _held(session).setdefault(place, Noted())


# --- what the unit of work writes -------------------------------------------------------------------------


def _written(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    session = object_session(row)
    if session is not None and session.is_modified(row, include_collections=False):
        _note_row(session, connection, row)


def _deleted(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    session = object_session(row)
    if session is not None:
        _note_row(session, connection, row, is_deleted=isinstance(row, Person))


def _note_row(session: Session, connection: Connection, row: Any, *, is_deleted: bool = False) -> None:
    """Note whose row it is and, when it has changed hands, whose it was."""
    column = OWNERS[type(row)]
    before: list[int] = [one for one in inspect(row).attrs[column].history.deleted or () if one is not None]
    owners = [getattr(row, column), *before]
    if isinstance(row, AvailabilityForm):
        owners = [_who_stated(session, connection, one) for one in owners]
    note_changed(session, owners, are_deleted=is_deleted)


def _who_stated(session: Session, connection: Connection, availability_id: int) -> int:
    """The person of a statement, which nearly always is at hand."""
    known = session.identity_map.get(session.identity_key(Availability, availability_id))
    if known is not None:
        return known.person_id
    found = select(Availability.person_id).where(Availability.id == availability_id)
    return connection.execute(found).scalar_one()


def _written_for_everybody(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    session = object_session(row)
    if session is not None and session.is_modified(row, include_collections=False):
        note_everybody(session)


for _kind in OWNERS:
    event.listen(_kind, "after_insert", _written)
    event.listen(_kind, "after_update", _written)
    event.listen(_kind, "after_delete", _deleted)
for _kind in OF_EVERYBODY:
    event.listen(_kind, "after_insert", _written_for_everybody)
    event.listen(_kind, "after_update", _written_for_everybody)
    event.listen(_kind, "after_delete", _written_for_everybody)


# --- the last act of a transaction ------------------------------------------------------------------------


def _before_commit(session: Session) -> None:
    """A savepoint that is kept hands its notes on; the transaction itself writes them down."""
    session.flush()
    nested = session.get_nested_transaction()
    place = nested or session.get_transaction()
    noted = None if place is None else _held(session).pop(place, None)
    if noted is None:
        return
    if nested is not None:
        _held(session).setdefault(_around(nested), Noted()).add(noted)
    else:
        _write_down(session.connection(), noted)


def _around(nested: SessionTransaction) -> SessionTransaction:
    """The savepoint or transaction a savepoint stands in."""
    outer = nested.parent
    while outer is not None and not outer.nested and outer.parent is not None:
        outer = outer.parent
    assert outer is not None  # noqa: S101 - a savepoint always stands in something
    return outer


def _write_down(connection: Connection, noted: Noted) -> None:
    if (
        not noted.everybody and not noted.people and not noted.others
    ):  # a statement over many rows may have met nobody
        return
    following = ChangeCounter.n + 1
    if noted.everybody or len(noted.people) > MOST_NAMED:
        connection.execute(update(ChangeCounter).values(n=following, told_from=following))
        return
    counted = update(ChangeCounter).values(n=following).returning(ChangeCounter.n)
    n = connection.execute(counted).scalar_one()
    rows = [{"id": who, "n": n, "is_deleted": noted.people[who]} for who in sorted(noted.people)]
    if rows:
        connection.execute(_upsert(connection, PersonChange, ("id",), ("n", "is_deleted")), rows)
    for table, keys in noted.others.items():
        kept = [{**dict(zip(table.KEY, one, strict=True)), "n": n} for one in sorted(keys)]
        connection.execute(_upsert(connection, table, table.KEY, ("n",)), kept)


def _upsert(connection: Connection, model: Any, key: Sequence[str], told: Sequence[str]) -> Any:
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(model.__table__)
    return made.on_conflict_do_update(
        index_elements=list(key), set_={name: made.excluded[name] for name in told}
    )


def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was rolled back did not happen."""
    _held(session).pop(transaction, None)


event.listen(Session, "before_commit", _before_commit)
event.listen(Session, "after_transaction_end", _forget)
