"""A whole ranking from the database: one consistent read, then the formula. Writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.engine.outcome import Match, Ranking, Standing
from registry.matching.engine.parts import experience_years
from registry.matching.engine.score import Plan, prepare, rank_people, score
from registry.matching.queries.concepts import Concepts, Similar, concepts_around
from registry.matching.queries.needs import need_spec, open_needs_asking, wanted_ids
from registry.matching.queries.people import Reads, claimed_skills, person_facts
from registry.needs.models import Need
from registry.people.models import Person
from registry.skills.queries import similarity_of

Shares = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Ranked:
    """A ranking with what it came from: enough to explain any person in it, and to freeze it."""

    need: Need
    plan: Plan
    as_of: date
    concepts: Concepts
    facts: Mapping[str, PersonFacts]
    ranking: Ranking

    def match_of(self, person: str) -> Match | None:
        """One person against the need, ranked or not; None for somebody who may not be matched."""
        facts = self.facts.get(person)
        return None if facts is None else score(self.plan, facts, self.as_of)

    def rank_of(self, person: str) -> int | None:
        """The place of a person among the rows."""
        for place, row in enumerate(self.ranking.rows, start=1):
            if row.person == person:
                return place
        return None

    def years_of(self, person: str) -> int | None:
        """Certain whole years of the experience the need asks for; None when it asks for none."""
        wanted = self.plan.need.experience
        if wanted is None:
            return None
        return experience_years(wanted, self.facts[person].experience, self.as_of).certain


def ranked(
    session: Session,
    need: Need,
    viewer: Viewer,
    as_of: date,
    *,
    relaxed: Collection[str] = (),
    shares: Shares | None = None,
) -> Ranked:
    """Rank everybody the viewer may match. `relaxed` and `shares` try out another need; nothing is saved."""
    concepts = concepts_around(session, wanted_ids([need]))
    spec = need_spec(need, concepts)
    if shares is not None:
        spec = replace(spec, shares=shares)
    plan = prepare(spec, concepts.table, relaxed)
    reads = Reads.of([spec], concepts.ids_like(one.skill for one in spec.skills))
    people = person_facts(session, viewer, reads, as_of)
    return Ranked(
        need=need,
        plan=plan,
        as_of=as_of,
        concepts=concepts,
        facts={one.public_id: one for one in people},
        ranking=rank_people(plan, people, as_of),
    )


@dataclass(frozen=True)
class NeedMatch:
    """One need that shares a concept with a person, as the formula took it, and the match."""

    need: Need
    plan: Plan
    match: Match


@dataclass(frozen=True)
class PersonNeeds:
    """The open needs for one person, best first. `is_matchable` is False when the person may not be matched now."""

    is_matchable: bool
    rows: tuple[NeedMatch, ...]
    excluded: tuple[NeedMatch, ...]
    concepts: Concepts


def needs_for_person(session: Session, person: Person, viewer: Viewer, as_of: date) -> PersonNeeds:
    """The open needs in scope that share a concept with the person, by the same function as need → people.

    Order: all met before some unknown, then the certain total, then the public id of the need.
    """
    similar = similarity_of(session)
    needs = open_needs_asking(session, viewer, _asked_around(claimed_skills(session, person), similar))
    concepts = concepts_around(session, wanted_ids(needs), similar)
    plans = [(need, prepare(need_spec(need, concepts), concepts.table)) for need in needs]
    codes = {one.skill for _need, plan in plans for one in plan.wanted}
    reads = Reads.of((plan.need for _need, plan in plans), concepts.ids_like(codes))
    found = person_facts(session, viewer, reads, as_of, Person.id == person.id)
    if not found:
        return PersonNeeds(False, (), (), concepts)
    matches = [NeedMatch(need, plan, score(plan, found[0], as_of)) for need, plan in plans]
    matches.sort(key=lambda one: (one.match.state != "met", -one.match.certain, one.need.public_id))
    return PersonNeeds(
        True,
        tuple(one for one in matches if one.match.standing is Standing.RANKED),
        tuple(one for one in matches if one.match.standing is Standing.EXCLUDED),
        concepts,
    )


def _asked_around(claimed: Collection[int], similar: Similar) -> set[int]:
    """The concepts a need may ask for so that one of these claims earns points."""
    return {*claimed, *(asked for asked, line in similar.items() if not line.keys().isdisjoint(claimed))}
