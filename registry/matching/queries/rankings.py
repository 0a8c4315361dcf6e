"""A whole ranking from the database: one consistent read, then the formula. Writes nothing.

Counts over everybody come from the index where there is one for the day, and from the reference where not;
what is shown of a person is always scored by the reference from the facts as they are now.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.engine.index.answer import Placed, Tally, Wish, of_reference
from registry.matching.engine.outcome import Match, SkillSupply, Standing
from registry.matching.engine.parts import experience_years
from registry.matching.engine.score import Plan, prepare, rank_people, score
from registry.matching.queries.concepts import Concepts, concepts_around
from registry.matching.queries.indexed import Indexed, answered
from registry.matching.queries.kept_facts import shown_facts
from registry.matching.queries.left_people import left_facts
from registry.matching.queries.needs import need_spec, open_needs_asking, wanted_ids
from registry.matching.queries.people import Reads, claimed_skills, person_facts
from registry.matching.queries.snapshots import Opened, opened
from registry.needs.models import Need
from registry.people.models import Person
from registry.skills.queries import Similarities, similarity_of

Shares = tuple[int, int, int, int, int]

HEAD_ROWS = 50
"""What is asked most often is counted among so many at the head of a ranking."""


@dataclass(frozen=True)
class Window:
    """Which rows a request shows: from `start`, `count` of them (None: all), of at least `minimum` hundredths.

    `about` are public ids of people whose match and place are asked, ranked or not. The rows of the people `without`
    are left out; they count and keep their places like everybody.
    """

    start: int = 0
    count: int | None = None
    minimum: int = 0
    about: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


EVERY_ROW = Window()


@dataclass(frozen=True)
class Ranked:
    """A ranking with what it came from. `rows` are those of the window, `head` the first ones whatever the points.

    `index` is the version of the snapshot that counted; None when the reference did. `ranks` are the places of
    the rows, `left_out` says how many with enough points the window left out.
    """

    need: Need
    plan: Plan
    as_of: date
    concepts: Concepts
    tally: Tally
    rows: tuple[Match, ...]
    head: tuple[Match, ...]
    ranks: tuple[int, ...]
    left_out: int
    facts: Mapping[str, PersonFacts]
    about: Mapping[str, Match] = field(default_factory=dict[str, Match])
    places: Mapping[str, int] = field(default_factory=dict[str, int])
    index: str | None = None

    @property
    def supply(self) -> tuple[SkillSupply, ...]:
        """How many of the ranked reach each wanted skill."""
        told = zip(self.plan.wanted, self.tally.reach, self.tally.more_one_rank_lower, strict=True)
        return tuple(SkillSupply(*one) for one in told)

    def match_of(self, person: str) -> Match | None:
        """The match of a person asked about; None for somebody who may not be matched."""
        return self.about.get(person)

    def rank_of(self, person: str) -> int | None:
        """The place of a person asked about among all ranked; None for somebody who is not."""
        return self.places.get(person)

    def years_of(self, person: str) -> int | None:
        """Certain whole years of the experience the need asks for; None when it asks for none."""
        wanted = self.plan.need.experience
        if wanted is None:
            return None
        return experience_years(wanted, self.facts[person].experience, self.as_of).certain


@dataclass(frozen=True)
class Asking:
    """A need made ready, and whose facts it reads for whom."""

    session: Session
    viewer: Viewer
    need: Need
    plan: Plan
    concepts: Concepts
    reads: Reads
    as_of: date
    window: Window

    def facts_of(self, people: Collection[str]) -> dict[str, PersonFacts]:
        """The facts of these people, as far as the viewer may match them."""
        if not people:
            return {}
        found = shown_facts(self.session, self.viewer, self.reads, self.as_of, people)
        return {one.public_id: one for one in found}

    def everybody(self) -> list[PersonFacts]:
        """The facts of all people the viewer may match."""
        return person_facts(self.session, self.viewer, self.reads, self.as_of)

    def scored(self, facts: Iterable[PersonFacts]) -> dict[str, Match]:
        """The matches of these people."""
        return {one.public_id: score(self.plan, one, self.as_of) for one in facts}


def ranked(
    session: Session,
    need: Need,
    viewer: Viewer,
    as_of: date,
    *,
    window: Window = EVERY_ROW,
    relaxed: Collection[str] = (),
    shares: Shares | None = None,
) -> Ranked:
    """Rank everybody the viewer may match. `relaxed` and `shares` try out another need; nothing is saved."""
    snapshot = opened(session, as_of) if window.count is not None else None
    concepts = concepts_around(session, wanted_ids([need]))
    spec = need_spec(need, concepts)
    if shares is not None:
        spec = replace(spec, shares=shares)
    plan = prepare(spec, concepts.table, relaxed)
    reads = Reads.of([spec], concepts.ids_like(one.skill for one in spec.skills))
    asked = Asking(session, viewer, need, plan, concepts, reads, as_of, window)
    found = _by_index(asked, snapshot) if snapshot is not None else None
    return by_reference(asked, asked.everybody()) if found is None else found


def by_reference(asked: Asking, people: Sequence[PersonFacts]) -> Ranked:
    """These people, who are everybody the viewer may match, through the formula."""
    window = asked.window
    facts = {one.public_id: one for one in people}
    ranking = rank_people(asked.plan, people, asked.as_of)
    about = asked.scored(facts[one] for one in window.about if one in facts)
    wish = Wish(window.minimum, about=_placed(about.values()))
    tally = of_reference(ranking, wish).tally
    above = [one for one in enumerate(ranking.rows, start=1) if one[1].certain >= window.minimum]
    kept = [one for one in above if one[1].person not in window.without]
    end = None if window.count is None else window.start + window.count
    shown = kept[window.start : end]
    ranks = tuple(rank for rank, _row in shown) if window.without else _next_after(window.start, len(shown))
    return Ranked(
        need=asked.need,
        plan=asked.plan,
        as_of=asked.as_of,
        concepts=asked.concepts,
        tally=tally,
        rows=tuple(row for _rank, row in shown),
        head=ranking.rows[:HEAD_ROWS],
        ranks=ranks,
        left_out=len(above) - len(kept),
        facts=facts,
        about=about,
        places=_ranks(wish.about, tally),
    )


@dataclass(frozen=True)
class First:
    """What the index says: the counts, the rows of the window with their places, the rows at the head."""

    tally: Tally
    page: tuple[Placed, ...]
    head: tuple[Placed, ...]
    ranks: tuple[int, ...]
    left_out: int = 0

    @property
    def people(self) -> set[str]:
        """The public ids of everybody whose row is needed."""
        return {one.person for one in (*self.page, *self.head)}


def first_of(
    asked: Asking, snapshot: Opened, rest: Sequence[PersonFacts], about: Sequence[Placed] = ()
) -> First:
    """Ask the index; `rest` are the facts of everybody it leaves to the reference."""
    window = asked.window
    indexed = Indexed(snapshot, asked.plan, asked.concepts, asked.viewer, asked.as_of, rest)
    end = window.start + (window.count or 0)
    if window.without:
        return _first_without(indexed, window, end, about)
    count = end if window.minimum else max(end, HEAD_ROWS)
    answer = answered(indexed, Wish(window.minimum, count, tuple(about)))
    head = answered(indexed, Wish(0, HEAD_ROWS)).first if window.minimum else answer.first[:HEAD_ROWS]
    page = answer.first[window.start : end]
    return First(answer.tally, page, head, _next_after(window.start, len(page)))


def _first_without(asked: Indexed, window: Window, end: int, about: Sequence[Placed]) -> First:
    """Asked twice: without those left out, which gives the rows, and of everybody, which gives counts and places."""
    kept = answered(replace(asked, without=window.without), Wish(window.minimum, end))
    page = kept.first[window.start : end]
    placed = tuple(sorted({*about, *page}))
    tally = answered(asked, Wish(window.minimum, about=placed)).tally
    ahead = dict(zip(placed, tally.ahead, strict=False))  # a need that asks for nothing tells no places
    return First(
        replace(tally, ahead=tuple(ahead[one] for one in about if one in ahead)),
        page,
        answered(asked, Wish(0, HEAD_ROWS)).first,
        tuple(ahead[one] + 1 for one in page),
        tally.at_least - kept.tally.at_least,
    )


def _next_after(start: int, count: int) -> tuple[int, ...]:
    return tuple(range(start + 1, start + 1 + count))


def _by_index(asked: Asking, snapshot: Opened) -> Ranked | None:
    """The same from the index; None when it and the formula do not agree."""
    about_facts = asked.facts_of(asked.window.about)
    about = asked.scored(about_facts.values())
    rest = left_facts(asked.session, asked.viewer, asked.reads, asked.as_of, snapshot)
    first = first_of(asked, snapshot, rest, _placed(about.values()))
    facts = about_facts | asked.facts_of(first.people - about_facts.keys())
    return by_index(asked, snapshot, first, facts, about)


def by_index(
    asked: Asking,
    snapshot: Opened,
    first: First,
    facts: Mapping[str, PersonFacts],
    about: Mapping[str, Match],
) -> Ranked | None:
    """What the index said, its rows scored from the facts as they are now.

    None when what it says and what the formula says of a shown person differ: that happens only when somebody
    changed something between two reads of the request, or by a fault.
    """
    matches = asked.scored(facts.values())
    shown = (*first.page, *first.head)
    if not all(one.person in matches and Placed.of(matches[one.person]) == one for one in shown):
        return None
    return Ranked(
        need=asked.need,
        plan=asked.plan,
        as_of=asked.as_of,
        concepts=asked.concepts,
        tally=first.tally,
        rows=tuple(matches[one.person] for one in first.page),
        head=tuple(matches[one.person] for one in first.head),
        ranks=first.ranks,
        left_out=first.left_out,
        facts=facts,
        about=about,
        places=_ranks(_placed(about.values()), first.tally),
        index=snapshot.snapshot.version,
    )


def _placed(matches: Iterable[Match]) -> tuple[Placed, ...]:
    """Where the ranked ones among these stand, in order."""
    return tuple(sorted(Placed.of(one) for one in matches if one.standing is Standing.RANKED))


def _ranks(places: Sequence[Placed], tally: Tally) -> dict[str, int]:
    if not tally.ranked:  # a need that asks for nothing has no ranking
        return {}
    return {place.person: ahead + 1 for place, ahead in zip(places, tally.ahead, strict=True)}


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


def needs_for_person(
    session: Session, person: Person, viewer: Viewer, as_of: date, *, and_waiting: bool = False
) -> PersonNeeds:
    """The open needs in scope that share a concept with the person, by the same function as need → people.

    Order: all met before some unknown, then the certain total, then the public id of the need.
    """
    similar = similarity_of(session)
    needs = open_needs_asking(session, viewer, _asked_around(claimed_skills(session, person), similar))
    concepts = concepts_around(session, wanted_ids(needs), similar)
    plans = [(need, prepare(need_spec(need, concepts), concepts.table)) for need in needs]
    codes = {one.skill for _need, plan in plans for one in plan.wanted}
    reads = Reads.of((plan.need for _need, plan in plans), concepts.ids_like(codes))
    found = person_facts(session, viewer, reads, as_of, Person.id == person.id, and_waiting=and_waiting)
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


def _asked_around(claimed: Collection[int], similar: Similarities) -> set[int]:
    """The concepts a need may ask for so that one of these claims earns points."""
    return {*claimed, *(asked for asked, line in similar.items() if not line.keys().isdisjoint(claimed))}
