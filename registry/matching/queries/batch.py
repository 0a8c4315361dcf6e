"""Many needs against everyone from one consistent read: what they have in common is read once.

Each answer is equal to that of `ranked` for the need alone. The facts of the people are read for all needs together,
or the index is opened once and only the people of its rows are read; then each need sees of them what it would have
read by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.engine.score import prepare
from registry.matching.queries.concepts import Concepts, concepts_around, narrowed
from registry.matching.queries.left_people import left_facts
from registry.matching.queries.needs import need_spec, wanted_ids
from registry.matching.queries.people import Reads, one_of, person_facts
from registry.matching.queries.rankings import Asking, First, Ranked, Window, by_index, by_reference, first_of
from registry.matching.queries.snapshots import Opened, opened
from registry.needs.models import Need
from registry.skills.queries import Similarities, similarity_of

_NEEDS_TOGETHER = 25
"""Needs whose shown people are read in one go: a few thousand ids at most."""

_MOST_HELD = 20_000
"""People whose facts are held between two such reads."""


@dataclass(frozen=True)
class _Common:
    """What all needs of a batch share."""

    session: Session
    viewer: Viewer
    as_of: date
    reads: Reads

    def facts(self, people: set[str]) -> dict[str, PersonFacts]:
        if not people:
            return {}
        found = person_facts(self.session, self.viewer, self.reads, self.as_of, only=one_of(people))
        return {one.public_id: one for one in found}


def ranked_each(
    session: Session, needs: Sequence[Need], viewer: Viewer, as_of: date, *, window: Window
) -> Iterator[Ranked]:
    """The ranking of each need, in their order. Call it before other reads of the session; `about` is not answered."""
    if not needs:
        return
    snapshot = opened(session, as_of)
    similar = similarity_of(session)
    whole = concepts_around(session, wanted_ids(needs), similar)
    asking = [_asking(session, need, whole, similar, viewer, as_of, window) for need in needs]
    specs = [one.plan.need for one in asking]
    common = _Common(
        session,
        viewer,
        as_of,
        Reads.of(specs, whole.ids_like(one.skill for spec in specs for one in spec.skills)),
    )
    yield from _by_reference(common, asking) if snapshot is None else _by_index(common, asking, snapshot)


def _asking(
    session: Session,
    need: Need,
    whole: Concepts,
    similar: Similarities,
    viewer: Viewer,
    as_of: date,
    window: Window,
) -> Asking:
    concepts = narrowed(whole, wanted_ids([need]), similar)
    spec = need_spec(need, concepts)
    reads = Reads.of([spec], concepts.ids_like(one.skill for one in spec.skills))
    plan = prepare(spec, concepts.table)
    return Asking(session, viewer, need, plan, concepts, reads, as_of, window)


def _by_reference(common: _Common, asking: Sequence[Asking]) -> Iterator[Ranked]:
    """Everybody's facts read once, every need through the formula."""
    everybody = person_facts(common.session, common.viewer, common.reads, common.as_of)
    for one in asking:
        yield by_reference(one, as_read(everybody, one.reads))


def _by_index(common: _Common, asking: Sequence[Asking], snapshot: Opened) -> Iterator[Ranked]:
    """The index asked for each need; the people of many needs' rows read in one go."""
    rest = left_facts(common.session, common.viewer, common.reads, common.as_of, snapshot)
    held: dict[str, PersonFacts] = {}
    waiting = iter(asking)
    while together := list(islice(waiting, _NEEDS_TOGETHER)):
        firsts = [first_of(one, snapshot, as_read(rest, one.reads)) for one in together]
        people = {person for first in firsts for person in first.people}
        if len(held) > _MOST_HELD:
            held.clear()
        held |= common.facts(people - held.keys())
        for one, first in zip(together, firsts, strict=True):
            yield _shown(one, snapshot, first, held)


def _shown(asked: Asking, snapshot: Opened, first: First, held: Mapping[str, PersonFacts]) -> Ranked:
    """The rows of one need; by the reference when the index and the formula do not agree."""
    people = [held[person] for person in sorted(first.people) if person in held]
    facts = {one.public_id: one for one in as_read(people, asked.reads)}
    found = by_index(asked, snapshot, first, facts, {})
    return by_reference(asked, asked.everybody()) if found is None else found


def as_read(people: Sequence[PersonFacts], reads: Reads) -> list[PersonFacts]:
    """The facts of these people as they would have been read for one need alone."""
    codes = frozenset(reads.skill_ids.values())
    return [
        replace(
            one,
            skills=tuple(claim for claim in one.skills if claim.skill in codes),
            experience=one.experience if reads.experience else (),
            education=one.education if reads.education else (),
            languages=one.languages if reads.languages else (),
            availability=one.availability if reads.availability else None,
            places=one.places if reads.places else None,
        )
        for one in people
    ]
