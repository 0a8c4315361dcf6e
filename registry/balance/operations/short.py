"""Opening a shortage, and from it an order for training or a campaign; saying that it is met (N7, TR-06, CP-11)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.balance.models import Shortage, ShortageNumber
from registry.balance.queries.shortages import open_shortage_on
from registry.balance.rules import (
    Horizon,
    NotPossible,
    ShortageState,
    Subject,
    SubjectKind,
    code_of,
    next_state,
)
from registry.campaigns.models import Campaign
from registry.campaigns.operations.writing import CampaignTerms, create_campaign
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules.states import LOCAL_ZONE
from registry.organisations.models import Organisation
from registry.organisations.rules import Office
from registry.training import operations as training
from registry.training.models import TrainingOrder


class AlreadyOpen(Exception):
    """A shortage on this subject of this office is not met yet; the argument is that shortage."""

    def __init__(self, shortage: Shortage) -> None:
        super().__init__(shortage.code)
        self.shortage = shortage


@dataclass(frozen=True)
class ShortageTerms:
    """So many people missing on a subject; `demand` and `supply` as counted (None: not shown to whoever opens it)."""

    subject: Subject
    horizon: Horizon
    size: int
    demand: int | None
    supply: int | None
    note: str
    office: Office


@dataclass(frozen=True)
class TrainingWanted:
    """What is ordered: for whom, from whom, how many of what occupation, until when."""

    occupation: str
    number: int
    ordering: Organisation
    provider: Organisation | None
    deadline: date | None
    note: str = ""


@dataclass(frozen=True)
class CampaignWanted:
    """A campaign to begin as a draft: its name, its days, what its goal is called, the needs it brings people to."""

    title: str
    starts_on: date
    ends_on: date
    goal: str
    needs: tuple[Need, ...] = ()


def open_shortage(
    session: Session,
    terms: ShortageTerms,
    *,
    by: int | None,
    at: datetime,
    on: date,
    submission_key: str | None = None,
) -> Shortage:
    """Keep a shortage under the next code of the year. Raises AlreadyOpen."""
    there = _there(session, terms)
    if there is not None:
        raise AlreadyOpen(there)
    made = Shortage(
        public_id=new_public_id(),
        submission_key=submission_key,
        code=_next_code(session, on),
        state=ShortageState.OPEN,
        subject_kind=terms.subject.kind,
        subject_code=terms.subject.code,
        horizon=terms.horizon,
        size=terms.size,
        demand=terms.demand,
        supply=terms.supply,
        found_on=on,
        credits_from=datetime.combine(on + timedelta(days=1), time(), tzinfo=LOCAL_ZONE),
        note=terms.note,
        created_at=at,
        updated_at=at,
        **asdict(terms.office),
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as raced:
        there = _there(session, terms)
        if there is None:
            raise
        raise AlreadyOpen(there) from raced
    detail = {"code": made.code, "subject": made.subject_code, "size": made.size}
    record(session, by, "shortage.opened", "shortage", made.public_id, detail=detail, at=at)
    return made


def order_training(
    session: Session, shortage: Shortage, wanted: TrainingWanted, *, by: int | None, at: datetime, on: date
) -> TrainingOrder:
    """Order training for the shortage; the order keeps its code. Raises NotPossible where there is one, or it is met."""
    if shortage.state is ShortageState.MET or shortage.order_code is not None:
        raise NotPossible
    is_occupation = shortage.subject_kind is SubjectKind.OCCUPATION
    order = TrainingOrder(
        public_id=new_public_id(),
        code=f"DH-{shortage.code}",
        occupation_code=shortage.subject_code if is_occupation else "",
        occupation=wanted.occupation,
        number=wanted.number,
        ordering_id=wanted.ordering.id,
        provider_id=None if wanted.provider is None else wanted.provider.id,
        ordered_on=on,
        deadline=wanted.deadline,
        note=wanted.note,
        shortage_code=shortage.code,
        unit_id=shortage.unit_id,
        unit_path=shortage.unit_path,
        organisation_path=shortage.organisation_path,
    )
    training.create(session, order, training.Act(by, at, on))
    shortage.order_code = order.code
    _moved(session, shortage, "shortage.training_ordered", {"order": order.code}, by=by, at=at)
    return order


def begin_campaign(
    session: Session, shortage: Shortage, wanted: CampaignWanted, *, by: int | None, at: datetime
) -> Campaign:
    """A draft of a campaign for as many people as are missing. Raises NotPossible where there is one, or it is met."""
    if shortage.state is ShortageState.MET or shortage.campaign_id is not None:
        raise NotPossible
    campaign = create_campaign(
        session,
        CampaignTerms(
            title=wanted.title,
            about="",
            about_en="",
            legal_basis="",
            unit_id=shortage.unit_id,
            unit_path=shortage.unit_path,
            organisation_id=shortage.organisation_id,
            organisation_path=shortage.organisation_path,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            per_hour=200,
            remind_after_days=10,
            link_days=60,
            goals=((wanted.goal, shortage.size),),
            needs=tuple(one.id for one in wanted.needs),
        ),
        by=by,
        at=at,
    )
    shortage.campaign_id = campaign.id
    _moved(session, shortage, "shortage.campaign_begun", {"campaign": campaign.code}, by=by, at=at)
    return campaign


def meet_shortage(
    session: Session, shortage: Shortage, note: str, *, by: int | None, at: datetime, on: date
) -> None:
    """The shortage is no more; from now on another may be opened on its subject. Raises NotPossible."""
    if shortage.state is ShortageState.MET:
        raise NotPossible
    before, shortage.state = shortage.state, ShortageState.MET
    shortage.met_on, shortage.met_note, shortage.updated_at = on, note, at
    session.flush()
    changes = {"state": (before, ShortageState.MET)}
    record(session, by, "shortage.met", "shortage", shortage.public_id, changes=changes, reason=note, at=at)


def _moved(
    session: Session, shortage: Shortage, action: str, detail: dict[str, str], *, by: int | None, at: datetime
) -> None:
    before = shortage.state
    shortage.state = next_state(shortage.order_code is not None, shortage.campaign_id is not None)
    shortage.updated_at = at
    session.flush()
    changes = {} if before is shortage.state else {"state": (before, shortage.state)}
    record(session, by, action, "shortage", shortage.public_id, changes=changes, detail=detail, at=at)


def _there(session: Session, terms: ShortageTerms) -> Shortage | None:
    office = terms.office
    return open_shortage_on(session, terms.subject, office.unit_path, office.organisation_path)


def _next_code(session: Session, day: date) -> str:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(ShortageNumber).values(year=day.year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=[ShortageNumber.year], set_={"last": ShortageNumber.last + 1}
    ).returning(ShortageNumber.last)
    return code_of(day.year, session.execute(statement).scalar_one())
