"""How each kind of dated row goes into its form and out of it; `entries` has the views for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from registry.organisations.queries import find_organisation
from registry.people.forms.entries import (
    AchievementForm,
    AffinityForm,
    CadreForm,
    EducationForm,
    ExperienceForm,
    ExpertForm,
    FacetForm,
    OverseasForm,
)
from registry.people.forms.words import chosen
from registry.people.models import (
    Achievement,
    Affinity,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    OverseasFacet,
)
from registry.people.operations.entries import Entry, EntryDraft
from registry.people.rules import (
    AcademicTitle,
    AchievementDraft,
    AchievementKind,
    CadreDraft,
    CadreKind,
    Classification,
    EducationDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    OverseasDraft,
    ReturnIntent,
    RightToStay,
    StudyMode,
    degree_of_code,
    vocabulary,
)
from registry.people.rules.doi import doi_of
from registry.people.views.resolving import read_country, read_foreign_or_home_place
from registry.people.views.ties import tie_draft, tie_values
from registry.places.queries import country_name
from registry.web.edits import EditForm
from registry.web.i18n import current_language
from registry.web.i18n import lazy_gettext as _l

# Zones people know by a city; the whole list has several hundred.
_ZONES = sorted(
    zone
    for zone in available_timezones()
    if zone.split("/")[0] in {"Asia", "Europe", "America", "Australia", "Africa", "Pacific"}
)


@dataclass(frozen=True)
class EntrySection:
    """One kind of row: its address, its words, its form, and the two ways between form and row."""

    slug: str
    model: type[Entry]
    form: type[EditForm]
    noun: Any
    values: Callable[[Any], Mapping[str, Any]]
    draft: Callable[[Session, Any], EntryDraft | None]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _country(code: str | None) -> str:
    return country_name(code, current_language()) if code else ""


def _education_values(row: Education) -> Mapping[str, Any]:
    return {
        "started": row.started,
        "ended": row.ended,
        "degree": row.degree_code,
        "field_code": row.field_code or "",
        "major": row.major,
        "school": row.school,
        "school_country": _country(row.school_country),
        "is_completed": row.is_completed,
        "mode": _text(row.mode),
        "classification": _text(row.classification),
        "recognition_number": row.recognition_number,
    }


def education_draft(_session: Session, form: EducationForm) -> EducationDraft | None:
    """A course of study from its validated form."""
    country = read_country(form.school_country)
    degree = degree_of_code(form.degree.data)
    if country is None or degree is None:
        return None
    return EducationDraft(
        degree_rank=degree.rank,
        degree_code=degree.code,
        field_code=form.field_code.data or None,
        major=form.major.data or "",
        school=form.school.data or "",
        school_country=country or None,
        started=form.started.data,
        ended=form.ended.data,
        is_completed=bool(form.is_completed.data),
        mode=chosen(StudyMode, form.mode.data),
        classification=chosen(Classification, form.classification.data),
        recognition_number=form.recognition_number.data or "",
    )


def _experience_values(row: Experience) -> Mapping[str, Any]:
    return {
        "started": row.started,
        "ended": row.ended,
        "title": row.title,
        "organisation": row.organisation_text,
        "field_code": row.field_code or "",
        "is_ongoing": row.is_ongoing,
        "country": _country(row.country),
        "place": row.place_text,
        "description": row.description,
    }


def experience_draft(session: Session, form: ExperienceForm) -> ExperienceDraft | None:
    """A post from its validated form; an organisation of the registry is linked by its name."""
    place = read_foreign_or_home_place(session, form.place, form.country)
    if place is None:
        return None
    text = form.organisation.data or ""
    organisation = find_organisation(session, text) if text else None
    return ExperienceDraft(
        title=form.title.data or "",
        organisation_text=text,
        organisation_id=None if organisation is None else organisation.id,
        field_code=form.field_code.data or None,
        place=place,
        started=form.started.data,
        ended=form.ended.data,
        is_ongoing=bool(form.is_ongoing.data),
        description=form.description.data or "",
    )


def _achievement_values(row: Achievement) -> Mapping[str, Any]:
    return {
        "kind": row.kind.value,
        "title": row.title,
        "level": row.level,
        "role": row.role,
        "decision_number": row.decision_number,
        "doi": row.doi,
        "when": row.when,
    }


def achievement_draft(_session: Session, form: AchievementForm) -> AchievementDraft:
    return AchievementDraft(
        kind=AchievementKind(form.kind.data),
        title=form.title.data or "",
        level=form.level.data or "",
        role=form.role.data or "",
        decision_number=form.decision_number.data or "",
        doi=doi_of(form.doi.data or ""),
        when=form.when.data,
    )


def _dates(form: FacetForm) -> dict[str, date | None]:
    return {"valid_from": form.valid_from.day, "valid_to": form.valid_to.day}


def _expert_values(row: ExpertFacet) -> Mapping[str, Any]:
    return {
        "kind": row.kind.value,
        "academic_title": _text(row.academic_title),
        "expertise": row.expertise,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def expert_draft(_session: Session, form: ExpertForm) -> ExpertDraft:
    """The expert facet from its validated form."""
    return ExpertDraft(
        kind=ExpertKind(form.kind.data),
        academic_title=chosen(AcademicTitle, form.academic_title.data),
        expertise=form.expertise.data or "",
        **_dates(form),
    )


def _cadre_values(row: CadreFacet) -> Mapping[str, Any]:
    hundredths = row.coefficient_hundredths
    return {
        "kind": row.kind.value,
        "organisation": row.organisation_text,
        "office": row.office,
        "position": row.position,
        "rank_code": row.rank_code,
        "step": row.step,
        "coefficient": "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02d}",
        "political_theory": _text(row.political_theory_rank),
        "state_management": _text(row.state_management_rank),
        "recruited_on": row.recruited_on,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def cadre_draft(session: Session, form: CadreForm) -> CadreDraft:
    """The cadre facet from its validated form."""
    text = form.organisation.data or ""
    organisation = find_organisation(session, text) if text else None
    ranks = {one.code: one.vi for one in vocabulary().civil_ranks}
    return CadreDraft(
        kind=CadreKind(form.kind.data),
        organisation_id=None if organisation is None else organisation.id,
        organisation_text=text,
        office=form.office.data or "",
        position=form.position.data or "",
        rank_code=form.rank_code.data or "",
        rank_name=ranks.get(form.rank_code.data or "", ""),
        step=form.step.data,
        coefficient_hundredths=form.coefficient_hundredths,
        political_theory_rank=_rank(form.political_theory.data),
        state_management_rank=_rank(form.state_management.data),
        recruited_on=form.recruited_on.day,
        **_dates(form),
    )


def _rank(code: str | None) -> int | None:
    return int(code) if code else None


def _overseas_values(row: OverseasFacet) -> Mapping[str, Any]:
    return {
        "country": _country(row.country),
        "right_to_stay": _text(row.right_to_stay),
        "return_intent": _text(row.return_intent),
        "time_zone": row.time_zone,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def overseas_draft(_session: Session, form: OverseasForm) -> OverseasDraft | None:
    """The overseas facet from its validated form."""
    country = read_country(form.country)
    if not country:
        return None
    return OverseasDraft(
        country=country,
        right_to_stay=chosen(RightToStay, form.right_to_stay.data),
        return_intent=chosen(ReturnIntent, form.return_intent.data),
        time_zone=form.time_zone.data or "",
        **_dates(form),
    )


def zone_choices() -> list[tuple[str, Any]]:
    """Time zones to choose from."""
    return [("", _l("Chưa nêu")), *((zone, zone.replace("_", " ")) for zone in _ZONES)]


SECTIONS: Mapping[str, EntrySection] = {
    section.slug: section
    for section in (
        EntrySection("hoc-van", Education, EducationForm, _l("học vấn"), _education_values, education_draft),
        EntrySection(
            "kinh-nghiem", Experience, ExperienceForm, _l("kinh nghiệm"), _experience_values, experience_draft
        ),
        EntrySection(
            "thanh-tich",
            Achievement,
            AchievementForm,
            _l("thành tích"),
            _achievement_values,
            achievement_draft,
        ),
        EntrySection("gan-bo", Affinity, AffinityForm, _l("gắn bó với địa phương"), tie_values, tie_draft),
        EntrySection(
            "chuyen-gia", ExpertFacet, ExpertForm, _l("đối tượng chuyên gia"), _expert_values, expert_draft
        ),
        EntrySection(
            "can-bo",
            CadreFacet,
            CadreForm,
            _l("đối tượng cán bộ, công chức, viên chức"),
            _cadre_values,
            cadre_draft,
        ),
        EntrySection(
            "o-nuoc-ngoai",
            OverseasFacet,
            OverseasForm,
            _l("đối tượng ở nước ngoài"),
            _overseas_values,
            overseas_draft,
        ),
    )
}
