"""The full text of profiles, kept beside them to search in, and the columns it is made of.

One row a person, written by `keeping_text` alone. On SQLite an FTS5 table follows this one by triggers, on PostgreSQL
two GIN indexes stand on it (see the migration).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Integer, bindparam, literal_column, or_, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.db import Base, sort_text
from registry.people.models.claims import (
    Achievement,
    Education,
    Evidence,
    Experience,
    LanguageClaim,
    SkillClaim,
)
from registry.people.models.facets import CadreFacet, ExpertFacet
from registry.people.models.person import Person, PersonName
from registry.people.rules.full_text import ProfileText, TextField


class PersonText(Base):
    """The words of one profile, as `kept_words` gives them: those everybody may read who sees it, and the others.

    The number of the row is that of the person.
    """

    __tablename__ = "person_text"

    id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    open_words: Mapped[sort_text]
    closed_words: Mapped[sort_text]


_CURRENT_SKILL = (SkillClaim.valid_to.is_(None), or_(SkillClaim.level.is_(None), SkillClaim.level != 0))
_CURRENT_LANGUAGE = (LanguageClaim.valid_to.is_(None),)
_CURRENT_EXPERT = (ExpertFacet.valid_to.is_(None),)
_CURRENT_CADRE = (CadreFacet.valid_to.is_(None),)

_SOURCES: tuple[tuple[TextField, Any, tuple[ColumnElement[bool], ...]], ...] = (
    (TextField.NAME, Person.full_name, ()),
    (TextField.NAME, PersonName.full_name, ()),
    (TextField.HEADLINE, Person.headline, ()),
    (TextField.SKILL, SkillClaim.typed, _CURRENT_SKILL),
    (TextField.POST, Experience.title, ()),
    (TextField.EMPLOYER, Experience.organisation_text, ()),
    (TextField.DUTIES, Experience.description, ()),
    (TextField.WORK_PLACE, Experience.place_text, ()),
    (TextField.MAJOR, Education.major, ()),
    (TextField.SCHOOL, Education.school, ()),
    (TextField.CERTIFICATE, LanguageClaim.certificate, _CURRENT_LANGUAGE),
    (TextField.SUMMARY, Person.summary, ()),
    (TextField.ACHIEVEMENT, Achievement.title, ()),
    (TextField.ACHIEVEMENT, Achievement.level, ()),
    (TextField.ACHIEVEMENT, Achievement.role, ()),
    (TextField.EXPERTISE, ExpertFacet.expertise, _CURRENT_EXPERT),
    (TextField.OFFICE, CadreFacet.office, _CURRENT_CADRE),
    (TextField.OFFICE, CadreFacet.position, _CURRENT_CADRE),
    (TextField.OFFICE, CadreFacet.rank_name, _CURRENT_CADRE),
    (TextField.OFFICE, CadreFacet.organisation_text, _CURRENT_CADRE),
    (TextField.PAPER, Evidence.title, ()),
    (TextField.PAPER, Evidence.issuer, ()),
)
"""What a profile page shows of texts, in its order. Nothing that is sealed, no number of a paper, no place of birth."""


def _telling() -> Mapping[type, frozenset[str]]:
    found: defaultdict[type, set[str]] = defaultdict(set)
    for _field, column, conditions in _SOURCES:
        found[column.class_] |= {column.key, *(["valid_to"] if conditions else [])}
    found[SkillClaim].add("level")
    return {kind: frozenset(columns) for kind, columns in found.items()}


TELLING = _telling()
"""The tables whose rows a full text is made of, and the columns that matter to it."""


def told_of(session: Session, ids: Collection[int]) -> Mapping[int, list[ProfileText]]:
    """The texts of people by row id, in the order of a profile: one statement. Only people who exist are there."""
    found: dict[int, list[ProfileText]] = {}
    for person, place, _row, text in sorted(map(tuple, session.execute(_TEXTS, {"ids": list(ids)}))):
        found.setdefault(person, []).append(ProfileText(_SOURCES[place][0], text))
    return found


def told_by(rows: Mapping[type, Sequence[Mapping[str, Any]]]) -> list[ProfileText]:
    """The texts of somebody whose rows by table are these and no others, all of them current unless they say otherwise."""
    return [
        ProfileText(field, row[key])
        for field, kind, key in _PLACES
        for row in rows.get(kind, ())
        if row[key] and row.get("valid_to") is None and not (kind is SkillClaim and row["level"] == 0)
    ]


_PLACES: list[tuple[TextField, Any, str]] = [
    (field, column.class_, column.key) for field, column, _conditions in _SOURCES
]


def _part(place: int, column: Any, conditions: tuple[ColumnElement[bool], ...]) -> Any:
    """One column of some people. Whoever exists has a name, and so appears."""
    kind = column.class_
    owner = kind.id if kind is Person else kind.person_id
    return select(
        owner.label("person"),
        literal_column(str(place), Integer).label("place"),
        kind.id.label("row"),
        column.label("text"),
    ).where(owner.in_(bindparam("ids", expanding=True)), column != "", *conditions)


_TEXTS = union_all(
    *(_part(place, column, conditions) for place, (_field, column, conditions) in enumerate(_SOURCES))
)
