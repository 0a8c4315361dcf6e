"""Who of a campaign is eligible for a policy it offers: by a decision, or by the record as it is today. Reads only.

The rule engine is asked of people whose record is verified, for the needs they came for, and only counts what is on
record: whoever a fact is missing of is not counted, so the figure is at least so many. Of somebody who is not named, what
would tell who they are is kept from the engine, as on the page of the ranking.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.campaigns.models import Campaign, CampaignMember
from registry.campaigns.queries.audience import eyes_of
from registry.consents.rules import PurposeCode
from registry.grants.models import EligibilityDecision
from registry.grants.rules import DecisionState
from registry.matching.queries.policy_answers import policy_answers
from registry.people.models import Person
from registry.people.queries import visible_condition
from registry.people.queries.visible import named_condition
from registry.policies.queries.ready import ready_law
from registry.policies.rules import Applicability, State
from registry.policies.rules.withheld import NOTHING, UNNAMED

_DECIDED = (DecisionState.APPROVED, DecisionState.EXPIRED)

Pair = tuple[int, int | None]
"""(row id of a person, of a need); None: a decision that names no need."""


def decided_eligible(session: Session, campaign: Campaign) -> dict[Pair, datetime]:
    """{pair: when somebody first decided that a policy of the campaign is granted}. One statement."""
    in_campaign = select(CampaignMember.person_id).where(CampaignMember.campaign_id == campaign.id)
    needs = [one.need_id for one in campaign.needs]
    decision: Any = EligibilityDecision
    rows = session.execute(
        select(decision.person_id, decision.need_id, func.min(decision.decided_at))
        .where(
            decision.person_id.in_(in_campaign),
            decision.version_id.in_(_versions(campaign)),
            decision.state.in_(_DECIDED),
            decision.need_id.in_(needs) | decision.need_id.is_(None),
        )
        .group_by(decision.person_id, decision.need_id)
    )
    return {(person, need): at for person, need, at in rows}


def eligible_by_record(
    session: Session, campaign: Campaign, asked: Mapping[int, Collection[int]], *, on: date
) -> set[tuple[int, int]]:
    """The pairs of those `asked` ({row id of a need: of people}) for whom a group of a policy is met on a day.

    Some statements for each need, however many people.
    """
    wanted = sorted({person for people in asked.values() for person in people})
    if not wanted or not campaign.policies:
        return set()
    law, ours = ready_law(session), set(_versions(campaign))
    law = replace(law, versions=tuple(pair for pair in law.versions if pair[0] in ours))
    eyes = eyes_of(campaign)
    rows = session.execute(
        select(Person.id, Person.public_id, named_condition(eyes).label("is_named")).where(
            visible_condition(eyes, PurposeCode.MATCHING, on=on), Person.id.in_(wanted)
        )
    ).all()
    withheld = {row.public_id: NOTHING if row.is_named else UNNAMED for row in rows}
    found: set[tuple[int, int]] = set()
    for one in campaign.needs:
        people = {row.public_id: row.id for row in rows if row.id in asked.get(one.need_id, ())}
        said = policy_answers(session, eyes, one.need, list(people), law=law, on=on, withheld=withheld)
        found |= {
            (people[who], one.need_id)
            for who, answers in said.answers.items()
            if any(_is_met(answer) for answer in answers)
        }
    return found


def _versions(campaign: Campaign) -> list[int]:
    return [version.id for one in campaign.policies for version in one.policy.versions]


def _is_met(answer: Any) -> bool:
    return answer.applicable is Applicability.YES and any(one.state is State.MET for one in answer.groups)
