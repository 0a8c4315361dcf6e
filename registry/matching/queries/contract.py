"""The documents of `registry match` and `registry score`: the ranking and its rows as plain JSON values."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.reasons import Words
from registry.matching.engine.rows import match_row, ranked_rows
from registry.matching.engine.score import FORMULA_VERSION
from registry.matching.queries.naming import names_of
from registry.matching.queries.rankings import Ranked, Window, ranked
from registry.needs.models import Need


def match_document(
    session: Session, need: Need, viewer: Viewer, as_of: date, *, top: int | None = None, start: int = 0
) -> dict[str, Any]:
    """A ranking, whole or `top` rows of it after the first `start`; points in hundredths, excluded people by the text of
    the condition they fail.
    """
    found = ranked(session, need, viewer, as_of, window=Window(start, top))
    words = Words(names_of(session, found.concepts, [found.plan.need]))
    tally = found.tally
    return {
        "need": need.public_id,
        "formula": FORMULA_VERSION,
        "index": found.index,
        "as_of": as_of.isoformat(),
        "considered": tally.considered,
        "not_enough_data": tally.not_enough_data,
        "excluded": _by_text(found, words, tally.excluded),
        "excluded_people": tally.excluded_people,
        "relaxations": _by_text(found, words, tally.relaxations),
        "rows": ranked_rows(found.rows, words.condition_text, first=start + 1),
    }


def score_document(
    session: Session, need: Need, person: str, viewer: Viewer, as_of: date
) -> dict[str, Any] | None:
    """The row of one person, the same that the ranking has; `rank` is None for somebody who is not ranked.

    None for a person the viewer may not match.
    """
    found = ranked(session, need, viewer, as_of, window=Window(count=0, about=(person,)))
    match = found.match_of(person)
    if match is None:
        return None
    words = Words(names_of(session, found.concepts, [found.plan.need]))
    return match_row(match, found.rank_of(person), words.condition_text)


def _by_text(found: Ranked, words: Words, counts: Mapping[str, int]) -> dict[str, int]:
    by_text: Counter[str] = Counter()
    for key, condition in found.plan.named_conditions():
        if key in counts:
            by_text[words.condition(condition)] += counts[key]
    return dict(by_text)
