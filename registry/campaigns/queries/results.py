"""What became of everybody a campaign reached. A fixed number of statements, however many people. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.campaigns.models import (
    Campaign,
    CampaignLetter,
    CampaignMember,
    CampaignMessage,
)
from registry.campaigns.queries.audience import eyes_of
from registry.campaigns.queries.eligible import decided_eligible, eligible_by_record
from registry.campaigns.rules.funnel import Moments, Step, earliest, furthest, merged
from registry.campaigns.rules.words import Answer, MessageStep
from registry.candidacies.models import Candidacy, PlacementCheck
from registry.candidacies.queries import steps_reached
from registry.candidacies.rules import Stage
from registry.candidacies.rules.panels import CheckOutcome
from registry.consents.rules import PurposeCode
from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState
from registry.people.models import Education, Experience, LanguageClaim, Person, SkillClaim
from registry.people.queries import visible_condition
from registry.people.rules import EvidenceState, PersonState

_OF_STAGE = {
    Stage.INTERVIEWED: Step.INTERVIEWED,
    Stage.OFFERED: Step.INTERVIEWED,
    Stage.ACCEPTED: Step.AGREED,
    Stage.SIGNED: Step.SIGNED,
    Stage.PLACED: Step.PLACED,
}
_CHOSEN = (Stage.SHORTLISTED, Stage.REFERRED)
_STILL = {12: Step.STILL_12, 36: Step.STILL_36, 60: Step.STILL_60}


@dataclass
class Reached:
    """One person of a campaign. `person_id` is None once they were erased; `stages` by row id of a need.

    `by_itself` are the steps that hang on no need, `for_needs` those that do, by row id of the need.
    """

    member_id: int
    person_id: int | None
    channel_id: int
    need_id: int | None
    answer: Answer | None
    letters: int
    message_ids: tuple[int, ...]
    by_itself: dict[Step, datetime | None]
    for_needs: dict[int, dict[Step, datetime | None]] = field(
        default_factory=dict[int, dict[Step, datetime | None]]
    )
    stages: dict[int, dict[Stage, datetime]] = field(default_factory=dict[int, dict[Stage, datetime]])

    @cached_property
    def moments(self) -> Moments:
        """The steps they came to, for whichever need."""
        return merged([self.by_itself, *self.for_needs.values()])

    def moments_for(self, need_id: int) -> Moments:
        """The steps they came to for one need."""
        return merged([self.by_itself, self.for_needs.get(need_id, {})])

    def came_for(self, need_id: int) -> bool:
        """Whether they chose the need when they answered, or have a candidacy for it."""
        return self.need_id == need_id or need_id in self.stages

    def note(self, need_id: int, step: Step, at: datetime | None) -> None:
        """They came to a step for a need; the first known moment stays."""
        own = self.for_needs.setdefault(need_id, {})
        own[step] = earliest(own.get(step), at)


@dataclass(frozen=True)
class Results:
    """Everybody a campaign reached."""

    people: Sequence[Reached]

    @property
    def moments(self) -> list[Moments]:
        """What the funnel counts."""
        return [one.moments for one in self.people]


def results_of(session: Session, campaign: Campaign, *, on: date) -> Results:
    """Everybody with how far they came. A fixed number of statements for each need.

    Steps of a candidacy count for the needs of the campaign alone. A record counts as registered, whole and verified
    for people who came by themselves or said they are interested: of all others it was so before.
    """
    need_ids = [one.need_id for one in campaign.needs]
    people = _members(session, campaign)
    known = {one.person_id: one for one in people if one.person_id is not None}
    facts = _facts(session, campaign, on)
    for key, stages in steps_reached(session, known, need_ids).items():
        known[key[0]].stages[key[1]] = stages
    for person_id, one in known.items():
        _add_record(one, facts.get(person_id))
        _add_stages(one, with_chosen=not campaign.policies)
    _add_checks(session, campaign, known, need_ids)
    if campaign.policies:
        _add_eligible(session, campaign, known, need_ids, on)
    return Results(people)


def _members(session: Session, campaign: Campaign) -> list[Reached]:
    """Members with their letters; one whose only letter went nowhere was not reached."""
    by_member: dict[int, list[Any]] = {}
    for row in session.execute(
        select(CampaignLetter.member_id, CampaignLetter.message_id, CampaignLetter.opened_at)
        .join(CampaignMember, CampaignMember.id == CampaignLetter.member_id)
        .where(CampaignMember.campaign_id == campaign.id)
        .order_by(CampaignLetter.id)
    ):
        by_member.setdefault(row.member_id, []).append(row)
    member = CampaignMember
    rows = session.execute(
        select(
            member.id,
            member.person_id,
            member.channel_id,
            member.need_id,
            member.answer,
            member.reached_at,
            member.opened_at,
            member.answered_at,
        )
        .where(member.campaign_id == campaign.id)
        .order_by(member.id)
    )
    return [_reached(row, by_member.get(row.id, [])) for row in rows]


def _reached(row: Any, letters: Sequence[Any]) -> Reached:
    moments: dict[Step, datetime | None] = {Step.REACHED: row.reached_at}
    if row.opened_at is not None:
        moments[Step.OPENED] = row.opened_at
    if row.answered_at is not None:
        moments[Step.REPLIED] = row.answered_at
    elif not letters:
        moments[Step.REPLIED] = row.reached_at  # whoever came by themselves has answered by coming
    return Reached(
        row.id,
        row.person_id,
        row.channel_id,
        row.need_id,
        row.answer,
        len(letters),
        tuple(one.message_id for one in letters),
        moments,
    )


def _facts(session: Session, campaign: Campaign, on: date) -> dict[int, Any]:
    """{row id of a person: whether the record is in force, whole, verified} of the members the campaign may see."""
    in_campaign = select(CampaignMember.person_id).where(
        CampaignMember.campaign_id == campaign.id, CampaignMember.person_id.is_not(None)
    )
    rows = session.execute(
        select(
            Person.id,
            (Person.state == PersonState.ACTIVE).label("is_registered"),
            and_(_has(Education), _has(SkillClaim), _has(Experience)).label("is_complete"),
            or_(*(_has(model, model.evidence_state == EvidenceState.VERIFIED) for model in _PROVABLE)).label(
                "is_verified"
            ),
        ).where(
            Person.id.in_(in_campaign),
            visible_condition(eyes_of(campaign), PurposeCode.REGISTRY, on=on),
        )
    )
    return {row.id: row for row in rows}


_PROVABLE: tuple[Any, ...] = (Education, SkillClaim, LanguageClaim, Experience)


def _has(model: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    wanted: Select[Any] = select(model.id).where(model.person_id == Person.id, *conditions)
    return wanted.correlate(Person).exists()


def _add_record(one: Reached, facts: Any) -> None:
    came = one.answer is Answer.INTERESTED or one.letters == 0
    if facts is None or not came:
        return
    if facts.is_registered:
        one.by_itself[Step.REGISTERED] = None
    if facts.is_complete:
        one.by_itself[Step.COMPLETE] = None
    if facts.is_verified:
        one.by_itself[Step.VERIFIED] = None


def _add_stages(one: Reached, *, with_chosen: bool) -> None:
    """The first moment of each step, for each need. A campaign without policies has no other test than the officers'."""
    for need_id, stages in one.stages.items():
        for stage, at in stages.items():
            step = _OF_STAGE.get(stage) or (Step.ELIGIBLE if with_chosen and stage in _CHOSEN else None)
            if step is not None:
                one.note(need_id, step, at)


