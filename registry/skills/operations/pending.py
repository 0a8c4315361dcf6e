"""Texts that named no concept are kept and counted, wherever they were typed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.bulk import texts_of
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
    term_id = keep_pending_terms(session, [text], where)[text]
    term = session.get_one(PendingTerm, term_id, populate_existing=True)
    session.expire(term, ["sightings"])
    return term


def keep_pending_terms(session: Session, texts: Sequence[str], where: str) -> dict[str, int]:
    """The same for many texts of one page, each counted as often as it stands there; their numbers by text."""
    folded = {text: _folded(text) for text in texts}
    counts = Counter(folded[text] for text in texts)
    spelled = {folded[text]: text for text in reversed(texts)}
    if not counts:
        return {}
    # In one order, so that no two importers wait for each other.
    _count_terms(session, {key: (spelled[key], counts[key]) for key in sorted(counts)})
    wanted = select(PendingTerm.folded, PendingTerm.id).where(
        PendingTerm.folded.in_(texts_of(session, counts))
    )
    ids: dict[str, int] = {row[0]: row[1] for row in session.execute(wanted)}
    _count_sightings(session, {ids[key]: counts[key] for key in sorted(counts)}, where)
    return {text: ids[key] for text, key in folded.items()}


def _folded(text: str) -> str:
    return match_key(text)[:LONGEST_TERM] or nfc(text).casefold()[:LONGEST_TERM]


def _count_terms(session: Session, terms: Mapping[str, tuple[str, int]]) -> None:
    rows = [
        {
            "public_id": new_public_id(),
            "text": nfc(text)[:LONGEST_TERM],
            "folded": folded,
            "count": count,
            "state": PendingState.WAITING,
        }
        for folded, (text, count) in terms.items()
    ]
    table: Any = PendingTerm.__table__
    added = _upsert(session)(table)
    added = added.on_conflict_do_update(
        index_elements=["folded"], set_={"count": table.c.count + added.excluded["count"]}
    )
    session.execute(added, rows)


def _count_sightings(session: Session, counts: Mapping[int, int], where: str) -> None:
    table: Any = PendingSighting.__table__
    added = _upsert(session)(table)
    added = added.on_conflict_do_update(
        index_elements=["pending_term_id", "place"],
        set_={"count": table.c.count + added.excluded["count"]},
    )
    rows = [{"pending_term_id": term, "place": where, "count": count} for term, count in counts.items()]
    session.execute(added, rows)


def _upsert(session: Session) -> type[postgresql.Insert] | type[sqlite.Insert]:
    dialect = session.get_bind().dialect.name
    return postgresql.Insert if dialect == "postgresql" else sqlite.Insert
