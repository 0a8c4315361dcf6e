"""What every published policy says about a person, a post and an application. Reads only."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.needs.models import Need
from registry.offers.queries.asked import asked_of, asked_rows
from registry.offers.rules.questions import Question, question_of
from registry.offers.rules.sheets import sheet_content
from registry.people.models import Person
from registry.policies.models import PolicyVersion
from registry.policies.queries.ready import ReadyLaw, ready_law
from registry.policies.rules import Answer, answer
from registry.policies.rules.frozen import frozen_answer
from registry.policies.rules.withheld import NOTHING


def answers_for(
    session: Session, person: Person, need: Need | None, application: Mapping[str, Any], *, on: date
) -> list[tuple[PolicyVersion, Answer]]:
    """(version, answer) of every published version, applicable or not, by code and number.

    A fixed number of statements. Raises `PolicyRefused` for an application with facts nobody knows.
    """
    question = asked_of(session, person, need, application, on=on)
    found = answers_to(ready_law(session), question)
    rows = version_rows(session, [row for row, _answer in found])
    return [(rows[row], one) for row, one in found]


def answers_to(law: ReadyLaw, question: Question) -> list[tuple[int, Answer]]:
    """(row id of the version, answer) for a question that is already put together."""
    return [(row, answer(ready, question.facts, question.asked)) for row, ready in law.versions]


def sheet_for(
    session: Session,
    law: ReadyLaw,
    person: Person,
    need: Need,
    application: Mapping[str, Any],
    *,
    on: date,
    withheld: Collection[str] = NOTHING,
) -> dict[str, Any]:
    """The content of an offer sheet for a day of decision. Raises `PolicyRefused` for facts nobody knows."""
    rows = asked_rows(session, person, need, application, on=on, withheld=withheld)
    ready = dict(law.versions)
    answers = [frozen_answer(ready[row], one, law.words) for row, one in answers_to(law, question_of(rows))]
    return sheet_content(rows, answers, need_words(need), withheld)


def need_words(need: Need) -> dict[str, str]:
    """The need as it is called on the day of a sheet."""
    return {
        "id": need.public_id,
        "code": need.code,
        "title": need.title,
        "organisation": need.organisation.name if need.organisation else "",
        "place": need.unit.full_name if need.unit else "",
    }


def version_rows(session: Session, ids: Collection[int]) -> dict[int, PolicyVersion]:
    """{row id: version with its policy and document}."""
    wanted = select(PolicyVersion).where(PolicyVersion.id.in_(sorted(ids)))
    loaded = wanted.options(joinedload(PolicyVersion.policy), joinedload(PolicyVersion.document))
    return {one.id: one for one in session.scalars(loaded)}
