"""What the rule engine is asked about a person, a post and an application. Reads only.

The rows are plain data and are what a decision or a saved sheet freezes: the same rows give the same question.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.queries.post_facts import post_facts_of
from registry.offers.rules.questions import Question, joined, question_of
from registry.people.models import Person
from registry.policies.queries.facts import recorded_facts

Row = dict[str, Any]


def asked_of(
    session: Session, person: Person, need: Need | None, application: Mapping[str, Any], *, on: date
) -> Question:
    """The whole input of `policies.rules.answer` on a day of decision. Raises `PolicyRefused` for facts nobody knows.

    `application` has facts of the catalogue by key, circumstances (`steps`, `instalments`, `existing_grant`), and the
    days `applied_on` and `starts_on` as texts; what it says of the person or the post goes before what is on record.
    """
    return question_of(asked_rows(session, person, need, application, on=on))


def asked_rows(
    session: Session, person: Person, need: Need | None, application: Mapping[str, Any], *, on: date
) -> Row:
    """The same as plain JSON: person, post, application, evidence, and the days."""
    facts, evidence = recorded_facts(session, person, on=on)
    post = {} if need is None else post_facts_of(session, [need])[need.id]
    return joined(facts, evidence, post, application, on)
