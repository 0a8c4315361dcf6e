"""A ranking in plain words for papers and files: who stands where with how many points and why, without markup and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from registry.matching.engine.reasons import Words, plain_text
from registry.matching.queries import Ranked, names_of
from registry.matching.views import cards
from registry.matching.views.asked import Asked


class RankedLine(NamedTuple):
    """One person (a public id) of a ranking: place, points in hundredths, those with all data, and why."""

    person: str
    rank: int
    certain: int
    potential: int
    why: str


@dataclass(frozen=True)
class RankingWords:
    """The rows of a ranking, what is tried out, and why others are excluded with how many."""

    rows: tuple[RankedLine, ...]
    trial: tuple[str, ...]
    excluded: tuple[tuple[str, int], ...]


def ranking_words(session: Session, found: Ranked, asked: Asked) -> RankingWords:
    """The words in the language of the page."""
    words = cards.words_for(session, found)
    rows = (
        RankedLine(
            match.person,
            rank,
            match.certain,
            match.potential,
            plain_text(words.lead(match, found.years_of(match.person))),
        )
        for rank, match in zip(found.ranks, found.rows, strict=True)
    )
    return RankingWords(
        tuple(rows),
        tuple(cards.trial_words(found, words, asked)),
        tuple((one["text"], one["count"]) for one in cards.excluded(found, words, asked)),
    )


def ranking_accounts(session: Session, found: Ranked) -> Mapping[str, str]:
    """By person (public id) why they stand where they stand, in the language of files."""
    words = Words(names_of(session, found.concepts, [found.plan.need]))
    return {row.person: words.account(row, found.years_of(row.person)) for row in found.rows}
