"""The installation of the matrix: built once a file, every question over it is undone."""

from collections.abc import Iterator

import pytest

from registry.app.factory import create_app
from registry.db import Database
from tests.conftest import RequestDatabase, session_on, settings_in
from tests.factories.authz.asking import Asker
from tests.factories.authz.world import build_world


@pytest.fixture(scope="module")
def asker(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """Asks over one connection whose outer transaction is rolled back at the end."""
    with database.write_engine.connect() as connection:
        outer = connection.begin()
        app = create_app(
            settings_in(tmp_path_factory.mktemp("matrix")), RequestDatabase(connection, database)
        )
        with session_on(connection, database) as session:
            world = build_world(app, session)
        made = Asker(app, connection, world)
        yield made
        outer.rollback()
