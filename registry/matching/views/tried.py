"""A trial beside the ranking of the need as it is saved: who stood where, who is new because of the trial.

Reads what it is handed, asks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from registry import formats
from registry.matching.engine.changes import Move, Row
from registry.matching.engine.outcome import Match, Standing
from registry.matching.engine.reasons import Words
from registry.matching.queries import Ranked
from registry.matching.queries.rankings import HEAD_ROWS
from registry.matching.views import cards, shifts
from registry.web.i18n import gettext as _

LEADING = 5
"""So many of both heads are shown beside each other, and so many who are new further down."""


@dataclass(frozen=True)
class At:
    """Where somebody stands: the place in words, hundredths of points where they count for one."""

    place: str
    points: int | None = None


@dataclass(frozen=True)
class Leading:
    """Somebody at the head before or after."""

    name: str
    before: At
    after: At
    mark: Markup


def asked_about(found: Ranked) -> tuple[str, ...]:
    """Whose former place is asked for: everybody on the page and at the head."""
    return tuple(dict.fromkeys(row.person for row in (*found.rows, *found.head)))


def at_the_head(before: Ranked, found: Ranked) -> list[Match]:
    """Who leads now, who is new at the head because of the trial, and who led before and no longer does."""
    now = found.head[:LEADING]
    new = [row for row in found.head[LEADING:] if before.rank_of(row.person) is None][:LEADING]
    shown = {row.person for row in now}
    return [*now, *new, *(row for row in before.head[:LEADING] if row.person not in shown)]


def leading(before: Ranked, found: Ranked, people: Mapping[str, Any], words: Words) -> list[Leading]:
    """The heads of both rankings; `people` are those that may be shown, by public id."""
    return [
        Leading(
            people[row.person]["name"],
            _before(before, row.person, words),
            _after(found, row.person),
            Markup("") if (move := _move(before, found, row.person)) is None else shifts.mark(move),
        )
        for row in at_the_head(before, found)
        if row.person in people
    ]


def shown_beside(
    person: dict[str, Any], before: Ranked, found: Ranked, row: Match, rank: int, words: Words
) -> dict[str, Any]:
    """The person of a card with the mark and the sentence of what the trial changed; unchanged, as it was."""
    stood = before.rank_of(row.person)
    match = before.match_of(row.person)
    if stood is None or match is None:
        said = _("Trước khi thử: %(how)s.", how=_why_not(match, words))
        move = Move(row.person, None, _row(found, row, rank), ())
    elif (stood, match.certain) == (rank, row.certain):
        return person
    else:
        points = formats.points(match.certain)
        said = _("Trước khi thử: hạng %(rank)s, %(points)s điểm.", rank=stood, points=points)
        move = Move(row.person, _row(found, match, stood), _row(found, row, rank), ())
    return {**person, "shift": shifts.mark(move), "shift_note": said}


def _before(before: Ranked, person: str, words: Words) -> At:
    row = _placed(before, person)
    if row is not None:
        return At(_("hạng %(rank)s", rank=row.rank), row.certain)
    return At(_why_not(before.match_of(person), words))


def _after(found: Ranked, person: str) -> At:
    row = _placed(found, person)
    if row is None:
        return At(_("ngoài %(count)s người đầu", count=HEAD_ROWS))
    return At(_("hạng %(rank)s", rank=row.rank), row.certain)


def _move(before: Ranked, found: Ranked, person: str) -> Move | None:
    after = _placed(found, person)
    return None if after is None else Move(person, _placed(before, person), after, ())


def _placed(ranking: Ranked, person: str) -> Row | None:
    """The place of somebody who was asked about, or who is at the head."""
    match, rank = ranking.match_of(person), ranking.rank_of(person)
    if match is not None and rank is not None:
        return _row(ranking, match, rank)
    at_head = enumerate(ranking.head, start=1)
    return next((_row(ranking, row, place) for place, row in at_head if row.person == person), None)


def _row(ranking: Ranked, match: Match, rank: int) -> Row:
    return Row(rank, match.person, match.certain, ranking.facts.get(match.person))


def _why_not(match: Match | None, words: Words) -> str:
    """Why somebody had no place."""
    if match is None:
        return _("chưa được xét")
    if match.standing is Standing.EXCLUDED:
        return _("bị loại, %(why)s", why="; ".join(cards.failed_texts(match, words)))
    return _("chưa đủ dữ liệu")