def _add_eligible(
    session: Session, campaign: Campaign, known: Mapping[int, Reached], need_ids: Sequence[int], on: date
) -> None:
    """By a decision for the need (or for none), else by the record, of people whose record is verified."""
    for (person_id, need_id), at in decided_eligible(session, campaign).items():
        for one in need_ids if need_id is None else [need_id]:
            known[person_id].note(one, Step.ELIGIBLE, at)
    asked: dict[int, list[int]] = {need_id: [] for need_id in need_ids}
    for person_id, one in known.items():
        if furthest(one.by_itself) is Step.VERIFIED:
            chosen = [need_id for need_id in need_ids if one.came_for(need_id)]
            for need_id in chosen or need_ids:
                asked[need_id].append(person_id)
    for person_id, need_id in eligible_by_record(session, campaign, asked, on=on):
        known[person_id].note(need_id, Step.ELIGIBLE, None)


def _add_checks(
    session: Session, campaign: Campaign, known: Mapping[int, Reached], need_ids: Sequence[int]
) -> None:
    in_campaign = select(CampaignMember.person_id).where(CampaignMember.campaign_id == campaign.id)
    rows = session.execute(
        select(Candidacy.person_id, Candidacy.need_id, PlacementCheck.months)
        .join(PlacementCheck, PlacementCheck.candidacy_id == Candidacy.id)
        .where(
            Candidacy.person_id.in_(in_campaign),
            Candidacy.need_id.in_(need_ids),
            PlacementCheck.outcome == CheckOutcome.STILL,
        )
    )
    for person_id, need_id, months in rows:
        if person_id in known and months in _STILL:
            known[person_id].note(need_id, _STILL[months], None)


def messages_of(session: Session, ids: Iterable[int]) -> Mapping[int, tuple[MessageStep, str, int]]:
    """{row id of a text: (step, language, version)}."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(
            CampaignMessage.id, CampaignMessage.step, CampaignMessage.language, CampaignMessage.number
        ).where(CampaignMessage.id.in_(wanted))
    )
    return {row.id: (row.step, row.language, row.number) for row in rows}


def letters_by_state(session: Session, campaign: Campaign) -> dict[LetterState, int]:
    """How the letters of a campaign stand in the outbox."""
    prefix = f"campaign:{campaign.public_id}:"
    rows = session.execute(
        select(MailOutbox.state, func.count())
        .where(MailOutbox.once_key.startswith(prefix, autoescape=True))
        .group_by(MailOutbox.state)
    )
    return {row[0]: row[1] for row in rows}
