"""Reading a sent form: typed skills, places and organisations become concepts, units and rows, or questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.needs.forms import NeedForm
from registry.needs.rules import (
    DEFAULT_LEVEL,
    MAX_ESSENTIAL,
    MAX_SKILLS,
    Asked,
    AskedTwice,
    ConditionKind,
    ConditionTerms,
    NeedKind,
    NeedTerms,
    Reading,
    SkillTerms,
    Understood,
    check_skills,
    understand,
)
from registry.organisations.models import Organisation
from registry.organisations.queries import organisations_named
from registry.places.queries import resolve_place
from registry.places.rules import Place
from registry.skills.models import Skill
from registry.skills.queries import skills_by_code, vocabulary
from registry.skills.resolver import Context, Vocabulary, resolve
from registry.skills.rules import LevelScale, highest_level, level_of, parse_skill_list, rank_of
from registry.text import fold
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

# More rows than this are refused before any is resolved; a page never sends so many.
MOST_ROWS = 3 * MAX_SKILLS


@dataclass(frozen=True)
class SkillLine:
    """One row of skills: its fields, what it was understood as, and the concept when there is one."""

    row: Any
    reading: Reading
    skill: Skill | None
    choices: list[Skill]


@dataclass(frozen=True)
class ReadNeed:
    """What a valid form says."""

    terms: NeedTerms
    skills: list[SkillTerms]
    conditions: list[ConditionTerms]


def take_in_text(form: NeedForm) -> None:
    """Turn the free text «tên (bậc); tên (bậc)» into rows; a text with an error stays where it is."""
    field = form.skill_text
    if not field.data or not field.validate(form):
        return
    typed = parse_skill_list(field.data)
    if len(typed) + len(form.skills) > MOST_ROWS:
        add_error(field, _("Nhập tối đa %(most)d kỹ năng", most=MAX_SKILLS))
        return
    for one in typed:
        level = "" if one.level is None else str(one.level)
        form.skills.append_entry({"typed": one.text, "level": level})
    field.data = ""


def read_skills(session: Session, form: NeedForm) -> list[SkillLine]:
    """Resolve every row that has a text. Two queries at most, however many rows."""
    rows = list(form.rows())
    if not rows:
        return []
    words = vocabulary(session)
    texts = [str(row.form.typed.data) for row in rows]
    readings = [_reading(row, number, texts, words) for number, row in enumerate(rows)]
    codes = {code for reading in readings for code in (reading.code, *reading.candidates) if code}
    known = skills_by_code(session, sorted(codes))
    return [_line(row, reading, known) for row, reading in zip(rows, readings, strict=True)]


def _reading(row: Any, number: int, texts: list[str], words: Vocabulary) -> Reading:
    """What one row means beside the others. A refused text, or one of far too many rows, is not looked at."""
    fields, text = row.form, texts[number]
    if not fields.typed.validate(fields) or number >= MOST_ROWS:
        return Reading(Understood.UNKNOWN)
    neighbours = (*texts[:number], *texts[number + 1 :])
    answer = resolve(text, words, context=Context(neighbours=neighbours))
    return understand(answer, fields.pick.data or "", is_current=fields.seen.data == text)


def _line(row: Any, reading: Reading, known: dict[str, Skill]) -> SkillLine:
    fields = row.form
    fields.seen.data = fields.typed.data
    fields.pick.data = fields.pick.data if reading.how in {Understood.CHOSEN, Understood.KEPT} else ""
    skill = known.get(reading.code or "")
    if not fields.level.data and not (reading.must_choose and reading.rank):
        # A level read from the text is on a scale that only the choice of the concept tells.
        scale = scale_of(skill)
        fields.level.data = str(level_of(scale, reading.rank or rank_of(scale, DEFAULT_LEVEL)))
    return SkillLine(row, reading, skill, [known[code] for code in reading.candidates if code in known])


def read_need(
    session: Session, viewer: Viewer, form: NeedForm, lines: list[SkillLine], *, must_say_when: bool = False
) -> ReadNeed | None:
    """What the form says, or None with the errors on its fields. The need must lie in the viewer's scopes."""
    is_valid = form.shape_is_valid(must_say_when=must_say_when)
    skills = _skill_terms(form, lines)
    organisation = organisation_of(session, viewer, form.organisation)
    workplace = place_of(session, form.workplace)
    scope_place = place_of(session, form.scope_place)
    if not is_valid or skills is None or form.errors:
        return None
    terms = terms_said(form, organisation, workplace)
    if not any(scope.covers(terms.unit_path, terms.organisation_path) for scope in viewer.scopes):
        add_error(form.workplace, _("Nơi làm việc hoặc đơn vị này ngoài phạm vi của bạn"))
        return None
    return ReadNeed(terms, skills, conditions_said(form, scope_place))


