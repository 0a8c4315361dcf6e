"""A row of people becomes a draft, or says cell by cell what is to be mended."""

from datetime import date, datetime
from typing import Any

import pytest

from registry.consents.rules import ASKED_LATER, Channel, PurposeCode
from registry.exchange.rules.cells import Cell
from registry.exchange.rules.grounds import LOCAL_ZONE
from registry.exchange.rules.people import PersonRow, read_person_row
from registry.organisations.rules import Office
from registry.people.rules import (
    AcademicTitle,
    AvailabilityState,
    CadreKind,
    ContactKind,
    ExpertKind,
    IdentityKind,
    LegalBasis,
    PartialDate,
    PersonDraft,
    PlaceKind,
    Sex,
    WorkForm,
)
from tests.unit.exchange.lookups import lookups


def read(
    basis: LegalBasis | None = LegalBasis.LAW,
    home: Office | None = None,
    in_scope: str = "",
    numbers: tuple[str, ...] = (),
    **cells: str,
) -> PersonRow:
    filled = {"full_name": "Nguyễn Thị Hòa", **cells}
    typed = {key: Cell(text, key in numbers) for key, text in filled.items()}
    return read_person_row(typed, lookups(home, in_scope), basis)


def draft(**cells: Any) -> PersonDraft:
    """The draft of a row without errors."""
    row = read(**cells)
    assert row.draft is not None, row.findings
    return row.draft


def found(row: PersonRow) -> list[tuple[str, str]]:
    """(column, code) of the findings; a doubt is marked «?»."""
    return [(one.key, one.code if one.is_error else f"{one.code}?") for one in row.findings]


