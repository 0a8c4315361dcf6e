"""Figures of who came and stayed: recruits by policy, retention, inflow and outflow."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from registry import formats
from registry.candidacies.models import Candidacy, CandidacyStep, PlacementCheck
from registry.candidacies.rules import Stage
from registry.candidacies.rules.panels import CheckOutcome
from registry.grants.models import EligibilityDecision, Grant
from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    counted_rows,
    how_many,
    share_of,
)
from registry.indicators.rules.units import PEOPLE
from registry.needs.models import Need
from registry.people.models import Person
from registry.people.rules.problems import N_
from registry.policies.models import Policy, PolicyVersion

_PERSON = Column(N_("Người"), "person")


def _instants(asked: Asked) -> tuple[datetime, datetime]:
    """The period as instants of Việt Nam's days: from the first, to before the day after the last."""
    first = datetime.combine(asked.first_day, time(), formats.LOCAL_ZONE)
    after = datetime.combine(asked.ends + timedelta(1), time(), formats.LOCAL_ZONE)
    return first.astimezone(UTC), after.astimezone(UTC)


def _recruit_rows(asked: Asked) -> Listing:
    wanted = [
        Grant.starts_on.between(asked.first_day, asked.ends),
        asked.inside(Person.unit_path),
    ]
    if policy := asked.text("policy"):
        wanted.append(Policy.code == policy)
    first = func.min(Grant.starts_on)
    statement = (
        select(Person.id, func.min(Policy.code), first)
        .join(EligibilityDecision, EligibilityDecision.person_id == Person.id)
        .join(Grant, Grant.decision_id == EligibilityDecision.id)
        .join(PolicyVersion, PolicyVersion.id == EligibilityDecision.version_id)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .where(*wanted)
        .group_by(Person.id)
        .order_by(first, Person.id)
    )
    return Listing(statement, [_PERSON, Column(N_("Chính sách")), Column(N_("Hưởng từ ngày"), "date")])


def _recruits(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _recruit_rows(asked).statement, PEOPLE, asked)


def _due_checks(asked: Asked) -> ColumnElement[bool]:
    return and_(
        PlacementCheck.months == int(asked.text("months", "12")),
        PlacementCheck.due_on.between(asked.first_day, asked.ends),
        PlacementCheck.outcome.is_not(None),
        asked.inside(Need.unit_path),
    )


def _check_rows(asked: Asked, *conditions: ColumnElement[bool]) -> Listing:
    due = func.min(PlacementCheck.due_on)
    statement = (
        select(Candidacy.person_id, due)
        .join(PlacementCheck, PlacementCheck.candidacy_id == Candidacy.id)
        .join(Need, Need.id == Candidacy.need_id)
        .where(_due_checks(asked), *conditions)
        .group_by(Candidacy.person_id)
        .order_by(due, Candidacy.person_id)
    )
    return Listing(statement, [_PERSON, Column(N_("Mốc xem xét"), "date")])


def _stayed_rows(asked: Asked) -> Listing:
    return _check_rows(asked, PlacementCheck.outcome != CheckOutcome.LEFT)


def _looked_at_rows(asked: Asked) -> Listing:
    return _check_rows(asked)


def _retention(session: Session, asked: Asked) -> Counted:
    stayed = how_many(session, _stayed_rows(asked).statement)
    whole = how_many(session, _looked_at_rows(asked).statement)
    return share_of(stayed, whole, (N_("Còn làm việc"), N_("Đã xem xét")), PEOPLE, asked)


def _came_rows(asked: Asked) -> Listing:
    first, after = _instants(asked)
    statement = (
        select(Candidacy.person_id, func.min(Need.code))
        .join(CandidacyStep, CandidacyStep.candidacy_id == Candidacy.id)
        .join(Need, Need.id == Candidacy.need_id)
        .where(
            CandidacyStep.stage == Stage.PLACED,
            CandidacyStep.undone_at.is_(None),
            CandidacyStep.at >= first,
            CandidacyStep.at < after,
            asked.inside(Need.unit_path),
        )
        .group_by(Candidacy.person_id)
        .order_by(Candidacy.person_id)
    )
    return Listing(statement, [_PERSON, Column(N_("Nhu cầu"))])


def _came(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _came_rows(asked).statement, PEOPLE, asked)


def _left_rows(asked: Asked) -> Listing:
    day = func.min(PlacementCheck.left_on)
    statement = (
        select(Candidacy.person_id, day)
        .join(PlacementCheck, PlacementCheck.candidacy_id == Candidacy.id)
        .join(Need, Need.id == Candidacy.need_id)
        .where(
            PlacementCheck.left_on.between(asked.first_day, asked.ends),
            asked.inside(Need.unit_path),
        )
        .group_by(Candidacy.person_id)
        .order_by(day, Candidacy.person_id)
    )
    return Listing(statement, [_PERSON, Column(N_("Ngày thôi việc"), "date")])


def _left(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _left_rows(asked).statement, PEOPLE, asked)


QUERIES = (
    NamedQuery(
        "policy_recruits",
        N_("Số người thu hút theo chính sách"),
        N_("Số người khác nhau được hưởng một khoản hỗ trợ theo quyết định, có ngày bắt đầu hưởng trong kỳ"),
        N_("Người được hưởng hai chính sách chỉ đếm một lần"),
        ("people",),
        {"policy": N_("Mã chính sách, nếu chỉ đếm một chính sách")},
        _recruits,
        _recruit_rows,
    ),
    NamedQuery(
        "retention",
        N_("Tỷ lệ người còn làm việc"),
        N_(
            "Số người còn làm việc ở mốc 12, 36 hoặc 60 tháng, chia cho số người đã được xem xét ở mốc đó trong kỳ"
        ),
        N_("Người đến mốc mà chưa ai xem xét không nằm trong mẫu số"),
        ("percent",),
        {"months": N_("Mốc: 12, 36 hoặc 60 tháng")},
        _retention,
        _stayed_rows,
        _looked_at_rows,
    ),
    NamedQuery(
        "inflow",
        N_("Số người về làm việc"),
        N_("Số người khác nhau bắt đầu làm việc trong kỳ theo một nhu cầu của địa bàn"),
        N_("Chỉ đếm việc làm qua hệ thống này"),
        ("people",),
        {},
        _came,
        _came_rows,
    ),
    NamedQuery(
        "outflow",
        N_("Số người thôi việc"),
        N_("Số người khác nhau về làm qua hệ thống mà đã thôi việc, có ngày thôi việc trong kỳ"),
        N_("Chỉ biết qua các lần xem xét sau 12, 36, 60 tháng; nơi đến chưa được ghi"),
        ("people",),
        {},
        _left,
        _left_rows,
        nothing_is_known=True,
    ),
)
