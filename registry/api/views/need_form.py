"""What a program sends of a need, as the form on the screen would send it: one set of checks, one verdict for both."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import NoneType
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.rules import Viewer
from registry.api.schemas.needs import Conditions, NeedDraft, NeedPatch, SkillAsked
from registry.needs.forms import NeedChoices, NeedForm
from registry.needs.models import Need
from registry.needs.rules import KEEP, Part
from registry.needs.views.reading import ReadNeed, read_need, read_skills
from registry.needs.views.typed import typed_need, unit_text
from registry.needs.views.words import choices_offered
from registry.places.queries import unit_by_code
from registry.skills.queries import skill_by_code
from registry.web.i18n import gettext as _
from registry.web.problems import Refused

Typed = list[tuple[str, str]]
_ROW = re.compile(r"skills-(\d+)-(\w+)")
# Members whose fields are called otherwise on the form: how the names of these begin.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "place": ("workplace",),
    "skills": ("skills-", "skill_text"),
    "conditions": (
        "degree_rank",
        "condition_fields",
        "language_",
        "available_by",
        "scope_place",
        "evidence",
    ),
    "shares": ("share_",),
}
_WHERE: Mapping[str, str] = {
    "workplace": "/place",
    "skill_text": "/skills",
    "degree_rank": "/conditions/degree_rank",
    "condition_fields": "/conditions/fields",
    "language_1": "/conditions/languages/0/code",
    "language_rank_1": "/conditions/languages/0/rank",
    "language_2": "/conditions/languages/1/code",
    "language_rank_2": "/conditions/languages/1/rank",
    "available_by": "/conditions/available_by",
    "scope_place": "/conditions/place",
    "evidence": "/conditions/evidence",
} | {f"share_{part.value}": f"/shares/{part.value}" for part in Part}
_MEMBER_OF_ROW = {"typed": "text", "pick": "code", "seen": "text"}


def read_draft(session: Session, viewer: Viewer, draft: NeedDraft) -> ReadNeed:
    """What a new need says. Raises Refused with 422 and what to mend."""
    return _read(session, viewer, MultiDict(_typed(session, draft, type(draft).model_fields)))


def read_patch(session: Session, viewer: Viewer, need: Need, patch: NeedPatch) -> ReadNeed:
    """What a need says once these members are replaced. Raises Refused with 422 and what to mend."""
    given = patch.model_fields_set
    replaced = tuple(prefix for name in given for prefix in _FIELDS.get(name, (name,)))
    kept = [(name, value) for name, value in typed_need(need).items(multi=True) if not _is_of(name, replaced)]
    return _read(session, viewer, MultiDict([*kept, *_typed(session, patch, given)]))


def _is_of(name: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a field belongs to one of these: by its whole name, or by a beginning that ends where names are joined."""
    return any(name.startswith(one) if one.endswith(("-", "_")) else name == one for one in prefixes)


def _read(session: Session, viewer: Viewer, values: MultiDict[str, str]) -> ReadNeed:
    form = NeedForm(values, meta={"csrf": False})
    form.offer(NeedChoices(**choices_offered()))
    read = read_need(session, viewer, form, read_skills(session, form))
    if read is None:
        raise Refused(422, errors=[(_where(field), sentence) for field, sentence in form.error_list()])
    return read


def _where(field: str) -> str:
    """The pointer of the member that a field came from."""
    row = _ROW.fullmatch(field)
    if row is not None:
        return f"/skills/{row[1]}/{_MEMBER_OF_ROW.get(row[2], row[2])}"
    return _WHERE.get(field, f"/{field}")


def _typed(session: Session, said: NeedDraft | NeedPatch, members: Iterable[str]) -> Typed:
    """These members as fields of the form."""
    typed: Typed = []
    for name in members:
        value = getattr(said, name)
        if name == "skills":
            typed += _skills(session, value)
        elif name == "conditions":
            typed += _conditions(session, value)
        elif name == "shares":
            typed += [(f"share_{part.value}", str(getattr(value, part.value))) for part in Part]
        elif name == "place":
            typed += [("workplace", _place(session, value, "/place"))]
        else:
            typed += _plain(name, value)
    return typed


def _plain(name: str, value: Any) -> Typed:
    """A member of the name of its field."""
    kinds: Mapping[type, Callable[[Any], Typed]] = {
        list: lambda words: [(name, str(word)) for word in words],
        bool: lambda one: [(name, "y")] if one else [],
        NoneType: lambda _none: [(name, "")],
        date: lambda day: _date(name, day),
    }
    fill = next((fill for kind, fill in kinds.items() if isinstance(value, kind)), None)
    return [(name, str(value))] if fill is None else fill(value)


def _date(name: str, day: date | None) -> Typed:
    if day is None:
        return []
    return [(name, f"{day.day:02}"), (name, f"{day.month:02}"), (name, f"{day.year:04}")]


def _place(session: Session, code: str | None, where: str) -> str:
    """The unit of a code, as somebody would type it. Raises Refused for a code that no unit has today."""
    if code is None:
        return ""
    unit = unit_by_code(session, code)
    if unit is None or unit.parent_id is None:
        raise Refused(422, errors=[(where, _("Không có đơn vị hành chính nào hiện nay mang mã này"))])
    return unit_text(unit)


def _skills(session: Session, rows: list[SkillAsked]) -> Typed:
    typed: Typed = []
    for number, row in enumerate(rows):
        text, pick = _skill(session, row, f"/skills/{number}")
        typed += [
            (f"skills-{number}-typed", text),
            (f"skills-{number}-seen", text),
            (f"skills-{number}-pick", pick),
            (f"skills-{number}-level", "" if row.level is None else str(row.level)),
            (f"skills-{number}-minimum", "" if row.minimum is None else str(row.minimum)),
            (f"skills-{number}-weight", str(row.weight)),
            *([(f"skills-{number}-is_essential", "y")] if row.is_essential else []),
        ]
    return typed


def _skill(session: Session, row: SkillAsked, where: str) -> tuple[str, str]:
    """The text of a row and what is picked for it."""
    if row.code is None:
        if row.text is None:
            raise Refused(422, errors=[(where, _("Gửi «code» hoặc «text»"))])
        return row.text, KEEP if row.keep_text else ""
    skill = skill_by_code(session, row.code) if row.code.isprintable() else None
    if skill is None or skill.merged_into_id is not None:
        raise Refused(422, errors=[(f"{where}/code", _("Không có kỹ năng nào mang mã này"))])
    return row.text or skill.vi, skill.code


def _conditions(session: Session, said: Conditions) -> Typed:
    typed: Typed = [
        ("degree_rank", "" if said.degree_rank is None else str(said.degree_rank)),
        *(("condition_fields", code) for code in said.fields),
        *_date("available_by", said.available_by),
        ("scope_place", _place(session, said.place, "/conditions/place")),
        ("evidence", said.evidence or ""),
    ]
    for number, one in enumerate(said.languages, start=1):
        typed += [(f"language_{number}", one.code), (f"language_rank_{number}", str(one.rank))]
    return typed
