"""The blueprint of the room, and what its pages are asked for: which part of the country, which horizon, which subject."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, request
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_viewer, whole_viewer
from registry.accounts.rules import Permission, Scope
from registry.balance.forms.words import HIDDEN, UNSTATED_NAME
from registry.balance.queries.counting import Part
from registry.balance.queries.skills import skill_names
from registry.balance.rules import Horizon, Subject, SubjectKind, occupations, sectors
from registry.people.views.keepers import keeper_choices
from registry.places.queries import describe_unit, unit_by_path
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

bp = Blueprint("balance", __name__)
_LONGEST = 40
_LONGEST_PATH = 200


@dataclass(frozen=True)
class Asked:
    """What a page counts. `is_own`: the viewer may open every record that is counted, so nothing is hidden."""

    part: Part
    horizon: Horizon
    is_own: bool

    @property
    def args(self) -> dict[str, Any]:
        """The same as it stands in an address."""
        found = {"dia-ban": self.part.unit_path, "ky-han": self.horizon.value}
        return {key: value for key, value in found.items() if value}


def asked() -> Asked:
    """What the address asks for. Raises NotVisible for a unit outside the viewer's scopes.

    Whoever may open some records sees those alone. Whoever may open none is told of all their scopes at once and of one
    horizon: parts and differences would tell of few people.
    """
    viewer, unit_path = current_viewer(), request.args.get("dia-ban", "")[:_LONGEST_PATH]
    if not unit_path and len(viewer.scopes) == 1:
        unit_path = viewer.scopes[0].unit_path
    scopes = _narrowed(viewer.scopes, unit_path)
    own = _readable(scopes)
    if own:
        wanted = request.args.get("ky-han")
        horizon = Horizon(wanted) if wanted in set(Horizon) else Horizon.SHORT
        return Asked(Part(replace(viewer, scopes=tuple(own)), unit_path), horizon, is_own=True)
    if not scopes or _readable(viewer.scopes):
        raise NotVisible
    only = viewer.scopes[0].unit_path if len(viewer.scopes) == 1 else ""
    return Asked(Part(viewer, only), Horizon.LONG, is_own=False)


def _readable(scopes: Iterable[Scope]) -> list[Scope]:
    """Those of these scopes where the viewer may open every record."""
    wide = whole_viewer().scopes_for(Permission.PEOPLE_READ)
    return [one for one in scopes if any(own.covers(one.unit_path, one.organisation_path) for own in wide)]


def _narrowed(scopes: Iterable[Scope], unit_path: str) -> list[Scope]:
    """The scopes inside a unit; none where they do not meet, or the path is none."""
    try:
        Scope(unit_path)
    except ValueError:
        return []
    return [
        Scope(max(one.unit_path, unit_path, key=len), one.organisation_path)
        for one in scopes
        if one.unit_path.startswith(unit_path) or unit_path.startswith(one.unit_path)
    ]


def asked_subject() -> Subject | None:
    """The subject in the address; None: all. Raises NotVisible for one that is none."""
    kind, code = request.args.get("loai"), request.args.get("ma", "")
    if kind is None:
        return None
    if kind not in set(SubjectKind) or len(code) > _LONGEST or not code.isascii() or not code.isprintable():
        raise NotVisible
    return Subject(SubjectKind(kind), code)


def unit_choices(session: Session) -> list[tuple[str, Any]]:
    """The units a page may be narrowed to, the whole of the viewer's scopes first."""
    found = keeper_choices(session, current_viewer())
    return found if len(found) == 1 else [("", _("Mọi địa bàn của bạn")), *found]


def place_name(session: Session, unit_path: str) -> str:
    """What a part of the country is called."""
    if not unit_path:
        return _("Mọi địa bàn của bạn")
    unit = unit_by_path(session, unit_path)
    return unit_path if unit is None else describe_unit(session, unit, locale=current_language())


def subject_names(session: Session, subjects: Sequence[Subject]) -> dict[Subject, str]:
    """What subjects are called; one statement, where there are skills among them."""
    skills = skill_names(session, [one.code for one in subjects if one.kind is SubjectKind.SKILL])
    names = {SubjectKind.OCCUPATION: occupations(), SubjectKind.SECTOR: sectors(), SubjectKind.SKILL: skills}
    return {one: names[one.kind].get(one.code) or one.code or str(UNSTATED_NAME) for one in subjects}


def subject_name(session: Session, subject: Subject) -> str:
    """What one subject is called."""
    return subject_names(session, [subject])[subject]


def number(value: int | None, *, is_hidden: bool = False) -> str:
    """A count in the language of the page; one that is hidden says so."""
    return str(HIDDEN) if value is None and is_hidden else formats.number(value, 0, current_language())


def signed(value: int | None, *, is_hidden: bool = False) -> str:
    """A difference with its sign."""
    return str(HIDDEN) if value is None and is_hidden else formats.signed(value, 0, current_language())
