"""What the rule engine is asked about a person, a post and an application. Reads only.

The rows are plain data and are what a decision or a saved sheet freezes: the same rows give the same question.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.queries.post_facts import post_facts_of
from registry.offers.rules.questions import Question, joined, question_of
from registry.people.models import Person
from registry.policies.queries.facts import recorded_facts
from registry.policies.rules.withheld import NOTHING, without

Row = dict[str, Any]


def asked_of(
    session: Session,
    person: Person,
    need: Need | None,
    application: Mapping[str, Any],
    *,
    on: date,
    withheld: Collection[str] = NOTHING,
) -> Question:
    """The whole input of `policies.rules.answer` on a day of decision. Raises `PolicyRefused` for facts nobody knows.

    `application` has facts of the catalogue by key, circumstances (`steps`, `instalments`, `existing_grant`), and the
    days `applied_on` and `starts_on` as texts; what it says of the person or the post goes before what is on record.
    """
    return question_of(asked_rows(session, person, need, application, on=on, withheld=withheld))


def asked_rows(
    session: Session,
    person: Person,
    need: Need | None,
    application: Mapping[str, Any],
    *,
    on: date,
    withheld: Collection[str] = NOTHING,
) -> Row:
    """The same as plain JSON: person, post, application, evidence, and the days.

    `withheld`: facts that whoever asks may not read, so that the engine is not told them either.
    """
    facts, evidence = without(*recorded_facts(session, person, on=on), withheld)
    nowhere: Row = {"units": []}
    # A post whose place is not known lies nowhere but in the whole country; without a post the place is not asked.
    post = {} if need is None else nowhere | post_facts_of(session, [need], on=on)[need.id]
    return joined(facts, evidence, post, application, on)
