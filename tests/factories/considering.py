"""Shortlists with people on them, taken off them and put on by mistake, for searches that leave such people out."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from registry.accounts.rules import Viewer
from registry.matching.models import Shortlist, ShortlistEntry
from registry.matching.queries.considered import Considered, Source
from registry.matching.queries.search import Search
from registry.people.models import Person
from tests.factories.accounts import account
from tests.factories.worlds import World


def some_considered(world: World) -> Considered:
    """Lists of one owner with people on them, taken off them and put on by mistake; some or all are left out."""
    chance, session = world.chance, world.session
    owner = session.scalar(select(Shortlist.owner_id)) or account(session).id
    ids = session.scalars(select(Person.id).order_by(Person.id)).all()
    lists = [Shortlist(name="x", owner_id=owner) for _ in range(2)]
    session.add_all(lists)
    session.flush()
    for made in lists:
        for person_id in chance.sample(ids, len(ids) // 3):
            gone = chance.choice(({}, {}, {"removed_batch": "on"}, {"removed_batch": "off"}))
            if gone:
                gone |= {"removed_at": world.at(), "removed_by_id": owner}
            at = world.at() - timedelta(days=chance.choice((0, 20, 40, 400)))
            session.add(
                ShortlistEntry(
                    shortlist_id=made.id,
                    person_id=person_id,
                    added_at=at,
                    added_by_id=owner,
                    added_batch="on",
                    **gone,
                )
            )
    session.commit()
    chosen = chance.sample(lists, chance.randint(0, 1))
    return Considered(
        tuple(Source(one.id, one.public_id, one.name) for one in chosen),
        months=chance.choice((1, 3)) if not chosen or world.perhaps(0.5) else None,
    )


def owner_of_lists(world: World, search: Search, viewer: Viewer) -> Viewer:
    """The viewer as the owner of the lists whose people a search leaves out; now and then as somebody else."""
    owner = world.session.scalar(select(Shortlist.owner_id)) if search.considered else None
    return viewer if owner is None or world.perhaps(0.1) else replace(viewer, account_id=owner)
