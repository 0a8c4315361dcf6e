"""What a person does, can do and wishes, from the cells of a row: facets, study, work, skills, availability. Pure."""

from typing import Any

from registry.exchange.rules import words
from registry.exchange.rules.cells import RowReader
from registry.exchange.rules.languages import read_language
from registry.exchange.rules.locations import country_of, home_place
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.skills import SkillMention, doubt_pending, each_once, skill_reader
from registry.people.rules import (
    AcademicTitle,
    AcceptedPlaceDraft,
    AvailabilityDraft,
    AvailabilityState,
    CadreDraft,
    CadreKind,
    EducationDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    LanguageDraft,
    OverseasDraft,
    PlaceDraft,
    PlaceKind,
    parse_degree,
    split_titles,
)
from registry.people.rules.problems import N_, Problem
from registry.text import fold

_TITLES_IN_NAMES = {"GS": AcademicTitle.PROFESSOR, "PGS": AcademicTitle.ASSOCIATE_PROFESSOR}
_ONLY_FOR_CADRES = Problem(
    "only_for_cadres", N_("Chỉ lưu với cán bộ, công chức, viên chức: ghi cột «Đối tượng»")
)


def read_experts(row: RowReader, kinds: list[Any]) -> tuple[ExpertDraft, ...]:
    """The person as an expert; a professor is one even when the row does not say so."""
    title = row.choice("academic_title", words.TITLES) or _title_in_name(row)
    named = [kind for kind in kinds if isinstance(kind, ExpertKind)]
    if title is not None and not named:
        named = [ExpertKind.EXPERT]
    return tuple(ExpertDraft(kind, academic_title=title) for kind in named)


def _title_in_name(row: RowReader) -> AcademicTitle | None:
    titles, _name = split_titles(row.cell("full_name").text)
    return next((_TITLES_IN_NAMES[title] for title in titles if title in _TITLES_IN_NAMES), None)


def read_cadres(row: RowReader, kinds: list[Any]) -> tuple[CadreDraft, ...]:
    """The person as cán bộ, công chức or viên chức, with what only they have."""
    named = [kind for kind in kinds if isinstance(kind, CadreKind)]
    theory = row.choice("political_theory", words.POLITICAL)
    management = row.choice("state_management", words.MANAGEMENT)
    rank = row.text("civil_rank")
    if not named:
        for key in ("political_theory", "state_management", "civil_rank"):
            if row.cell(key).text:
                row.doubt(key, _ONLY_FOR_CADRES)
        return ()
    known = words.CIVIL_RANKS.get(rank)
    return tuple(
        CadreDraft(
            kind=kind,
            organisation_text=row.text("organisation"),
            position=row.text("position"),
            rank_code=known.code if known else "",
            rank_name=known.vi if known else rank,
            political_theory_rank=theory,
            state_management_rank=management,
        )
        for kind in named
    )


def read_overseas(row: RowReader, kinds: list[Any], residence: PlaceDraft) -> tuple[OverseasDraft, ...]:
    """The person as somebody who lives abroad."""
    is_abroad = residence.country is not None
    if words.OVERSEAS in kinds and not is_abroad and not row.is_refused("residence"):
        row.refuse("country", Problem("country_missing", N_("Ghi nước cư trú của người ở nước ngoài")))
    return (OverseasDraft(residence.country),) if residence.country is not None else ()


def read_education(row: RowReader, lookups: Lookups) -> tuple[EducationDraft, ...]:
    """The highest degree."""
    degree = row.read("degree", parse_degree)
    field = row.read("study_field", words.parse_field)
    country = row.read("school_country", lambda text: country_of(lookups, text))
    ended = row.dated("graduated")
    if ended is not None and ended.earliest > lookups.today:
        row.refuse("graduated", Problem("future_date", N_("Ngày tốt nghiệp không được sau hôm nay")))
    draft = EducationDraft(
        degree_rank=degree.rank if degree else None,
        degree_code=degree.code if degree else "",
        field_code=field.code if field else None,
        major=row.text("major"),
        school=row.text("school"),
        school_country=country,
        ended=ended,
        classification=row.choice("classification", words.CLASSIFICATIONS),
    )
    return () if draft == EducationDraft() else (draft,)


def read_experience(row: RowReader, lookups: Lookups) -> tuple[ExperienceDraft, ...]:
    """The present post. It goes on; without a beginning its length is unknown and counts for nothing."""
    field = row.read("work_field", words.parse_field)
    started = row.dated("position_since")
    if started is not None and started.earliest > lookups.today:
        row.refuse("position_since", Problem("future_date", N_("Ngày vào vị trí không được sau hôm nay")))
    draft = ExperienceDraft(
        title=row.text("position"),
        organisation_text=row.text("organisation"),
        field_code=field.code if field else None,
        started=started,
        is_ongoing=True,
    )
    return () if draft == ExperienceDraft(is_ongoing=True) else (draft,)


def read_languages(row: RowReader) -> tuple[LanguageDraft, ...]:
    """Each language once, the first mention wins."""
    kept: dict[str, LanguageDraft] = {}
    for draft in row.entries("languages", read_language):
        kept.setdefault(draft.language, draft)
        if draft.rank is None and draft.certificate:
            level = {"level": draft.certificate}
            row.doubt(
                "languages",
                Problem("language_level_unknown", N_("Chưa hiểu bậc «%(level)s»; đã giữ nguyên chữ"), level),
            )
    return tuple(kept.values())


def read_skills(row: RowReader, lookups: Lookups) -> list[SkillMention]:
    """Each skill once; texts that name no concept for sure are kept and said so."""
    found = row.entries("skills", skill_reader(row, "skills", lookups))
    for one in found:
        if one.answer.skill_id is None:
            doubt_pending(row, "skills", one)
        elif one.answer.needs_confirmation:
            said = {"typed": one.typed, "name": one.answer.name}
            row.doubt(
                "skills",
                Problem("unsure_skill", N_("«%(typed)s» được hiểu là «%(name)s»; cần xác nhận"), said),
            )
    return each_once(found, fold)


def read_availability(row: RowReader, lookups: Lookups) -> AvailabilityDraft | None:
    """What the person said about being free; None when nothing was said."""
    state = row.choice("availability", words.AVAILABILITY)
    from_on = row.day("available_from")
    forms = frozenset(row.choices("forms", words.FORMS))
    if state is None and from_on is None and not forms:
        return None
    return AvailabilityDraft(lookups.today, state or AvailabilityState.AVAILABLE, from_on, forms)


def read_accepted(row: RowReader, lookups: Lookups) -> tuple[AcceptedPlaceDraft, ...]:
    """Where the person said they accept work."""

    def parse(text: str) -> AcceptedPlaceDraft | Problem:
        found = words.ACCEPTED.get(text) or home_place(lookups, text)
        if isinstance(found, PlaceDraft):
            return AcceptedPlaceDraft(PlaceKind.UNIT, found.unit_id, found.unit_path)
        return found

    return tuple(dict.fromkeys(row.entries("accepted", parse)))
