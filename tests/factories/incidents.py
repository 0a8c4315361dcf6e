"""Incidents for tests."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry.incidents.models import Incident
from registry.incidents.operations import Happened, record_incident
from registry.incidents.queries import Told
from tests.factories.people import AT

TOLD = Told(
    "Gửi nhầm tệp xuất", "Tệp xuất gửi nhầm", "Thư điện tử", "Họ tên, điện thoại", "Gọi lừa", "Thu hồi"
)


def incident(session: Session, *, discovered_at: datetime = AT, told: Told = TOLD) -> Incident:
    """An incident that happened a day before it was discovered and was written down at once."""
    happened = Happened(discovered_at - timedelta(days=1), discovered_at)
    made = record_incident(session, happened, told, by=None, at=discovered_at)
    session.commit()
    return made
