"""What concepts are called, by row id and by code: read once per version of the vocabulary and process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import Skill
from registry.skills.queries.versions import KeptVersions


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


_kept = KeptVersions[ConceptNames]()


def concept_names(session: Session) -> ConceptNames:
    """What the concepts of the present vocabulary are called."""
    return _kept.of(session, lambda _version: _read(session))


def _read(session: Session) -> ConceptNames:
    rows = session.execute(select(Skill.id, Skill.code, Skill.vi, Skill.en).order_by(Skill.code))
    named = [Named(*row, place=place) for place, row in enumerate(rows)]
    return ConceptNames({one.id: one for one in named}, {one.code: one for one in named})
