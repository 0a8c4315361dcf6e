"""A backup of an older version is restored as it was and brought up to this version afterwards."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table, inspect, select

from registry.app.schema import METADATA, alembic_config, current_revision, known_revisions, upgrade_schema
from registry.audit.queries import verify
from registry.backup.operations.taking import Taking, take_backup
from registry.people.models import Person
from registry.people.rules import PersonState
from registry.privacy.operations.replaying import Erased, keep_outside
from tests.factories.filled import all_rows
from tests.factories.people import AT
from tests.web.backup.conftest import Place, Places


def tables_before(connection: Connection) -> MetaData:
    """The tables of this database; the types of their columns as the models have them, where they still do."""
    metadata = MetaData()
    for (_schema, name), columns in inspect(connection).get_multi_columns().items():
        if name == "alembic_version" or name.startswith("person_text_words"):
            continue
        models = METADATA.tables.get(name)
        types = {} if models is None else {column.name: column.type for column in models.columns}
        own = [
            Column(one["name"], types.get(one["name"], one["type"]), primary_key=one["name"] == "id")
            for one in columns
        ]
        Table(name, metadata, *own)
    return metadata


def taken_before(source: Place, file: Path) -> None:
    """A backup as the version before this one wrote it."""
    database, older = source.opened(), known_revisions()[1]
    with database.write_engine.connect() as connection:
        command.downgrade(alembic_config(connection), older)
        connection.commit()
    with database.read_engine.connect() as connection:
        metadata = tables_before(connection)
    taking = Taking(metadata, older, "0.1", (), "b" * 26)
    take_backup(database, source.folder, file, taking, key="", at=AT, overwrite=False)
    database.dispose()


@pytest.mark.slow
def test_it_is_brought_up_and_whoever_was_erased_is_erased_again(
    places: Places, source: Place, tmp_path: Path
) -> None:
    taken_before(source, tmp_path / "so.backup")
    database = source.opened()
    upgrade_schema(database)
    with database.read_session() as session:
        public_id = session.scalars(select(Person.public_id)).one()
    database.dispose()
    target = places("target", f"sqlite:///{tmp_path / 'target' / source.file.name}")
    keep_outside(target.folder, [Erased(public_id, AT)])
    code, told = target.run("restore", tmp_path / "so.backup")
    assert (code, "Đã xóa lại 1 trong 1" in told) == (0, True), told
    database = target.opened()
    assert current_revision(database) == known_revisions()[0]
    with database.read_session() as session:
        assert session.scalars(select(Person.state)).one() is PersonState.ERASED
        assert verify(session).broken is None
    database.dispose()
    before, after = all_rows(source.file), all_rows(target.file)
    changed = {name for name, rows in before.items() if rows != after[name]}
    assert set(before) == set(after)
    assert {"person", "erased_person"} <= changed
    assert changed.isdisjoint({"mail_outbox", "notice", "purpose"})
