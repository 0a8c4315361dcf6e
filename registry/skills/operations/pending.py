"""Texts that named no concept are kept and counted, wherever they were typed."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.skills.models import PendingSighting, PendingTerm
from registry.skills.rules import PendingState
from registry.text import match_key, nfc

LONGEST_TERM = 200


def keep_pending(session: Session, text: str, where: str) -> PendingTerm:
    """Keep a text that named no concept, or count it once more; `where` says what kind of record it stood in.

    The text is expected to be clean already (`registry.text.clean`); it is cut at 200 characters. Two
    importers that meet the same text at once add up. The write is part of the record that held the text,
    which is what the audit tells of.
    """
    folded = match_key(text)[:LONGEST_TERM] or nfc(text).casefold()[:LONGEST_TERM]
    term_id = _count_term(session, nfc(text)[:LONGEST_TERM], folded)
    _count_sighting(session, term_id, where)
    term = session.get_one(PendingTerm, term_id, populate_existing=True)
    session.expire(term, ["sightings"])
    return term


def _count_term(session: Session, text: str, folded: str) -> int:
    values = {
        "public_id": new_public_id(),
        "text": text,
        "folded": folded,
        "count": 1,
        "state": PendingState.WAITING,
    }
    table = PendingTerm.__table__
    added = _upsert(session)(PendingTerm).values(values)
    added = added.on_conflict_do_update(index_elements=["folded"], set_={"count": table.c.count + 1})
    return session.execute(added.returning(PendingTerm.id)).scalar_one()


def _count_sighting(session: Session, term_id: int, where: str) -> None:
    table = PendingSighting.__table__
    added = _upsert(session)(PendingSighting).values(pending_term_id=term_id, place=where, count=1)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["pending_term_id", "place"], set_={"count": table.c.count + 1}
        )
    )


def _upsert(session: Session) -> type[postgresql.Insert] | type[sqlite.Insert]:
    dialect = session.get_bind().dialect.name
    return postgresql.Insert if dialect == "postgresql" else sqlite.Insert
