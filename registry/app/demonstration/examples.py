"""One closed incident, plainly made up, and one person who is asked whether the profile is still right."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.incidents.operations import (
    Happened,
    add_from_log,
    close_incident,
    record_incident,
    report_incident,
)
from registry.incidents.queries import Told
from registry.people.models import Person
from registry.people.queries import get_own, people_for
from registry.people.rules.dates import add_months
from registry.privacy.operations.reaching import Office
from registry.privacy.operations.retaining import attend
from registry.privacy.queries.starts import Subject
from registry.privacy.rules import local_day
from registry.privacy.rules.retention import retention_rule

_TOLD = Told(
    title="Sự cố minh họa: tệp xuất gửi nhầm người nhận",
    what="Sự cố giả định để xem sổ sự cố hoạt động thế nào. Một tệp xuất ba hồ sơ giả định bị gửi nhầm hộp thư.",
    systems="Hộp thư của phòng (giả định)",
    kinds="Họ tên và nghề nghiệp của người giả định",
    harm="Không ai bị hại: dữ liệu đều là giả định",
    measures="Người nhận đã xóa tệp; nhắc lại cách xuất theo mã",
)
_AFFECTED = 3


def add_examples(
    session: Session, own: Account, administrator: Account, *, unit_path: str, now: datetime
) -> None:
    """Enter both; a demonstration without people gets the incident alone."""
    people = people_for(Viewer.installation(), PurposeCode.REGISTRY, on=local_day(now))
    shown = session.scalars(
        people.where(Person.unit_path.startswith(unit_path)).order_by(Person.code).limit(_AFFECTED)
    ).all()
    _add_incident(session, {one.id: 1 for one in shown}, administrator.id, now)
    person = get_own(session, own.id)
    if person is not None:
        _ask_whether_right(session, person, now)


def _add_incident(session: Session, affected: dict[int, int], by: int, now: datetime) -> None:
    discovered = now - timedelta(days=9)
    happened = Happened(discovered - timedelta(hours=20), discovered)
    made = record_incident(session, happened, _TOLD, by=by, at=discovered + timedelta(minutes=30))
    words = "Một lần xuất tệp (giả định)"
    add_from_log(session, made, affected, words=words, by=by, at=discovered + timedelta(hours=1))
    reported = discovered + timedelta(hours=26)
    told = "Cơ quan có thẩm quyền, văn bản giả định"
    report_incident(session, made, reported_at=reported, words=told, late="", by=by, at=reported)
    ended = "Đã xử lý xong. Đây là sự cố giả định."
    close_incident(session, made, words=ended, by=by, at=now - timedelta(days=5))


def _ask_whether_right(session: Session, person: Person, now: datetime) -> None:
    on = local_day(now)
    rule = retention_rule("stale", on)
    if rule is None:
        return
    person.confirmed_on = add_months(on, -rule.months - 1)
    session.flush()
    office = Office.of(session, "http://127.0.0.1:8000")
    attend(session, rule, Subject(person_id=person.id), office, at=now)