def _skill_terms(form: NeedForm, lines: list[SkillLine]) -> list[SkillTerms] | None:
    """The skills as terms; None with errors while a question is open or too much is asked."""
    for line in lines:
        _check_line(line)
    if form.skill_text.data and not form.skill_text.errors:
        add_error(form.skill_text, _("Nhập tối đa %(most)d kỹ năng", most=MAX_SKILLS))
    if form.skill_text.errors or any(line.row.form.errors for line in lines):
        return None
    terms = [line_terms(line) for line in lines]
    try:
        check_skills(terms)
    except AskedTwice as twice:
        repeated = [line for line in lines if line.row.form.typed.data == twice.typed]
        add_error(repeated[-1].row.form.typed, _("Kỹ năng này đã có ở dòng khác. Giữ một dòng"))
        return None
    except Asked:
        essential = sum(row.is_essential for row in terms)
        add_error(
            form.skill_text,
            _("Chọn tối đa %(most)d kỹ năng bắt buộc, bây giờ là %(now)d", most=MAX_ESSENTIAL, now=essential)
            if len(terms) <= MAX_SKILLS
            else _("Nhập tối đa %(most)d kỹ năng, bây giờ là %(now)d", most=MAX_SKILLS, now=len(terms)),
        )
        return None
    return terms


def _check_line(line: SkillLine) -> None:
    fields = line.row.form
    if not fold(fields.typed.data):
        add_error(fields.typed, _("Nhập tên kỹ năng bằng chữ"))
    elif line.reading.must_choose:
        sentence = _("«%(typed)s»: chọn kỹ năng bạn muốn nói, hoặc giữ nguyên chữ", typed=fields.typed.data)
        add_error(fields.typed, sentence)
    highest = highest_level(scale_of(line.skill))
    for field in (fields.level, fields.minimum):
        if field.data and field.data.isdigit() and int(field.data) > highest:
            add_error(field, _("Kỹ năng này có bậc từ 1 đến %(highest)d", highest=highest))
    if fields.is_essential.data and not (fields.level.errors or fields.minimum.errors):
        _check_minimum(fields)


def _check_minimum(fields: Any) -> None:
    """An essential skill cannot be asked for at a higher level than the one that earns all its points."""
    level = int(fields.level.data or DEFAULT_LEVEL)
    if fields.minimum.data and int(fields.minimum.data) > level:
        add_error(fields.minimum, _("Chọn bậc tối thiểu không cao hơn bậc cần là %(level)d", level=level))


def line_terms(line: SkillLine) -> SkillTerms:
    """One row of skills whose fields hold what they may hold."""
    fields, scale = line.row.form, scale_of(line.skill)
    return SkillTerms(
        typed=fields.typed.data,
        skill_id=line.skill.id if line.skill else None,
        level=rank_of(scale, int(fields.level.data or DEFAULT_LEVEL)),
        weight=int(fields.weight.data),
        is_essential=bool(fields.is_essential.data),
        minimum=rank_of(scale, int(fields.minimum.data)) if fields.minimum.data else None,
    )


def organisation_of(session: Session, viewer: Viewer, field: Any) -> Organisation | None:
    """The organisation of a name, or of «tên, đơn vị cấp trên»; those in the viewer's sight come first."""
    if not field.data or field.errors:
        return None
    found = organisations_meant(session, field.data, viewer) or organisations_meant(session, field.data, None)
    if len(found) == 1:
        return found[0]
    if not found:
        add_error(field, _("Chưa có đơn vị tên này. Gõ tên như trong danh sách đơn vị"))
    else:
        example = organisation_text(found[0])
        sentence = _(
            "Có %(count)d đơn vị tên này. Ghi thêm đơn vị cấp trên, ví dụ «%(example)s»",
            count=len(found),
            example=example,
        )
        add_error(field, sentence)
    return None


