"""A row of the sheet «Ứng viên» → a person's draft and what is to be mended. Pure: the registry is asked by lookups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from registry.exchange.rules import words
from registry.exchange.rules.careers import (
    read_accepted,
    read_availability,
    read_cadres,
    read_education,
    read_experience,
    read_experts,
    read_languages,
    read_overseas,
    read_skills,
)
from registry.exchange.rules.cells import TEXT_LIMIT, Cell, RowReader
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.grounds import read_ground
from registry.exchange.rules.locations import (
    HOME,
    country_of,
    foreign_place,
    home_place,
    read_countries,
    read_place,
)
from registry.exchange.rules.lookups import Lookups, doubt_old_name, province_of
from registry.exchange.rules.skills import SkillMention
from registry.organisations.rules import Office
from registry.people.rules import (
    NO_PLACE,
    ContactDraft,
    ContactKind,
    IdentityDraft,
    IdentityKind,
    LegalBasis,
    PersonDraft,
    PlaceDraft,
    SelfDraft,
    check_identity_number,
    identity_warnings,
    normalise_email,
    normalise_phone,
    parse_birth_date,
    parse_name,
    parse_sex,
    parse_years,
    vocabulary,
)
from registry.people.rules.problems import N_, Problem

_IDENTITY_DIGITS = 12


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
    row = RowReader(cells, lookups.memory)
    self_draft = _self(row, lookups)
    office = _office(row, lookups, self_draft.residence)
    kinds = row.choices("kinds", words.KINDS)
    basis, consents = read_ground(row, lookups, default_basis)
    skills = read_skills(row, lookups)
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
        experts=read_experts(row, kinds),
        cadres=read_cadres(row, kinds),
        overseas=read_overseas(row, kinds, self_draft.residence),
        education=read_education(row, lookups),
        experience=read_experience(row, lookups),
        languages=read_languages(row),
        availability=read_availability(row, lookups),
        places=read_accepted(row, lookups),
        consents=consents,
    )
    findings = tuple(row.findings)
    return PersonRow(None if row.has_errors else draft, tuple(skills), findings)


def _self(row: RowReader, lookups: Lookups) -> SelfDraft:
    name = row.read("full_name", parse_name) or ""
    if not name and not row.is_refused("full_name"):
        row.refuse("full_name", Problem("empty_name", N_("Nhập họ và tên")))
    birth = row.dated("birth", lambda text: parse_birth_date(text, lookups.today))
    return SelfDraft(
        full_name=name,
        birth=birth,
        sex=row.read("sex", parse_sex),
        nationalities=read_countries(row, "nationality", lookups) or (HOME,),
        origin=read_place(row, "origin", lookups),
        residence=_residence(row, lookups),
        headline=row.text("headline"),
        summary=row.text("summary", limit=TEXT_LIMIT, multiline=True),
        stated_years=row.read("years", parse_years),
    )


def _residence(row: RowReader, lookups: Lookups) -> PlaceDraft:
    """Where the person lives: in the country a unit, abroad the text and the country."""
    country = row.read("country", lambda text: country_of(lookups, text))
    if country not in {None, HOME}:
        return PlaceDraft(row.text("residence") or row.text("country"), country=country)
    found = row.read("residence", lambda text: foreign_place(lookups, text) or home_place(lookups, text))
    if found is not None and found.country is None:
        doubt_old_name(row, "residence", lookups)
    return found or NO_PLACE


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
    found = home_place(lookups, text)
    if isinstance(found, PlaceDraft) and not lookups.is_in_scope(found.unit_path):
        return Problem(
            "out_of_scope", N_("Bạn không quản lý hồ sơ của nơi này. Để trống hoặc ghi đơn vị của bạn")
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
                    N_("Excel đã bỏ số 0 ở đầu; đã thêm lại. Định dạng cột là «Văn bản»"),
                ),
            )
            return mended
    return row.read("identity", lambda text: check_identity_number(IdentityKind.CCCD, text))
