"""A version tried on the people of the register, beside the version that is in force. Reads only.

People through `visible_condition`, their facts in a fixed number of statements for every few thousand of them. Nobody
is counted as «not met» whose facts leave it open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import people_for
from registry.people.queries.visible import visible_condition
from registry.policies.models import PolicyVersion
from registry.policies.queries.documents import documents
from registry.policies.queries.facts import SUBJECT, recorded_facts_of
from registry.policies.queries.law import document_data, list_data, parameter_data
from registry.policies.queries.parameters import parameters, yearly_lists
from registry.policies.queries.versions import version_data
from registry.policies.rules.answering import answer
from registry.policies.rules.answers import ZERO, Asked, Between, Costs, Facts
from registry.policies.rules.deciding import look
from registry.policies.rules.logic import State, any_of
from registry.policies.rules.policy import Law
from registry.policies.rules.preparing import Ready, prepare
from registry.policies.rules.reading import read_law, read_version
from registry.policies.rules.reading_benefits import MONEY_FACTS
from registry.policies.rules.reading_facts import read_facts
from registry.policies.rules.trees import state_of
from registry.policies.rules.words import Words

MOST_TRIED = 5_000
MOST_NAMED = 50
_AT_ONCE = 2_000
_PRICED = (*MONEY_FACTS, "workplace_kind", "wage_region", "training")
"""The facts sums are made of, beside conditions."""


@dataclass
class Count:
    """How many people a group (or the version as a whole) is met by, may be met by, is not met by."""

    met: int = 0
    unknown: int = 0
    not_met: int = 0

    def add(self, state: State) -> None:
        """One more person."""
        setattr(self, state.value, getattr(self, state.value) + 1)


@dataclass
class Tried:
    """What came out for one version: by group, for the version as a whole, and what it would cost at once."""

    groups: dict[str, Count]
    whole: Count = field(default_factory=Count)
    once: Between = ZERO
    years: dict[int, Between] = field(default_factory=dict[int, Between])
    not_computed: int = 0
    priced: dict[Any, tuple[Between, Costs]] = field(default_factory=dict[Any, tuple[Between, Costs]])


@dataclass
class Compared:
    """The version tried and the one in force on the same people; who is met by one alone, by row id."""

    looked: int
    people: int
    new: Tried
    old: Tried | None
    gaining: list[int]
    losing: list[int]


def rows_law(session: Session) -> Law:
    """Documents, parameters and lists, without any version: a draft may meet the days of one that it will end."""
    data = {
        "documents": [document_data(one) for one in documents(session)],
        "parameters": [parameter_data(one) for one in parameters(session)],
        "yearly_lists": [list_data(one) for one in yearly_lists(session)],
    }
    return read_law(data)


def ready_version(version: PolicyVersion, law: Law, words: Words | None = None) -> Ready:
    """A version made ready to answer, as it stands."""
    return prepare(read_version(version_data(version)), law, words)


def tried_on_register(
    session: Session,
    viewer: Viewer,
    new: Ready,
    old: Ready | None,
    *,
    on: date,
    facts_on: date,
    most: int = MOST_TRIED,
) -> Compared:
    """Try both versions on the people the viewer may match, at most so many, the newest records first.

    `on` is the day of application and decision, `facts_on` the day as of which facts are read.
    """
    visible = visible_condition(viewer, PurposeCode.MATCHING, on=facts_on)
    everybody = session.scalar(select(func.count()).select_from(Person).where(visible)) or 0
    rows = session.execute(select(*SUBJECT).where(visible).order_by(Person.id.desc()).limit(most)).all()
    found = Compared(len(rows), everybody, _blank(new), None if old is None else _blank(old), [], [])
    asked = Asked(on, on, trial=True)
    for person, facts in _facts(session, rows, facts_on):
        is_met = _count(found.new, new, facts, asked)
        if old is None or found.old is None:
            continue
        was_met = _count(found.old, old, facts, asked)
        if is_met and not was_met:
            found.gaining.append(person)
        if was_met and not is_met:
            found.losing.append(person)
    return found


def _facts(session: Session, rows: Sequence[Any], on: date) -> Iterator[tuple[int, Facts]]:
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        for person, (values, evidence) in recorded_facts_of(session, some, on=on).items():
            yield person, read_facts(values, {}, {}, evidence)


def _blank(ready: Ready) -> Tried:
    return Tried({one.group.code: Count() for one in ready.groups})


def _count(tried: Tried, ready: Ready, facts: Facts, asked: Asked) -> bool:
    """Count one person, who applies for what the version is for; whether a group is met."""
    facts = replace(facts, values={**facts.values, "application_purpose": ready.version.purpose})
    states, _found = look(ready, facts, asked)
    of_groups = {one.group.code: state_of(one.rule.node, states) for one in ready.groups}
    for code, state in of_groups.items():
        tried.groups[code].add(state)
    whole = any_of(of_groups.values())
    tried.whole.add(whole)
    if whole is not State.MET:
        return False
    _add_cost(tried, ready, facts, asked, tuple(states))
    return True


def _add_cost(tried: Tried, ready: Ready, facts: Facts, asked: Asked, states: tuple[State, ...]) -> None:
    """What one person more costs. Whoever meets the same conditions, and has the same of what sums depend on, costs the same."""
    key = states, *(repr(facts.values.get(name)) for name in _PRICED)
    cost = tried.priced.get(key)
    if cost is None:
        found = answer(ready, facts, asked)
        cost = tried.priced[key] = found.total_once, found.costs
    once, costs = cost
    tried.once += once
    for year, sum_of in costs.by_year.items():
        tried.years[year] = tried.years.get(year, ZERO) + sum_of
    tried.not_computed += bool(costs.unknown_lines)


def named_people(session: Session, viewer: Viewer, ids: Sequence[int], *, on: date) -> Sequence[Person]:
    """The first of these people, as the viewer may see them."""
    wanted = people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.id.in_(ids[:MOST_NAMED]))
    return session.scalars(wanted.order_by(Person.name_sort_key, Person.id)).all()
