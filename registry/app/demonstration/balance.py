"""Forecasts, people who came and left, and two shortages: one with training ordered, one with a campaign. All made up."""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.balance.models import Shortage
from registry.balance.operations import (
    CampaignWanted,
    ForecastTerms,
    MovementTerms,
    ShortageTerms,
    TrainingWanted,
    begin_campaign,
    enter_forecast,
    open_shortage,
    order_training,
    record_movement,
)
from registry.balance.queries.subjects import OCCUPATION_OF_NEED
from registry.balance.rules import (
    Direction,
    Horizon,
    MoveReason,
    Subject,
    SubjectKind,
    occupations,
    sector_of,
)
from registry.candidacies.models import Candidacy, CandidacyStep
from registry.candidacies.rules import Stage
from registry.needs.models import Need
from registry.organisations.models import Organisation
from registry.organisations.rules import Office
from registry.people.models import Person
from registry.people.rules import LegalBasis
from registry.places.queries import unit_by_path

_AUTHOR = "Phòng Công chức, viên chức, Sở Nội vụ (minh họa)"
_METHOD = "Số sắp nghỉ hưu cộng số vị trí mới theo đề án (minh họa)"
_YEARS = 3
_WENT = (
    (MoveReason.PAY, "VN/01/", None),
    (MoveReason.CAREER, "VN/01/", None),
    (MoveReason.FAMILY, "VN/15/", None),
    (MoveReason.PAY, "VN/48/", None),
    (MoveReason.STUDY, "", "JP"),
    (MoveReason.NONE_GIVEN, "VN/01/", None),
    (None, "", None),
)
_CAME = (
    (MoveReason.POLICY, "VN/01/", None),
    (MoveReason.HOME, "VN/31/", None),
    (MoveReason.POSTING, "VN/15/", None),
    (MoveReason.HOME, "", "DE"),
)
_POSTS = ("Bác sĩ, bệnh viện huyện (minh họa)", "Giáo viên THPT (minh họa)", "Chuyên viên CNTT (minh họa)")


def add_balance(
    session: Session, officer: Account, head: Account, *, unit_path: str, now: datetime, on: date
) -> None:
    """Everything of the room for one province."""
    unit = unit_by_path(session, unit_path)
    office = Office(None if unit is None else unit.id, unit_path)
    wanted = _occupations(session, unit_path)
    if not wanted:
        return
    _forecasts(session, office, wanted, officer.id, now, on)
    _movements(session, office, wanted, officer.id, now, on)
    _shortages(session, office, wanted, head.id, now, on)


def _occupations(session: Session, unit_path: str) -> list[str]:
    """The occupations needs of the place are about, those to which people were placed first."""
    placed = (
        select(func.count())
        .select_from(Candidacy)
        .join(CandidacyStep, CandidacyStep.candidacy_id == Candidacy.id)
        .where(Candidacy.need_id == Need.id, CandidacyStep.stage == Stage.PLACED)
        .correlate(Need)
        .scalar_subquery()
    )
    rows = select(OCCUPATION_OF_NEED.label("occupation"), placed.label("placed"), Need.headcount).where(
        Need.unit_path.startswith(unit_path)
    )
    counted = rows.subquery()
    found = session.execute(
        select(counted.c.occupation, func.sum(counted.c.placed), func.sum(counted.c.headcount))
        .where(counted.c.occupation != "")
        .group_by(counted.c.occupation)
    )
    ordered = sorted(found, key=lambda one: (-one[1], -one[2], one[0]))
    return [occupation for occupation, _placed, _people in ordered]


def _forecasts(session: Session, office: Office, wanted: list[str], by: int, now: datetime, on: date) -> None:
    """Two whose day has come, one for the years ahead."""
    for number, (subject, amount, made, due) in enumerate(
        (
            (Subject(SubjectKind.OCCUPATION, wanted[0]), 9, 420, 60),
            (Subject(SubjectKind.SECTOR, sector_of(wanted[-1])), 6, 300, 10),
            (Subject(SubjectKind.SECTOR, sector_of(wanted[0])), 180, 200, -1_500),
        )
    ):
        terms = ForecastTerms(
            subject=subject,
            amount=amount,
            made_on=on - timedelta(days=made),
            due_on=on - timedelta(days=due),
            author=_AUTHOR,
            method=_METHOD,
            document=f"Kế hoạch số {12 + number}/KH-SNV (minh họa)",
            office=office,
        )
        enter_forecast(session, terms, by=by, at=now)


def _movements(session: Session, office: Office, wanted: list[str], by: int, now: datetime, on: date) -> None:
    """More left than came; a few of them stand in the registry."""
    rng = Random(2026)
    known = iter(
        session.scalars(
            select(Person)
            .where(Person.unit_path.startswith(office.unit_path), Person.legal_basis == LegalBasis.CONSENT)
            .order_by(Person.code)
            .limit(2 * _YEARS)
        ).all()
    )
    for back in range(_YEARS):
        for direction, moved in ((Direction.OUT, _WENT), (Direction.IN, _CAME)):
            for number, (reason, path, country) in enumerate(moved[: len(moved) - back]):
                day = min(on, date(on.year - back, 1 + rng.randrange(10), 1 + rng.randrange(28)))
                terms = MovementTerms(
                    direction=direction,
                    moved_on=day,
                    person=next(known, None) if number == 0 else None,
                    last_post=rng.choice(_POSTS),
                    qualification_rank=rng.choice((4, 4, 5, 6)),
                    occupation=rng.choice(wanted),
                    place_path=path,
                    place_country=country,
                    reason=reason,
                    reason_text="",
                    office=office,
                )
                record_movement(session, terms, by=by, at=now)


def _shortages(session: Session, office: Office, wanted: list[str], by: int, now: datetime, on: date) -> None:
    then, day = now - timedelta(days=140), on - timedelta(days=140)
    first = _short(session, office, wanted[0], 12, by, then, day)
    school = session.scalar(
        select(Organisation)
        .where(Organisation.unit_path.startswith(office.unit_path), Organisation.parent_id.is_not(None))
        .order_by(Organisation.id)
        .limit(1)
    )
    committee = session.scalar(
        select(Organisation)
        .where(Organisation.unit_path == office.unit_path)
        .order_by(Organisation.id)
        .limit(1)
    )
    if committee is not None:
        order = TrainingWanted(
            occupation=occupations()[wanted[0]],
            number=8,
            ordering=committee,
            provider=school,
            deadline=on + timedelta(days=300),
            note="Dữ liệu minh họa",
        )
        order_training(session, first, order, by=by, at=then, on=day)
    if len(wanted) > 1:
        second = _short(session, office, wanted[-1], 5, by, now - timedelta(days=9), on - timedelta(days=9))
        begun = CampaignWanted(
            f"Tìm người: {occupations()[wanted[-1]]} (minh họa)",
            on + timedelta(days=20),
            on + timedelta(days=200),
            occupations()[wanted[-1]],
        )
        begin_campaign(session, second, begun, by=by, at=now - timedelta(days=8))


def _short(
    session: Session, office: Office, occupation: str, size: int, by: int, at: datetime, on: date
) -> Shortage:
    terms = ShortageTerms(
        subject=Subject(SubjectKind.OCCUPATION, occupation),
        horizon=Horizon.SHORT,
        size=size,
        demand=size + 7,
        supply=7,
        note="Rà soát quý (minh họa)",
        office=office,
    )
    return open_shortage(session, terms, by=by, at=at, on=on)
