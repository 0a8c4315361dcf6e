"""What is foreseen, missing or gone in one province is in no list, sum or drawing of another's."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Scope, Viewer
from registry.balance.queries.behind import needs_behind
from registry.balance.queries.counting import Part, cells
from registry.balance.queries.forecasts import forecasts, needs_of_forecast
from registry.balance.queries.movements import movements_of_year, moves, without_degree
from registry.balance.queries.shortages import credits_of, needs_on, shortages
from registry.balance.rules import Horizon
from registry.needs.models import Need
from registry.needs.rules import NeedState
from tests.factories.accounts import account
from tests.factories.balance import HEALTH, ON, forecast, movement, placed, shortage
from tests.factories.candidates import candidate, free_from, worked
from tests.factories.needs import need

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PLACES = ("VN/12/", "VN/01/")
ALL = Viewer.installation()


def under(path: str) -> Viewer:
    """Whoever may do everything under a path."""
    return Viewer(None, ALL.permissions, (Scope(path),))


def wanted_at(session: Session, path: str) -> Need:
    """Doctors wanted in a province since March, of whom one took a place after October."""
    made = need(
        session,
        f"Bác sĩ {path}",
        state=NeedState.OPEN,
        experience_field="772",
        experience_years=1,
        headcount=4,
        unit_path=path,
    )
    made.opened_on = date(2026, 3, 1)
    placed(session, "Lò Văn Chiến", made, account(session, Role.OFFICER, path))
    return made


def test_each_province_has_its_own_forecasts_shortages_and_movements(session: Session) -> None:
    own = {path: (forecast(session, unit_path=path), shortage(session, unit_path=path)) for path in PLACES}
    gone = {path: movement(session, unit_path=path, place="") for path in PLACES}
    for path in PLACES:
        movement(session, unit_path=path, rank=None)
        candidate(
            session, unit_path=path, experience=(worked(2020, None, "772"),), availability=free_from(ON)
        )
    for path in PLACES:
        viewer, (foreseen, missing) = under(path), own[path]
        assert [line.forecast for line in forecasts(session, viewer, on=ON).rows] == [foreseen]
        assert [line.shortage for line in shortages(session, viewer).rows] == [missing]
        assert without_degree(session, viewer) == 1
        assert sum(one.people for one in moves(session, viewer)) == 1
        rows = movements_of_year(session, viewer, viewer, 2026, 1, on=ON).rows
        assert [line.movement for line in rows] == [gone[path]]
        assert [one.key[2] for one in cells(session, Part(viewer), Horizon.SHORT, on=ON)] == [path]


def test_of_what_concerns_the_country_everybody_opens_the_needs_they_may_read(session: Session) -> None:
    """A number of the whole country; behind it each reads the needs of their own province."""
    needs = {path: wanted_at(session, path) for path in PLACES}
    foreseen, missing = forecast(session, unit_path="VN/"), shortage(session, unit_path="VN/")
    session.flush()
    for path in PLACES:
        viewer, own = under(path), [needs[path]]
        found, people = needs_of_forecast(session, viewer, foreseen, 1)
        assert (found.rows, people) == (own, 4)
        assert [each.need for each in credits_of(session, viewer, missing)] == own
        assert needs_on(session, viewer, missing) == own
        for part, reader in ((Part(ALL), viewer), (Part(viewer), ALL)):
            behind = needs_behind(session, part, reader, HEALTH, Horizon.LONG, 1, on=ON)
            assert ([line.need for line in behind.page.rows], behind.places) == (own, 3)
