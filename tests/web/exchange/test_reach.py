"""An import reaches no further than the rights of whoever asked for it, at the moment it runs."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Role, Scope, Viewer
from registry.exchange.models import ImportBatch
from registry.exchange.operations.opening import viewer_of
from registry.exchange.queries.batches import kinds_for
from registry.exchange.queries.lookups import lookups_for
from registry.exchange.rules.batches import BatchState, ImportKind
from registry.jobs.worker import JobRefused
from registry.organisations.rules import Office
from tests.factories.accounts import account
from tests.factories.people import TODAY

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OFFICER = Viewer(None, frozenset(Permission), (Scope("VN/12/"),))


@on_sqlite
def test_a_job_has_the_rights_of_who_asked_in_the_place_of_the_batch(session: Session) -> None:
    by = account(session, Role.OFFICER, "VN/12/")
    batch = ImportBatch(
        kind=ImportKind.PEOPLE, state=BatchState.CHECKED, unit_path="VN/12/", organisation_path="",
        file_name="danh-sach.xlsx", rows=1, valid=1, created_by=by.id,
    )  # fmt: skip
    assert viewer_of(session, batch, TODAY).account_id == by.id
    batch.unit_path = "VN/01/"
    with pytest.raises(JobRefused):
        viewer_of(session, batch, TODAY)


@on_sqlite
def test_rows_may_name_places_of_the_scope_alone(session: Session) -> None:
    lookups = lookups_for(session, OFFICER, Permission.PEOPLE_WRITE, Office(), TODAY)
    assert [lookups.is_in_scope(path) for path in ("VN/12/03388/", "VN/01/")] == [True, False]


def test_who_may_write_nothing_may_import_nothing() -> None:
    assert kinds_for(Viewer(None, frozenset({Permission.IMPORTS_RUN}), OFFICER.scopes)) == []
