"""Merging as chosen, and taking it back: what moves, what counts, what stays, who may be told."""

from sqlalchemy.orm import Session

from registry.app.schema import METADATA
from registry.duplicates.operations.tables import MOVED, STAYING
from registry.people.rules import PersonState
from registry.privacy.queries.holdings import CARRIES_PERSON, HOLDINGS, reaching
from tests.factories import duplicates as make


def test_every_table_with_a_way_to_a_person_moves_or_stays_for_a_reason() -> None:
    tables = dict(METADATA.tables)
    of_person = {
        name
        for name in reaching(tables)
        if CARRIES_PERSON & set(tables[name].c.keys())
        or any(key.column.table.name == "person" for key in tables[name].foreign_keys)
    }
    wanted = of_person | {holding.table.name for holding in HOLDINGS}
    listed = {table.name for table in MOVED} | STAYING.keys()
    assert wanted - listed == set()
    assert {table.name for table in MOVED} & STAYING.keys() == set()


def test_a_table_that_moves_sealed_columns_says_how_they_are_sealed_anew() -> None:
    for table in MOVED:
        sealed = [column.name for column in METADATA.tables[table.name].c if column.name.endswith("_sealed")]
        assert not sealed or table.reseal is not None, table.name


def test_merging_and_undoing_gives_back_what_was(session: Session) -> None:
    one, other = make.rich_pair(session)
    before = make.canonical(session, one, other)
    merge = make.merged(session, one, other)
    assert other.state is PersonState.MERGED
    assert make.canonical(session, one, other) != before
    undone = make.undone(session, merge)
    assert make.canonical(session, one, other) == before
    assert not undone.changed
    assert not undone.gone
