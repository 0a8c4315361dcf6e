"""A row of the sheet «Nhu cầu» → the terms of a draft need and what is to be mended. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.exchange.rules import words
from registry.exchange.rules.cells import LINE_LIMIT, NAME_LIMIT, Cell, RowReader
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.languages import read_language
from registry.exchange.rules.locations import unit_of
from registry.exchange.rules.lookups import Lookups, doubt_old_name
from registry.exchange.rules.skills import SkillMention, doubt_pending, each_once, skill_reader
from registry.needs.rules import (
    DEFAULT_LEVEL,
    DESCRIPTION_LIMIT,
    EXTERNAL_ID_LIMIT,
    MAX_ESSENTIAL,
    MAX_EXPERIENCE_YEARS,
    MAX_HEADCOUNT,
    MAX_SKILLS,
    MAX_WEIGHT,
    NOTE_LIMIT,
    TITLE_LIMIT,
    ConditionKind,
    ConditionTerms,
    NeedKind,
    NeedTerms,
    SkillTerms,
)
from registry.people.rules import LanguageDraft, parse_degree
from registry.people.rules.problems import N_, Problem
from registry.places.rules import Place
from registry.text import fold


@dataclass(frozen=True)
class NeedRow:
    """What a row says. `terms` is None when an error keeps the row out; `organisation` is a name to find or make."""

    terms: NeedTerms | None
    skills: tuple[SkillTerms, ...]
    conditions: tuple[ConditionTerms, ...]
    organisation: str
    external_id: str | None
    findings: tuple[Finding, ...]


def read_need_row(cells: Mapping[str, Cell], lookups: Lookups) -> NeedRow:
    """Read one row. Needs come in as drafts: nothing is opened by a file."""
    row = RowReader(cells)
    unit = _workplace(row, lookups)
    degree = row.read("degree", parse_degree)
    field = row.read("experience_field", words.parse_field)
    terms = NeedTerms(
        title=_title(row),
        description=row.text("description", limit=DESCRIPTION_LIMIT, multiline=True),
        kind=row.choice("kind", words.NEED_KINDS) or NeedKind.POSITION,
        headcount=row.whole("headcount", 1, MAX_HEADCOUNT) or 1,
        unit_id=unit.id if unit else lookups.office.unit_id,
        unit_path=unit.path if unit else lookups.office.unit_path,
        is_remote=row.choice("remote", words.YES_NO) or False,
        expected_on=row.day("expected_on"),
        start_on=row.day("start_on"),
        forms=tuple(str(form) for form in row.choices("forms", words.FORMS)),
        legal_basis=row.text("legal_basis", limit=LINE_LIMIT),
        note=row.text("note", limit=NOTE_LIMIT, multiline=True),
        experience_years=row.whole("experience_years", 1, MAX_EXPERIENCE_YEARS),
        experience_field=field.code if field else None,
        qualification_rank=degree.rank if degree else None,
        qualification_fields=tuple(
            dict.fromkeys(one.code for one in row.entries("study_fields", words.parse_field))
        ),
    )
    skills = _skills(row, lookups)
    conditions = _conditions(row)
    organisation = row.text("organisation", limit=NAME_LIMIT)
    external_id = row.text("external_id", limit=EXTERNAL_ID_LIMIT) or None
    findings = tuple(row.findings)
    return NeedRow(None if row.has_errors else terms, skills, conditions, organisation, external_id, findings)


def _title(row: RowReader) -> str:
    title = row.text("title", limit=TITLE_LIMIT)
    if not title and not row.is_refused("title"):
        row.refuse("title", Problem("empty_title", N_("Nhập tên nhu cầu")))
    return title


def _workplace(row: RowReader, lookups: Lookups) -> Place | None:
    def parse(text: str) -> Place | Problem:
        unit = unit_of(lookups, text)
        if isinstance(unit, Place) and not lookups.is_in_scope(unit.path):
            return Problem(
                "out_of_scope", N_("Bạn không lập nhu cầu cho nơi này. Ghi nơi thuộc đơn vị của bạn")
            )
        return unit

    found = row.read("workplace", parse)
    doubt_old_name(row, "workplace", lookups)
    return found


def _skills(row: RowReader, lookups: Lookups) -> tuple[SkillTerms, ...]:
    """Essential skills first; a skill in both columns is essential."""
    essential = _mentions(row, "essential", lookups)
    desirable = _mentions(row, "desirable", lookups)
    both = each_once([*essential, *desirable], fold)
    if sum(one in essential for one in both) > MAX_ESSENTIAL:
        row.refuse(
            "essential",
            Problem("too_many", N_("Ghi không quá %(most)d kỹ năng bắt buộc"), {"most": MAX_ESSENTIAL}),
        )
    if len(both) > MAX_SKILLS:
        row.refuse(
            "desirable", Problem("too_many", N_("Ghi không quá %(most)d kỹ năng"), {"most": MAX_SKILLS})
        )
    return tuple(
        SkillTerms(
            one.typed,
            one.answer.skill_id,
            level=DEFAULT_LEVEL if one.rank is None else one.rank,
            weight=1 if one.weight is None else one.weight,
            is_essential=one in essential,
        )
        for one in both
    )


def _mentions(row: RowReader, key: str, lookups: Lookups) -> list[SkillMention]:
    """The skills of a column. A text that is only probably a concept waits for a curator, as the need would ask
    everybody for the wrong thing."""

    read = skill_reader(row, key, lookups)

    def parse(entry: str) -> SkillMention | Problem:
        found = read(entry)
        if isinstance(found, Problem):
            return found
        if found.rank == 0:
            return Problem("level_zero", N_("Bậc cần có phải từ 1 trở lên"))
        if found.weight is not None and not 1 <= found.weight <= MAX_WEIGHT:
            return Problem("weight_out_of_range", N_("Trọng số phải từ 1 đến %(most)d"), {"most": MAX_WEIGHT})
        return found

    found = row.entries(key, parse)
    for one in found:
        if one.answer.skill_id is None:
            doubt_pending(row, key, one)
    return found


def _conditions(row: RowReader) -> tuple[ConditionTerms, ...]:
    conditions: list[ConditionTerms] = []
    degree = row.read("degree_required", parse_degree)
    if degree is not None:
        conditions.append(ConditionTerms(ConditionKind.DEGREE, rank=degree.rank))
    asked: dict[str, LanguageDraft] = {}
    for draft in row.entries("languages_required", read_language):
        if not draft.rank:
            row.refuse(
                "languages_required",
                Problem("language_level_missing", N_("Ghi bậc ngoại ngữ, ví dụ Tiếng Anh (B2)")),
            )
        asked.setdefault(draft.language, draft)
    conditions.extend(
        ConditionTerms(ConditionKind.LANGUAGE, language=draft.language, rank=draft.rank)
        for draft in asked.values()
    )
    return tuple(conditions)