def organisations_meant(session: Session, text: str, viewer: Viewer | None) -> Sequence[Organisation]:
    """The organisations a text may mean, by name alone or by name and the one above."""
    found = organisations_named(session, text, viewer)
    name, comma, above = text.rpartition(",")
    if found or not comma:
        return found
    named = organisations_named(session, name, viewer)
    return [one for one in named if one.parent is not None and fold(one.parent.name) == fold(above)]


def organisation_text(organisation: Organisation | None) -> str:
    """An organisation with the one above it, as it can be typed again."""
    if organisation is None:
        return ""
    return f"{organisation.name}, {organisation.parent.name}" if organisation.parent else organisation.name


def place_of(session: Session, field: Any) -> Place | None:
    """The unit a text names; an error on the field when it names none."""
    if not field.data or field.errors:
        return None
    answer = resolve_place(session, field.data)
    if answer.unit is None:
        add_error(field, answer.words(current_language()))
    return answer.unit


def terms_said(form: NeedForm, organisation: Organisation | None, workplace: Place | None) -> NeedTerms:
    """What the form says beside skills and conditions. Without a workplace the organisation's own unit is it."""
    unit_id, unit_path = (workplace.id, workplace.path) if workplace else (None, "")
    if workplace is None and organisation is not None:
        unit_id, unit_path = organisation.unit_id, organisation.unit_path
    return NeedTerms(
        title=text_of(form.title),
        description=text_of(form.description),
        kind=NeedKind(form.kind.data),
        headcount=form.headcount.data or 1,
        estimated_days=form.estimated_days.data,
        deliverable=text_of(form.deliverable),
        organisation_id=organisation.id if organisation else None,
        organisation_path=organisation.path if organisation else "",
        unit_id=unit_id,
        unit_path=unit_path,
        is_remote=bool(form.is_remote.data),
        expected_on=form.expected_on.data,
        start_on=form.start_on.data,
        forms=tuple(form.forms.data or ()),
        legal_basis=text_of(form.legal_basis),
        note=text_of(form.note),
        experience_years=form.experience_years.data,
        experience_field=form.experience_field.data or None,
        qualification_rank=number_of(form.qualification_rank),
        qualification_fields=tuple(form.qualification_fields.data or ()),
        shares=tuple(field.data or 0 for field in form.share_fields()),
    )


def conditions_said(form: NeedForm, scope_place: Place | None) -> list[ConditionTerms]:
    """The hard conditions beside essential skills."""
    found: list[ConditionTerms] = []
    if rank := number_of(form.degree_rank):
        found.append(ConditionTerms(ConditionKind.DEGREE, rank=rank))
    if form.condition_fields.data:
        found.append(ConditionTerms(ConditionKind.FIELD, field_codes=tuple(form.condition_fields.data)))
    for language, level in ((form.language_1, form.language_rank_1), (form.language_2, form.language_rank_2)):
        if language.data:
            found.append(
                ConditionTerms(ConditionKind.LANGUAGE, language=language.data, rank=number_of(level))
            )
    if form.available_by.data:
        found.append(ConditionTerms(ConditionKind.AVAILABLE, by_on=form.available_by.data))
    if scope_place:
        found.append(ConditionTerms(ConditionKind.SCOPE, unit_id=scope_place.id, unit_path=scope_place.path))
    if form.evidence.data:
        found.append(ConditionTerms(ConditionKind.EVIDENCE, evidence=form.evidence.data))
    return found


def scale_of(skill: Skill | None) -> LevelScale:
    """The scale of the concept; a text without a concept is on the general one."""
    return LevelScale(skill.scale) if skill else LevelScale.GENERAL


def text_of(field: Any) -> str:
    """What a text field holds; nothing typed is the empty text."""
    return field.data or ""


def number_of(field: Any) -> int | None:
    """The number chosen in a select; nothing chosen is None."""
    return int(field.data) if field.data else None


def add_error(field: Any, sentence: str) -> None:
    """Put one more sentence on a field."""
    field.errors = [*field.errors, sentence]
