"""Needs in words: what pages show of posts, skills, conditions and shares. Nothing here decides anything."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from registry import formats
from registry.needs.forms import NeedForm
from registry.needs.forms.labels import (
    CONDITION_LABELS,
    EVIDENCE_LABELS,
    GROUP_LABELS,
    LANGUAGE_RANK_LABELS,
    PART_LABELS,
    RANK_LABELS,
    WORK_FORM_LABELS,
)
from registry.needs.models import Need, NeedCondition
from registry.needs.rules import KEEP, ConditionKind, Part, Understood, shares_in_force
from registry.needs.views.reading import SkillLine, scale_of
from registry.needs.views.typed import GROUPS, unit_text
from registry.people.rules.vocabulary import field_of_code, language_of_code, vocabulary
from registry.skills.models import Skill
from registry.skills.rules import ANCHORS, LevelScale, highest_level, level_of
from registry.web import edits
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

Pair = tuple[str, Any]


def choices_offered() -> dict[str, list[tuple[str, Any]]]:
    """The lists of other rooms that the form offers, in the language of the page."""
    lists = vocabulary()
    return {
        "fields": [(one.code, _local(one)) for one in lists.fields],
        "forms": [(str(form), label) for form, label in WORK_FORM_LABELS.items()],
        "languages": [(one.code, _local(one)) for one in lists.languages],
    }


def skill_name(skill: Skill) -> str:
    """The concept in the language of the page."""
    return skill.en if current_language() == "en" and skill.en else skill.vi


def need_facts(need: Need, today: date) -> list[Pair]:
    """The strip under the title, without the state."""
    facts: list[Pair] = [(_("Số người cần"), formats.number(need.headcount, locale=current_language()))]
    facts.append((_("Cần trước ngày"), _expected(need, today)))
    if need.estimated_days:
        facts.append((_("Thời lượng"), _("%(days)d ngày làm việc", days=need.estimated_days)))
    facts.append(
        (_("Hình thức"), ", ".join(str(WORK_FORM_LABELS[form]) for form in _known_forms(need)) or _("Bất kỳ"))
    )
    facts.append((_("Nơi làm việc"), _workplace(need)))
    if need.legal_basis:
        facts.append((_("Căn cứ"), need.legal_basis))
    return facts


def _expected(need: Need, today: date) -> str:
    if need.expected_on is None:
        return formats.missing
    shown = formats.date(need.expected_on, locale=current_language())
    days = (need.expected_on - today).days
    if need.closed_on is not None:
        return shown
    if days < 0:
        return _("%(date)s (quá hạn %(days)d ngày)", date=shown, days=-days)
    return _("%(date)s (còn %(days)d ngày)", date=shown, days=days)


def _workplace(need: Need) -> str:
    place = unit_text(need.unit)
    if place and need.organisation is not None and need.unit_id == need.organisation.unit_id:
        place = _("%(place)s (nơi đặt cơ quan, đơn vị)", place=place)
    if need.is_remote:
        return _("%(place)s hoặc từ xa", place=place) if place else _("Từ xa")
    return place or formats.missing


def _known_forms(need: Need) -> list[Any]:
    return [form for form in WORK_FORM_LABELS if form in need.forms]


def skill_lines(need: Need) -> list[dict[str, Any]]:
    """The wanted skills for the table of requirements."""
    return [
        {
            "name": skill_name(row.skill) if row.skill else row.typed,
            "typed": row.typed if row.skill and row.typed not in {row.skill.vi, row.skill.en} else "",
            "is_pending": row.skill is None,
            "is_essential": row.is_essential,
            "level": level_of(scale_of(row.skill), row.level),
            "highest": highest_level(scale_of(row.skill)),
            "minimum": level_of(scale_of(row.skill), row.minimum or row.level),
            "weight": row.weight,
        }
        for row in need.skills
    ]


def scored_lines(need: Need) -> list[Pair]:
    """What counts for points beside skills; a part the need does not ask for says so."""
    not_asked = _("Không yêu cầu")
    return [
        (_("Kinh nghiệm"), _experience(need) or not_asked),
        (_("Trình độ"), _qualification(need) or not_asked),
        (_("Sẵn sàng nhận việc"), _availability(need) or not_asked),
        (_("Nơi làm việc"), _workplace(need) if need.unit_path or need.is_remote else not_asked),
    ]


def _experience(need: Need) -> str:
    if not need.experience_years:
        return ""
    if not need.experience_field:
        return _("Từ %(years)d năm, lĩnh vực nào cũng được", years=need.experience_years)
    return _(
        "Từ %(years)d năm: %(field)s", years=need.experience_years, field=field_names([need.experience_field])
    )


def _qualification(need: Need) -> str:
    if need.qualification_rank is None:
        return ""
    rank = str(RANK_LABELS[need.qualification_rank])
    fields = field_names(need.qualification_fields)
    return _("%(rank)s, ngành: %(fields)s", rank=rank, fields=fields) if fields else rank


def _availability(need: Need) -> str:
    parts = [str(WORK_FORM_LABELS[form]) for form in _known_forms(need)]
    if need.start_on:
        parts.insert(
            0, _("Nhận việc trước %(date)s", date=formats.date(need.start_on, locale=current_language()))
        )
    return "; ".join(parts)


def condition_lines(need: Need) -> list[Pair]:
    """The hard conditions besides essential skills."""
    return [(str(CONDITION_LABELS[row.kind]), _condition(row)) for row in need.conditions]


def _condition(row: NeedCondition) -> str:
    match row.kind:
        case ConditionKind.DEGREE:
            return _("%(rank)s trở lên", rank=RANK_LABELS[row.rank or 1])
        case ConditionKind.FIELD:
            return field_names(row.field_codes)
        case ConditionKind.LANGUAGE:
            language = language_of_code(row.language or "")
            name = _local(language) if language else row.language or ""
            return _(
                "%(language)s, %(level)s trở lên", language=name, level=LANGUAGE_RANK_LABELS[row.rank or 1]
            )
        case ConditionKind.AVAILABLE:
            return formats.date(row.by_on, locale=current_language())
        case ConditionKind.SCOPE:
            return unit_text(row.unit)
        case ConditionKind.EVIDENCE:
            return str(EVIDENCE_LABELS[row.evidence or "attached"])


def share_lines(need: Need) -> list[dict[str, Any]]:
    """The five parts with the share in force, and what the need wrote where that differs."""
    in_force = shares_in_force(need.shares, need.asked)
    return [
        {
            "label": str(PART_LABELS[part]),
            "share": share,
            "written": written,
            "is_asked": is_asked,
            "is_waiting": part is Part.SKILLS and not is_asked and bool(need.skills),
            "colour": f"k{number}",
        }
        for number, (part, share, written, is_asked) in enumerate(
            zip(Part, in_force, need.shares, need.asked, strict=True), start=1
        )
    ]


def row_words(line: SkillLine) -> dict[str, Any]:
    """A row of the skills form with what it was understood as, in words."""
    return {
        "row": line.row.form,
        "how": line.reading.how,
        "name": skill_name(line.skill) if line.skill else "",
        "is_same": line.skill is not None and line.row.form.typed.data in {line.skill.vi, line.skill.en},
        "step": _step_words().get(line.reading.step, ""),
        "choices": [(skill.code, skill_name(skill)) for skill in line.choices],
        "picked": line.row.form.pick.data or (KEEP if line.reading.how is Understood.UNKNOWN else ""),
        "keep": KEEP,
        "highest": highest_level(scale_of(line.skill)),
    }


def _step_words() -> dict[str, str]:
    """How the resolver came to a concept."""
    return {
        "alias": _("tên gọi khác"),
        "abbreviation": _("viết tắt"),
        "folded": _("gõ không dấu"),
        "joined": _("viết liền hoặc tách"),
        "expanded": _("viết tắt trong tên"),
        "decoded": _("gõ Telex, VNI"),
        "reordered": _("khác thứ tự từ"),
        "fuzzy": _("gần giống"),
        "initials": _("chữ đầu"),
        "contained": _("nằm trong tên dài hơn"),
    }


def level_meanings() -> list[tuple[int, str]]:
    """What the levels of the general scale mean, for «Bậc nào là gì?»."""
    return [(level, _(words)) for level, words in enumerate(ANCHORS[LevelScale.GENERAL])][1:]


def conflict_rows(theirs: NeedForm, mine: NeedForm, opened_with: str) -> list[dict[str, Any]]:
    """The two versions part by part, for choosing between them; `opened_with` tells who changed a part."""
    rows: list[dict[str, Any]] = []
    for name in GROUPS:
        saved, typed = _group_words(theirs, name), _group_words(mine, name)
        rows.append(
            edits.row(
                GROUP_LABELS[name], name, (saved, typed), edits.changed(name, typed, saved, opened_with)
            )
        )
    return rows


def group_marks(form: NeedForm) -> str:
    """The parts a form is opened with, marked for a later comparison."""
    return edits.marks({name: _group_words(form, name) for name in GROUPS})


def _group_words(form: NeedForm, group: str) -> str:
    if group == "skills":
        return "; ".join(_row_text(row.form) for row in form.rows())
    prefixes = GROUPS[group]
    fields: Iterable[Any] = (field for field in form if field.name.startswith(prefixes))
    said = [(field, _field_words(field)) for field in fields]
    own_label = str(GROUP_LABELS[group])
    return "; ".join(
        words if len(said) == 1 or str(field.label.text) == own_label else f"{field.label.text}: {words}"
        for field, words in said
        if words
    )


def _row_text(fields: Any) -> str:
    level = f" ({fields.level.data})" if fields.level.data else ""
    kind = _("bắt buộc") if fields.is_essential.data else _("mong muốn")
    minimum = _(", tối thiểu bậc %(level)s", level=fields.minimum.data) if fields.minimum.data else ""
    return _(
        "%(skill)s%(level)s, %(kind)s, trọng số %(weight)s%(minimum)s",
        skill=fields.typed.data, level=level, kind=kind, weight=fields.weight.data, minimum=minimum,
    )  # fmt: skip


def _field_words(field: Any) -> str:
    if field.type == "DateBoxes":
        return "/".join(part for part in field.parts if part)
    if field.type == "BooleanField":
        return _("có") if field.data else ""
    if field.type in {"SelectField", "SelectMultipleField"}:
        return _chosen_words(field)
    value: Any = field.data
    if value is None:
        value = field.raw_data[0] if field.raw_data else ""
    return str(value)


def _chosen_words(field: Any) -> str:
    data: Any = field.data
    chosen = cast("list[str]", data) if isinstance(data, list) else [data]
    return ", ".join(str(one.label) for one in field.choices if one.value and one.value in chosen)


def field_names(codes: Iterable[str]) -> str:
    """The fields of study and work with these codes, in the language of the page."""
    found = (field_of_code(code) for code in codes)
    return ", ".join(_local(one) for one in found if one is not None)


def _local(term: Any) -> str:
    return term.en if current_language() == "en" and term.en else term.vi
