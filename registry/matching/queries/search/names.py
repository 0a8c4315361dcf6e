"""Names typed with a slip: candidates that share trigrams, graded letter by letter. Only people who may be named."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import add

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import named_condition, named_like, told_in_text, visible_condition
from registry.people.queries.narrowing import NAMES
from registry.people.rules.full_text import asked_text
from registry.text import fold

_MOST_TRIGRAMS = 30
_MOST_CANDIDATES = 200
_MOST_LIKELY = 20
_SHORTEST = 4
_LEAST_SHARE = 0.4
_LEAST_TOKEN = 66.0
_LEAST_NAME = 84.0
_WHOLE_LENGTH = 2


def likely_names(session: Session, viewer: Viewer, words: str, *, on: date) -> tuple[int, ...]:
    """Ids of people the words may name although no name holds them; none when some name or full text does.

    Graded: every typed word must be like one word of the name, short ones equal to it.
    """
    folded = fold(words)
    grams = _trigrams(folded)
    if len(folded) < _SHORTEST or not grams or any(sign.isdigit() for sign in folded):
        return ()
    seen = visible_condition(viewer, PurposeCode.MATCHING, on=on)
    asked = asked_text(words)
    for said in (told_in_text(viewer, asked) if asked else None, named_like(viewer, words)):
        if said is not None and session.scalar(select(Person.id).where(said, seen).limit(1)) is not None:
            return ()
    shared: ColumnElement[int] = reduce(add, [_holds(gram) for gram in grams])
    near = (
        select(NAMES.c.id, shared.label("shared"))
        .where(shared >= max(2, int(len(grams) * _LEAST_SHARE)))
        .cte("near")
    )
    candidates = session.execute(
        select(Person.id, Person.folded_name)
        .join(near, near.c.id == Person.id)
        .where(visible_condition(viewer, PurposeCode.MATCHING, on=on), named_condition(viewer))
        .order_by(near.c.shared.desc(), Person.public_id)
        .limit(_MOST_CANDIDATES)
    )
    graded = sorted((-_likeness(folded, name), number) for number, name in candidates)
    return tuple(number for grade, number in graded[:_MOST_LIKELY] if -grade >= _LEAST_NAME)


def _holds(gram: str) -> ColumnElement[int]:
    return case((NAMES.c.folded_name.contains(gram, autoescape=True), 1), else_=0)


def _trigrams(folded: str) -> list[str]:
    padded = folded
    found = dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2))
    return list(found)[:_MOST_TRIGRAMS]


def _likeness(typed: str, name: str) -> float:
    """The average likeness of the typed words to their nearest words of the name; 0 where one has none."""
    grades = [_nearest(word, name.split(" ")) for word in typed.split(" ")]
    return 0.0 if min(grades) < _LEAST_TOKEN else sum(grades) / len(grades)


def _nearest(word: str, others: Iterable[str]) -> float:
    if len(word) <= _WHOLE_LENGTH:
        return 100.0 if word in others else 0.0
    return max((fuzz.ratio(word, other) for other in others), default=0.0)