def test_a_name_alone_is_enough() -> None:
    made = draft()
    assert (made.self.full_name, made.legal_basis, made.unit_path) == (
        "Nguyễn Thị Hòa",
        LegalBasis.LAW,
        "VN/",
    )
    assert made.education == made.experience == made.contacts == ()
    assert made.availability is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"full_name": ""}, [("full_name", "empty_name")]),
        ({"full_name": "123"}, [("full_name", "name_without_letters")]),
        ({"full_name": "Hòa\x00"}, [("full_name", "control")]),
        ({"birth": "31/02/1988"}, [("birth", "impossible_date")]),
        ({"birth": "26/11/2026"}, [("birth", "future_birth_date")]),
        ({"email": "hoa@"}, [("email", "bad_email")]),
        ({"phone": "123"}, [("phone", "bad_phone")]),
        ({"identity": "12345678901"}, [("identity", "identity_not_12_digits")]),
        ({"identity": "０１２３４５６７８９０１"}, [("identity", "identity_not_12_digits")]),
        ({"passport": "??"}, [("passport", "passport_malformed")]),
        ({"residence": "Atlantis"}, [("residence", "unknown_place")]),
        ({"residence": "trùng tên"}, [("residence", "ambiguous_place")]),
        ({"origin": "Atlantis"}, [("origin", "unknown_place")]),
        ({"country": "Sao Hỏa"}, [("country", "unknown_country")]),
        ({"nationality": "Việt Nam; Sao Hỏa"}, [("nationality", "unknown_country")]),
        ({"degree": "Siêu nhân"}, [("degree", "unknown_degree")]),
        ({"years": "mười"}, [("years", "years_not_number")]),
        ({"years": "61"}, [("years", "years_out_of_range")]),
        ({"years": "-1"}, [("years", "years_out_of_range")]),
        ({"headline": "x" * 201}, [("headline", "too_long")]),
        ({"sex": "?"}, [("sex", "unknown_sex")]),
        ({"kinds": "Siêu nhân"}, [("kinds", "not_in_list")]),
        ({"study_field": "Phép thuật"}, [("study_field", "unknown_field")]),
        ({"graduated": "2030"}, [("graduated", "future_date")]),
        ({"position_since": "2030"}, [("position_since", "future_date")]),
        ({"available_from": "2027"}, [("available_from", "day_missing")]),
        ({"accepted": "Atlantis"}, [("accepted", "unknown_place")]),
        ({"skills": "Python (6)"}, [("skills", "level_out_of_scale")]),
        ({"languages": "tiếng chim"}, [("languages", "unknown_language")]),
        ({"political_theory": "Giỏi"}, [("political_theory", "not_in_list")]),
        ({"consented_on": "26/11/2026", "basis": "Theo luật"}, [("consented_on", "future_date")]),
        ({"kinds": "Việt kiều"}, [("country", "country_missing")]),
        ({"office": "Lai Châu", "in_scope": "VN/01/"}, [("office", "out_of_scope")]),
    ],
)
def test_each_fault_is_said_at_its_cell(cells: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    row = read(**cells)
    assert found(row) == expected
    assert row.draft is None
    assert all(one.message for one in row.findings)


def test_titles_come_off_the_name_and_make_an_expert() -> None:
    made = draft(full_name="PGS.TS Nguyễn Thị Hòa")
    assert made.self.full_name == "Nguyễn Thị Hòa"
    [expert] = made.experts
    assert (expert.kind, expert.academic_title) == (ExpertKind.EXPERT, AcademicTitle.ASSOCIATE_PROFESSOR)


def test_who_the_person_is() -> None:
    made = draft(
        birth="08/1988",
        sex="Nữ",
        email="Hoa@Vidu.vn",
        phone="0912 345 678",
        years="12 năm",
        nationality="Việt Nam; Đức",
    )
    assert (made.self.birth, made.self.sex, made.self.stated_years) == (PartialDate(1988, 8), Sex.FEMALE, 12)
    assert made.self.nationalities == ("VN", "DE")
    assert [(one.kind, one.value) for one in made.contacts] == [
        (ContactKind.EMAIL, "Hoa@vidu.vn"),
        (ContactKind.PHONE, "+84912345678"),
    ]


@pytest.mark.parametrize(
    ("text", "is_number", "number", "codes"),
    [
        ("001188456789", False, "001188456789", []),
        ("1188456789", True, "001188456789", [("identity", "identity_zero_restored?")]),
        ("12085000123", True, "012085000123", [("identity", "identity_zero_restored?")]),
        ("1188456789", False, None, [("identity", "identity_not_12_digits")]),
        ("99085000123", True, None, [("identity", "identity_not_12_digits")]),
        ("118845678", True, None, [("identity", "identity_not_12_digits")]),
        ("1.23456789012E+18", True, None, [("identity", "identity_not_12_digits")]),
    ],
)
def test_zeros_that_excel_dropped_come_back_when_only_one_number_can_be_meant(
    text: str, is_number: bool, number: str | None, codes: list[tuple[str, str]]
) -> None:
    row = read(identity=text, numbers=("identity",) if is_number else ())
    assert found(row) == codes
    kept = [one.number for one in row.draft.identities] if row.draft else [None]
    assert kept == [number]


def test_doubts_about_an_identity_number_do_not_keep_the_row_out() -> None:
    row = read(identity="001188456789", sex="Nam", birth="1990")
    assert found(row) == [("identity", "identity_other_sex?")]
    assert row.draft is not None


def test_a_passport_belongs_to_the_first_nationality() -> None:
    made = draft(passport="C1234567", nationality="Đức")
    assert [(one.kind, one.country) for one in made.identities] == [(IdentityKind.PASSPORT, "DE")]


def test_places_at_home_and_abroad() -> None:
    at_home = draft(residence="Lai Châu", origin="Lai Châu")
    assert (at_home.self.residence.unit_id, at_home.self.origin.unit_path) == (2, "VN/12/")
    abroad = draft(residence="Munich", country="Đức")
    assert (abroad.self.residence.text, abroad.self.residence.country) == ("Munich", "DE")
    assert [one.country for one in abroad.overseas] == ["DE"]
    assert draft(residence="Munich, Đức").self.residence.country == "DE"
    assert draft(country="Đức").self.residence.text == "Đức"
    assert draft(residence="Lai Châu", country="Việt Nam").self.residence.unit_id == 2


def test_a_name_of_today_that_also_was_another_place_is_said() -> None:
    assert found(read(residence="Tân Phong, Lai Châu")) == [("residence", "old_name_too?")]


def test_the_office_is_the_rows_own_the_files_or_the_province_of_residence() -> None:
    assert draft(residence="Tân Phong, Lai Châu").unit_path == "VN/12/"
    assert draft(residence="Lai Châu").unit_path == "VN/12/"
    assert draft(office="Lai Châu").unit_id == 2
    kept = Office(9, "VN/01/", 7, "7/")
    made = draft(residence="Lai Châu", office="")
    assert made.unit_path == "VN/12/"
    row = read(home=kept, residence="Lai Châu")
    assert row.draft is not None
    assert (row.draft.unit_path, row.draft.organisation_path) == ("VN/01/", "7/")


def test_cadres_keep_their_ranks_and_others_are_told_so() -> None:
    made = draft(
        kinds="Công chức; Chuyên gia",
        civil_rank="01.003",
        political_theory="Trung cấp",
        state_management="Chuyên viên chính",
        organisation="Sở Nội vụ",
        position="Chuyên viên",
    )
    [cadre] = made.cadres
    assert (cadre.kind, cadre.rank_code, cadre.rank_name) == (
        CadreKind.CIVIL_SERVANT,
        "01.003",
        "Chuyên viên",
    )
    assert (cadre.political_theory_rank, cadre.state_management_rank) == (2, 2)
    assert [one.kind for one in made.experts] == [ExpertKind.EXPERT]
    assert found(read(civil_rank="Hạng II", political_theory="Trung cấp")) == [
        ("political_theory", "only_for_cadres?"),
        ("civil_rank", "only_for_cadres?"),
    ]
    [other] = draft(kinds="Viên chức", civil_rank="Bác sĩ hạng II").cadres
    assert (other.rank_code, other.rank_name) == ("", "Bác sĩ hạng II")


def test_study_and_work() -> None:
    made = draft(
        degree="ThS", study_field="748", school="ĐHBK", graduated="2013", classification="Giỏi", school_country="Đức",
        organisation="Sở Nội vụ", position="Chuyên viên", position_since="03/2014", work_field="Pháp luật",
    )  # fmt: skip
    [study] = made.education
    assert (study.degree_rank, study.field_code, study.ended, study.school_country) == (
        5,
        "748",
        PartialDate(2013),
        "DE",
    )
    [work] = made.experience
    assert (work.started, work.is_ongoing, work.field_code) == (PartialDate(2014, 3), True, "738")


def test_skills_are_counted_once_and_unclear_ones_are_said() -> None:
    row = read(skills="Python (4); lập trình Python; nuôi ong; quản lý; nuôi ong")
    assert [(one.typed, one.answer.skill_id, one.rank) for one in row.skills] == [
        ("Python", 10, 4),
        ("nuôi ong", None, None),
        ("quản lý", 12, None),
    ]
    assert found(row) == [("skills", "pending_skill?")]
    assert found(read(skills="quản lý")) == [("skills", "unsure_skill?")]


def test_a_trade_level_is_a_rank() -> None:
    [welding] = read(skills="hàn (bậc 5/7)").skills
    assert welding.rank == 4


def test_languages_are_counted_once_and_an_unknown_level_keeps_its_words() -> None:
    row = read(languages="Tiếng Anh (B2); Tiếng Anh (C1); Tiếng Nhật (giao tiếp)")
    assert row.draft is not None
    assert [(one.language, one.rank, one.certificate) for one in row.draft.languages] == [
        ("en", 4, ""),
        ("ja", None, "giao tiếp"),
    ]
    assert found(row) == [("languages", "language_level_unknown?")]


def test_wishes() -> None:
    made = draft(
        availability="Sẵn sàng",
        available_from="01/03/2027",
        forms="Từ xa; Tư vấn",
        accepted="Toàn quốc; Lai Châu",
    )
    assert made.availability is not None
    assert (made.availability.state, made.availability.from_on) == (
        AvailabilityState.AVAILABLE,
        date(2027, 3, 1),
    )
    assert made.availability.forms == {WorkForm.REMOTE, WorkForm.ADVICE}
    assert [(one.kind, one.unit_path) for one in made.places] == [
        (PlaceKind.ANYWHERE, ""),
        (PlaceKind.UNIT, "VN/12/"),
    ]


def test_consents_have_purpose_day_and_channel() -> None:
    made = draft(consents="Lưu hồ sơ; Tìm nhu cầu phù hợp", consented_on="20/11/2026", basis="")
    assert made.legal_basis is LegalBasis.CONSENT
    at = datetime(2026, 11, 20, tzinfo=LOCAL_ZONE)
    assert [(one.purpose, one.given_at, one.channel) for one in made.consents] == [
        (PurposeCode.REGISTRY, at, Channel.PAPER),
        (PurposeCode.MATCHING, at, Channel.PAPER),
    ]
    everything = draft(consents="Tất cả", consented_on="20/11/2026", channel="Điện thoại")
    assert {one.purpose for one in everything.consents} == set(PurposeCode) - ASKED_LATER
    assert everything.consents[0].channel is Channel.PHONE


def test_a_record_needs_a_ground() -> None:
    assert found(read(basis=None)) == [("basis", "basis_missing")]
    assert found(read(basis=None, consents="Thống kê")) == [
        ("consents", "registry_consent_missing"),
        ("consented_on", "consent_day_missing"),
    ]
    typed = {
        "full_name": Cell("Hòa"),
        "basis": Cell("Đồng ý"),
        "consents": Cell("x"),
        "consented_on": Cell("y"),
    }
    row = read_person_row(typed, lookups(), None)
    assert found(row) == [("consents", "not_in_list"), ("consented_on", "impossible_date")]
