"""Programmes for tests: one with its standing agency, a task, and the five of the demonstration."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.app.demonstration.programmes import Place, add_programmes
from registry.organisations.models import Organisation
from registry.places.queries import unit_by_path
from registry.programmes.models import Programme, ProgrammeTask
from registry.programmes.operations.programmes import ProgrammeTerms, create_programme
from registry.programmes.operations.tasks import TaskTerms, assign_task
from registry.programmes.rules.words import AgencyPart
from registry.web.clock import today
from tests.factories.organisations import committee, organisation

_PROVINCES = {"12": "Lai Châu", "25": "Phú Thọ", "31": "Hải Phòng", "56": "Khánh Hòa", "86": "Vĩnh Long"}


def programme(
    session: Session, standing: Organisation | None = None, *, code: str = "CT1", unit_path: str = "VN/12/"
) -> Programme:
    """A running programme of a province, with this standing agency."""
    terms = ProgrammeTerms(
        code=code,
        name=f"Phát triển nguồn nhân lực {code}",
        unit_path=unit_path,
        organisation_id=None if standing is None else standing.id,
        organisation_path="" if standing is None else standing.path,
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        horizons=(2030, 2045),
    )
    return create_programme(session, terms, by=None, at=datetime.now(UTC))


def task(
    session: Session,
    of: Programme,
    lead: Organisation,
    title: str = "Mở lớp bồi dưỡng",
    *,
    code: str = "1",
    due_in: int | None = 30,
    others: Mapping[int, AgencyPart] | None = None,
) -> ProgrammeTask:
    """A task given long ago, due so many days from today."""
    now = datetime.now(UTC)
    terms = TaskTerms(
        code=code,
        title=title,
        agencies=((lead.id, AgencyPart.LEAD), *(others or {}).items()),
        due_on=None if due_in is None else today() + timedelta(days=due_in),
        head_name="Giám đốc sở",
    )
    given = today() - timedelta(days=200)
    return assign_task(session, of, terms, by=None, at=now, on=given)


def demonstration(session: Session, by: Account, *, on: date) -> dict[str, Place]:
    """The five programmes as the demonstration has them, and where they stand."""
    places: dict[str, Place] = {}
    for code, name in _PROVINCES.items():
        path = f"VN/{code}/"
        unit = unit_by_path(session, path)
        assert unit is not None
        above = committee(session, f"UBND {name}", path)
        places[code] = Place(unit, above, organisation(session, f"Sở Nội vụ {name}", above, path))
    add_programmes(session, places, by, now=datetime.now(UTC), today=on)
    return places
