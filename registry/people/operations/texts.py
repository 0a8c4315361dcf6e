"""The full texts of people entered before there were any. Everybody else's follow their rows by themselves."""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from registry.people.models import NOTED, Person, PersonText, keep_text, note_changed
from registry.people.rules.full_text import headline_words

_AT_ONCE = 5_000


def keep_missing_texts(session: Session) -> int:
    """Write the full texts that are missing, and the headlines of the same people with their marks; how many.

    One to two minutes a hundred thousand people with long profiles.
    """
    missing = (
        select(Person.id, Person.headline, Person.folded_headline)
        .outerjoin(PersonText, PersonText.id == Person.id)
        .where(PersonText.id.is_(None))
        .order_by(Person.id)
        .limit(_AT_ONCE)
    )
    count = 0
    while rows := session.execute(missing).all():
        _write_headlines(
            session, [(row.id, headline_words(row.headline), row.folded_headline) for row in rows]
        )
        keep_text(session, [row.id for row in rows])
        count += len(rows)
    return count


def _write_headlines(session: Session, rows: list[tuple[int, str, str]]) -> None:
    """Headlines to look into, where they are kept in an earlier form."""
    changed = {person: words for person, words, held in rows if words != held}
    if not changed:
        return
    table: Any = Person.__table__
    written = update(table).where(table.c.id == bindparam("who")).values(folded_headline=bindparam("words"))
    note_changed(session, changed)
    new = [{"who": person, "words": words} for person, words in changed.items()]
    session.execute(written, new, execution_options={NOTED: True})
