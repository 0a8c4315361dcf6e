"""What the policies that hold for a need say about the people of its ranking. Reads only; the ranking never reads it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.needs.models import Need
from registry.needs.queries.post_facts import post_facts_of
from registry.people.models import Person
from registry.people.queries import visible_condition
from registry.policies.queries.facts import SUBJECT, recorded_facts_of
from registry.policies.queries.ready import ReadyLaw
from registry.policies.rules import Answer, Applicability, Asked, Ready, answer, read_facts
from registry.policies.rules.applying import applicability
from registry.policies.rules.policy import EVERYWHERE
from registry.policies.rules.withheld import NOTHING, without


@dataclass(frozen=True)
class PolicyAnswers:
    """The versions that hold at the place and on the day of a need, and {public id: answers in their order}."""

    has_place: bool
    versions: tuple[Ready, ...]
    answers: Mapping[str, tuple[Answer, ...]]


def policy_answers(
    session: Session,
    viewer: Viewer,
    need: Need,
    people: Collection[str],
    *,
    law: ReadyLaw,
    on: date,
    withheld: Mapping[str, Collection[str]],
) -> PolicyAnswers:
    """The answers for these people (public ids), as far as the viewer may match them. A fixed number of statements.

    `withheld`: by person the facts that the viewer may not read; the engine is not told them either. A need without a
    place is answered for what holds everywhere.
    """
    post = post_facts_of(session, [need], on=on)[need.id]
    asked = Asked(applied_on=on, decided_on=on)
    versions = _holding(law, post, asked)
    if not versions or not people:
        return PolicyAnswers("units" in post, versions, {})
    rows = session.execute(
        select(Person.public_id, *SUBJECT)
        .where(visible_condition(viewer, PurposeCode.MATCHING, on=on), Person.public_id.in_(sorted(people)))
        .order_by(Person.id)
    ).all()
    recorded = recorded_facts_of(session, rows, on=on)  # pyright: ignore[reportArgumentType] - rows with `SUBJECT`
    found: dict[str, tuple[Answer, ...]] = {}
    for row in rows:
        values, evidence = without(*recorded[row.id], withheld.get(row.public_id, NOTHING))
        facts = read_facts(values, post, {}, evidence)
        found[row.public_id] = tuple(answer(one, facts, asked) for one in versions)
    return PolicyAnswers("units" in post, versions, found)


def _holding(law: ReadyLaw, post: Mapping[str, Any], asked: Asked) -> tuple[Ready, ...]:
    """The versions that can be granted there and then at all, whoever applies."""
    units = frozenset[str](post.get("units", ()))
    return tuple(
        ready
        for _row, ready in law.versions
        if (units or EVERYWHERE in ready.version.scope)
        and applicability(ready.version, ready.days, asked, units) is Applicability.YES
    )
