"""A row of the sheet «Ứng viên» → a person's draft and what is to be mended. Pure: the registry is asked by lookups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from registry.consents.rules import PurposeCode
from registry.exchange.rules import people_columns as words
from registry.exchange.rules.cells import TEXT_LIMIT, Cell, Finding, RowReader
from registry.exchange.rules.languages import read_language
from registry.exchange.rules.lookups import Lookups, Office, doubt_old_name, province_of
from registry.exchange.rules.skills import SkillMention, each_once, skill_reader
from registry.people.rules import (
    NO_PLACE,
    AcademicTitle,
    AcceptedPlaceDraft,
    AvailabilityDraft,
    AvailabilityState,
    CadreDraft,
    CadreKind,
    ConsentDraft,
    ContactDraft,
    ContactKind,
    EducationDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    LegalBasis,
    OverseasDraft,
    PersonDraft,
    PlaceDraft,
    PlaceKind,
    SelfDraft,
    check_identity_number,
    identity_warnings,
    normalise_email,
    normalise_phone,
    parse_birth_date,
    parse_degree,
    parse_name,
    parse_sex,
    parse_years,
    split_titles,
    vocabulary,
)
from registry.people.rules.problems import Problem
from registry.people.rules.vocabulary import StudyField, Term, field_by_name
from registry.text import fold

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOME = "VN"
_IDENTITY_DIGITS = 12
_TITLES_IN_NAMES = {"GS": AcademicTitle.PROFESSOR, "PGS": AcademicTitle.ASSOCIATE_PROFESSOR}


@dataclass(frozen=True)
class PersonRow:
    """What a row says. `draft` is None when an error keeps the row out; its skills are still to be looked up."""

    draft: PersonDraft | None
    skills: tuple[SkillMention, ...]
    findings: tuple[Finding, ...]


def read_person_row(
    cells: Mapping[str, Cell], lookups: Lookups, default_basis: LegalBasis | None
) -> PersonRow:
    """Read one row. `default_basis` is the ground the whole file was given, None when each row must say its own."""
    row = RowReader(cells)
    self_draft = _self(row, lookups)
    office = _office(row, lookups, self_draft.residence)
    kinds = row.choices("kinds", words.KINDS)
    basis, consents = _ground(row, lookups, default_basis)
    skills = _skills(row, lookups)
    draft = PersonDraft(
        self=self_draft,
        legal_basis=basis,
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        external_id=row.text("external_id") or None,
        contacts=_contacts(row),
        identities=_identities(row, self_draft),
        experts=_experts(row, kinds),
        cadres=_cadres(row, kinds),
        overseas=_overseas(row, kinds, self_draft.residence),
        education=_education(row, lookups),
        experience=_experience(row, lookups),
        languages=_languages(row),
        availability=_availability(row, lookups),
        places=_accepted(row, lookups),
        consents=consents,
    )
    findings = tuple(row.findings)
    return PersonRow(None if row.has_errors else draft, tuple(skills), findings)


def _self(row: RowReader, lookups: Lookups) -> SelfDraft:
    name = row.read("full_name", parse_name) or ""
    if not name and not row.is_refused("full_name"):
        row.refuse("full_name", Problem("empty_name", "Nhập họ và tên"))
    birth = row.dated("birth", lambda text: parse_birth_date(text, lookups.today))
    return SelfDraft(
        full_name=name,
        birth=birth,
        sex=row.read("sex", parse_sex),
        nationalities=_countries(row, "nationality", lookups) or (HOME,),
        origin=_place(row, "origin", lookups),
        residence=_residence(row, lookups),
        headline=row.text("headline"),
        summary=row.text("summary", limit=TEXT_LIMIT, multiline=True),
        stated_years=row.read("years", parse_years),
    )


def _country(lookups: Lookups, text: str) -> str | Problem:
    found = lookups.country(text)
    return (
        Problem("unknown_country", "Nhập tên nước, ví dụ Việt Nam, Nhật Bản, Đức")
        if found is None
        else found.code
    )


def _countries(row: RowReader, key: str, lookups: Lookups) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.entries(key, lambda text: _country(lookups, text))))


def _place(row: RowReader, key: str, lookups: Lookups) -> PlaceDraft:
    """A place in the country by any of its names of today or before; a question is never guessed."""
    found = row.read(key, lambda text: _home_place(lookups, text))
    doubt_old_name(row, key, lookups)
    return found or NO_PLACE


def _home_place(lookups: Lookups, text: str) -> PlaceDraft | Problem:
    answer = lookups.place(text)
    if answer.unit is None:
        code = "ambiguous_place" if answer.total > 1 else "unknown_place"
        return Problem(code, answer.words())
    return PlaceDraft(text, answer.unit.id, answer.unit.path)


def _residence(row: RowReader, lookups: Lookups) -> PlaceDraft:
    """Where the person lives: in the country a unit, abroad the text and the country."""
    country = row.read("country", lambda text: _country(lookups, text))
    if country not in {None, HOME}:
        return PlaceDraft(row.text("residence") or row.text("country"), country=country)
    found = row.read("residence", lambda text: _foreign_place(lookups, text) or _home_place(lookups, text))
    if found is not None and found.country is None:
        doubt_old_name(row, "residence", lookups)
    return found or NO_PLACE


def _foreign_place(lookups: Lookups, text: str) -> PlaceDraft | None:
    """«Nhật Bản» or «Munich, Đức»; None when it names no other country, or also names a place at home."""
    if lookups.place(text).unit is not None:
        return None
    found = lookups.country(text.rpartition(",")[2].strip())
    return None if found is None or found.code == HOME else PlaceDraft(text, country=found.code)


def _office(row: RowReader, lookups: Lookups, residence: PlaceDraft) -> Office:
    """The office that keeps the record: the row's own, else the file's, else the province the person lives in."""
    named = row.read("office", lambda text: _own_office(lookups, text))
    if named is not None:
        return replace(lookups.office, unit_id=named.unit_id, unit_path=named.unit_path)
    if lookups.office.unit_path or lookups.office.organisation_path:
        return lookups.office
    home = lookups.place(residence.text).unit if residence.unit_id else None
    if home is None:
        return Office(unit_path=f"{HOME}/")
    province = province_of(home)
    return Office(province.id, province.path)


def _own_office(lookups: Lookups, text: str) -> PlaceDraft | Problem:
    found = _home_place(lookups, text)
    if isinstance(found, PlaceDraft) and not lookups.is_in_scope(found.unit_path):
        return Problem(
            "out_of_scope", "Bạn không quản lý hồ sơ của nơi này. Để trống hoặc ghi đơn vị của bạn"
        )
    return found


def _contacts(row: RowReader) -> tuple[ContactDraft, ...]:
    email = row.read("email", normalise_email, limit=254)
    phone = row.read("phone", normalise_phone)
    found = [(ContactKind.EMAIL, email), (ContactKind.PHONE, phone)]
    return tuple(ContactDraft(kind, value) for kind, value in found if value)


def _identities(row: RowReader, self_draft: SelfDraft) -> tuple[IdentityDraft, ...]:
    number = _citizen_number(row)
    if number is not None:
        for doubt in identity_warnings(number, self_draft.sex, self_draft.birth):
            row.doubt("identity", doubt)
    passport = row.read("passport", lambda text: check_identity_number(IdentityKind.PASSPORT, text))
    found = [(IdentityKind.CCCD, number), (IdentityKind.PASSPORT, passport)]
    country = self_draft.nationalities[0] if passport else HOME
    return tuple(
        IdentityDraft(kind, value, country if kind is IdentityKind.PASSPORT else HOME)
        for kind, value in found
        if value
    )


def _citizen_number(row: RowReader) -> str | None:
    """Twelve digits. Zeros that Excel dropped from a number come back when only one number can be meant."""
    cell = row.cell("identity")
    lost = _IDENTITY_DIGITS - len(cell.text)
    if cell.is_number and cell.text.isdigit() and lost in (1, 2):
        mended = "0" * lost + cell.text
        if mended[:3] in vocabulary().identity_prefixes:
            row.doubt(
                "identity",
                Problem(
                    "identity_zero_restored",
                    "Excel đã bỏ số 0 ở đầu; đã thêm lại. Định dạng cột là «Văn bản»",
                ),
            )
            return mended
    return row.read("identity", lambda text: check_identity_number(IdentityKind.CCCD, text))


def _experts(row: RowReader, kinds: list[Any]) -> tuple[ExpertDraft, ...]:
    title = row.choice("academic_title", words.TITLES) or _title_in_name(row)
    named = [kind for kind in kinds if isinstance(kind, ExpertKind)]
    if title is not None and not named:
        named = [ExpertKind.EXPERT]
    return tuple(ExpertDraft(kind, academic_title=title) for kind in named)


def _title_in_name(row: RowReader) -> AcademicTitle | None:
    titles, _name = split_titles(row.cell("full_name").text)
    return next((_TITLES_IN_NAMES[title] for title in titles if title in _TITLES_IN_NAMES), None)


def _cadres(row: RowReader, kinds: list[Any]) -> tuple[CadreDraft, ...]:
    named = [kind for kind in kinds if isinstance(kind, CadreKind)]
    theory = _rank_in(row, "political_theory", vocabulary().political_theory)
    management = _rank_in(row, "state_management", vocabulary().state_management)
    rank = row.text("civil_rank")
    if not named:
        for key in ("political_theory", "state_management", "civil_rank"):
            if row.cell(key).text:
                row.doubt(
                    key,
                    Problem(
                        "only_for_cadres", "Chỉ lưu với cán bộ, công chức, viên chức: ghi cột «Đối tượng»"
                    ),
                )
        return ()
    known = next(
        (one for one in vocabulary().civil_ranks if fold(rank) in {fold(one.code), fold(one.vi)}), None
    )
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


def _rank_in(row: RowReader, key: str, terms: tuple[Term, ...]) -> int | None:
    by_name = {fold(term.vi): term.rank for term in terms}

    def parse(text: str) -> int | Problem | None:
        found = by_name.get(fold(text))
        listed = "; ".join(term.vi for term in terms)
        return (
            Problem("not_in_list", "Chọn trong danh mục: %(words)s", {"words": listed})
            if found is None
            else found
        )

    return row.read(key, parse)


def _overseas(row: RowReader, kinds: list[Any], residence: PlaceDraft) -> tuple[OverseasDraft, ...]:
    is_abroad = residence.country is not None
    if words.OVERSEAS in kinds and not is_abroad and not row.is_refused("residence"):
        row.refuse("country", Problem("country_missing", "Ghi nước cư trú của người ở nước ngoài"))
    return (OverseasDraft(residence.country),) if residence.country is not None else ()


def _field(row: RowReader, key: str) -> StudyField | None:
    return row.read(
        key,
        lambda text: (
            field_by_name(text) or Problem("unknown_field", "Chọn lĩnh vực có trong sheet «Danh mục»")
        ),
    )


def _education(row: RowReader, lookups: Lookups) -> tuple[EducationDraft, ...]:
    degree = row.read("degree", parse_degree)
    field = _field(row, "study_field")
    country = row.read("school_country", lambda text: _country(lookups, text))
    ended = row.dated("graduated")
    if ended is not None and ended.earliest > lookups.today:
        row.refuse("graduated", Problem("future_date", "Ngày tốt nghiệp không được sau hôm nay"))
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


def _experience(row: RowReader, lookups: Lookups) -> tuple[ExperienceDraft, ...]:
    """The present post. It goes on; without a beginning its length is unknown and counts for nothing."""
    field = _field(row, "work_field")
    started = row.dated("position_since")
    if started is not None and started.earliest > lookups.today:
        row.refuse("position_since", Problem("future_date", "Ngày vào vị trí không được sau hôm nay"))
    draft = ExperienceDraft(
        title=row.text("position"),
        organisation_text=row.text("organisation"),
        field_code=field.code if field else None,
        started=started,
        is_ongoing=True,
    )
    return () if draft == ExperienceDraft(is_ongoing=True) else (draft,)


def _languages(row: RowReader) -> tuple[LanguageDraft, ...]:
    kept: dict[str, LanguageDraft] = {}
    for draft in row.entries("languages", read_language):
        kept.setdefault(draft.language, draft)
        if draft.rank is None and draft.certificate:
            level = {"level": draft.certificate}
            row.doubt(
                "languages",
                Problem("language_level_unknown", "Chưa hiểu bậc «%(level)s»; đã giữ nguyên chữ", level),
            )
    return tuple(kept.values())


def _skills(row: RowReader, lookups: Lookups) -> list[SkillMention]:
    found = row.entries("skills", skill_reader(row, "skills", lookups))
    for one in found:
        if one.answer.skill_id is None:
            row.doubt(
                "skills",
                Problem(
                    "pending_skill",
                    "«%(typed)s» chưa có trong danh mục; giữ nguyên chữ, chờ duyệt",
                    {"typed": one.typed},
                ),
            )
        elif one.answer.needs_confirmation:
            said = {"typed": one.typed, "name": one.answer.name}
            row.doubt(
                "skills", Problem("unsure_skill", "«%(typed)s» được hiểu là «%(name)s»; cần xác nhận", said)
            )
    return each_once(found, {one.typed: fold(one.typed) for one in found})


def _availability(row: RowReader, lookups: Lookups) -> AvailabilityDraft | None:
    state = row.choice("availability", words.AVAILABILITY)
    from_on = row.day("available_from")
    forms = frozenset(row.choices("forms", words.FORMS))
    if state is None and from_on is None and not forms:
        return None
    return AvailabilityDraft(lookups.today, state or AvailabilityState.AVAILABLE, from_on, forms)


def _accepted(row: RowReader, lookups: Lookups) -> tuple[AcceptedPlaceDraft, ...]:
    special = {
        fold(words.ANYWHERE_WORDS): AcceptedPlaceDraft(PlaceKind.ANYWHERE),
        "toan quoc": AcceptedPlaceDraft(PlaceKind.ANYWHERE),
        "ca nuoc": AcceptedPlaceDraft(PlaceKind.ANYWHERE),
        fold(words.REMOTE_WORDS): AcceptedPlaceDraft(PlaceKind.REMOTE),
        "tu xa": AcceptedPlaceDraft(PlaceKind.REMOTE),
    }

    def parse(text: str) -> AcceptedPlaceDraft | Problem:
        found = special.get(fold(text)) or _home_place(lookups, text)
        if isinstance(found, PlaceDraft):
            return AcceptedPlaceDraft(PlaceKind.UNIT, found.unit_id, found.unit_path)
        return found

    return tuple(dict.fromkeys(row.entries("accepted", parse)))


def _ground(
    row: RowReader, lookups: Lookups, default: LegalBasis | None
) -> tuple[LegalBasis, tuple[ConsentDraft, ...]]:
    """Why the record may be kept: the row's own words, else its consents, else the ground of the whole file."""
    stated = row.choice("basis", words.BASES)
    purposes = _purposes(row)
    given_on = row.day("consented_on")
    channel = row.choice("channel", words.CHANNELS) or words.CHANNELS.first
    basis = stated or (LegalBasis.CONSENT if purposes else default)
    if basis is None:
        row.refuse("basis", Problem("basis_missing", "Ghi cơ sở lưu hồ sơ: Đồng ý hoặc Theo luật"))
    if basis is LegalBasis.CONSENT:
        _check_consent(row, purposes, given_on is not None)
    if given_on is not None and given_on > lookups.today:
        row.refuse("consented_on", Problem("future_date", "Ngày đồng ý không được sau hôm nay"))
    if given_on is None:
        return basis or LegalBasis.CONSENT, ()
    at = datetime.combine(given_on, time(), LOCAL_ZONE)
    return basis or LegalBasis.CONSENT, tuple(ConsentDraft(purpose, at, channel) for purpose in purposes)


def _purposes(row: RowReader) -> list[PurposeCode]:
    stated = row.choices("consents", words.PURPOSES)
    if words.EVERYTHING in stated:
        return list(PurposeCode)
    return [purpose for purpose in stated if isinstance(purpose, PurposeCode)]


def _check_consent(row: RowReader, purposes: list[PurposeCode], has_day: bool) -> None:
    if PurposeCode.REGISTRY not in purposes and not row.is_refused("consents"):
        row.refuse(
            "consents",
            Problem(
                "registry_consent_missing", "Ghi «Lưu hồ sơ» nếu người này đã đồng ý; nếu không, bỏ dòng này"
            ),
        )
    if not has_day and not row.is_refused("consented_on"):
        row.refuse("consented_on", Problem("consent_day_missing", "Ghi ngày người này đồng ý"))
