"""What every published policy says about a person, a post and an application. Reads only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.offers.queries.asked import asked_of
from registry.offers.rules.questions import Question
from registry.people.models import Person
from registry.policies.models import PolicyVersion
from registry.policies.queries.ready import ready_versions
from registry.policies.rules import Answer, Words, answer


def answers_for(
    session: Session,
    person: Person,
    need: Need | None,
    application: Mapping[str, Any],
    *,
    on: date,
    words: Words | None = None,
) -> list[tuple[PolicyVersion, Answer]]:
    """(version, answer) of every published version, applicable or not, by code and number.

    A fixed number of statements. Raises `PolicyRefused` for an application with facts nobody knows.
    """
    return answers_to(session, asked_of(session, person, need, application, on=on), words=words)


def answers_to(
    session: Session, question: Question, *, words: Words | None = None
) -> list[tuple[PolicyVersion, Answer]]:
    """The same for a question that is already put together."""
    return [
        (row, answer(ready, question.facts, question.asked))
        for row, ready in ready_versions(session, words=words)
    ]
