"""What concepts are called, by row id and by code: read once per version of the vocabulary and process."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import Skill
from registry.skills.queries.vocabulary import vocabulary_version


class Named(NamedTuple):
    """A concept, whatever its state. `place` is where its code stands in the order of the database."""

    id: int
    code: str
    vi: str
    en: str
    place: int


@dataclass(frozen=True)
class ConceptNames:
    """All concepts there are. Shared by all who ask: nobody may change it."""

    by_id: Mapping[int, Named]
    by_code: Mapping[str, Named]


# As with the vocabulary itself: a version is a random name, and the last few serve whoever still sees an older one.
_KEPT_VERSIONS = 3
_kept: dict[str, ConceptNames] = {}
_lock = Lock()


def concept_names(session: Session) -> ConceptNames:
    """What the concepts of the present vocabulary are called."""
    version = vocabulary_version(session)
    with _lock:
        found = _kept.get(version)
    if found is None:
        found = _read(session)
        # Where every statement sees a moment of its own, a change committed in between would lie under the old name.
        if version and vocabulary_version(session) == version:
            with _lock:
                while len(_kept) >= _KEPT_VERSIONS:
                    _kept.pop(next(iter(_kept)))
                _kept[version] = found
    return found


def _read(session: Session) -> ConceptNames:
    rows = session.execute(select(Skill.id, Skill.code, Skill.vi, Skill.en).order_by(Skill.code))
    named = [Named(*row, place=place) for place, row in enumerate(rows)]
    return ConceptNames({one.id: one for one in named}, {one.code: one for one in named})
