"""Words from numbers: the lead sentence, the gaps, what to ask and what was lost, read as an officer reads them."""

from datetime import date

import pytest

from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailableCondition,
    Condition,
    DegreeCondition,
    EvidenceCondition,
    ExperienceWanted,
    Field,
    FieldCondition,
    LanguageCondition,
    PlacesStated,
    PlaceWanted,
    ScopeCondition,
    SkillClaimed,
    SkillWanted,
)
from registry.matching.engine.names import Names
from registry.matching.engine.outcome import How
from registry.matching.engine.reasons import Step, Words, lost_by_part, plain_text, skill_groups
from tests.factories.matching import claim, matched, need, person, studied, wanted, worked
from tests.unit.matching.test_ranking import HEALTH_DATA_ENGINEER, KHUE

NAMES = Names(
    skills={
        "PYTHON": "Python",
        "DJANGO": "Django",
        "SQL": "SQL",
        "POSTGRES": "PostgreSQL",
        "FHIR": "HL7 FHIR",
        "HL7": "HL7 v2",
        "SECURITY": "An toàn thông tin",
        "CHARTS": "Trực quan hóa dữ liệu",
        "JAVA": "Java",
        "CODING": "Lập trình",
    },
    fields={"7480109": "Khoa học dữ liệu", "748": "Máy tính và công nghệ thông tin"},
    languages={"de": "Tiếng Đức"},
    degrees={5: "Thạc sĩ"},
    units={"VN/12/": "Lai Châu"},
)
WORDS = Words(NAMES)


def test_the_lead_says_what_is_reached_and_where_points_were_lost() -> None:
    lead = WORDS.lead(matched(HEALTH_DATA_ENGINEER, KHUE), 6, capital=False)
    assert plain_text(lead) == (
        "đạt đủ 2 kỹ năng bắt buộc; vượt bậc yêu cầu ở Python; 6 năm kinh nghiệm phù hợp; "
        "nhận nơi làm việc này. "
        "Điểm bị trừ nhiều nhất ở trình độ (thấp hơn yêu cầu hoặc khác ngành), HL7 FHIR (chỉ có kỹ năng gần "
        "nghĩa, tự khai) và Trực quan hóa dữ liệu (chưa khai)."
    )
    assert [fragment.text for fragment in lead if fragment.strong] == [
        "trình độ",
        "HL7 FHIR",
        "Trực quan hóa dữ liệu",
    ]


def test_a_sentence_of_its_own_begins_with_a_capital() -> None:
    spec = need(wanted(essential=True), wanted("SQL", essential=True))
    assert plain_text(WORDS.lead(matched(spec, person(claim("POSTGRES", 3, "verified"))))) == (
        "Đạt 1 trên 2 kỹ năng bắt buộc. Điểm bị trừ nhiều nhất ở Python (chưa khai) và SQL (chỉ có kỹ năng gần nghĩa)."
    )


def test_nothing_lost_and_nothing_reached_are_said() -> None:
    full = matched(need(wanted()), person(claim(evidence="verified")))
    assert plain_text(WORDS.lead(full)) == "Đạt 1 trên 1 kỹ năng. Không mất điểm ở yêu cầu nào."
    bare = matched(need(place=PlaceWanted("VN/12/")), person(places=PlacesStated(("VN/01/",))))
    assert plain_text(WORDS.lead(bare)) == (
        "Chưa có yêu cầu nào đạt đủ điểm. Điểm bị trừ nhiều nhất ở nguyện vọng nơi làm việc "
        "(nơi này chưa có trong nguyện vọng)."
    )


def test_the_account_in_a_cell_names_conditions_met_and_unknown_and_the_rule() -> None:
    spec = need(
        wanted(essential=True, minimum=2), conditions=(LanguageCondition("de", 3), DegreeCondition(5))
    )
    held = person(claim(evidence="verified"), education=(studied(5),))
    assert WORDS.account(matched(spec, held)) == (
        "Đạt đủ 1 kỹ năng bắt buộc. Không mất điểm ở yêu cầu nào. "
        "Điều kiện bắt buộc đã đạt: Kỹ năng bắt buộc «Python» từ bậc 2; Trình độ từ Thạc sĩ trở lên. "
        "Điều kiện bắt buộc hồ sơ chưa cho biết: Tiếng Đức từ bậc 3. Theo công thức phiên bản 1."
    )


LEVELS = [
    (claim(rank=2), "2 / 3: thiếu 1 bậc"),
    (claim(rank=1), "1 / 3: thiếu 2 bậc"),
    (claim(rank=3), "3 / 3: đạt"),
    (claim(rank=5), "5 / 3: vượt 2 bậc"),
    (claim(rank=0), "0 / 3: không có"),
    (claim(rank=None), "– / 3: chưa khai bậc"),
    (claim("COBOL", 3), "chưa khai"),
]


@pytest.mark.parametrize(("held", "expected"), LEVELS)
def test_a_level_is_said_with_its_gap(held: SkillClaimed, expected: str) -> None:
    assert WORDS.level(matched(need(wanted(rank=3)), person(held)).skills[0]) == expected


LOSSES: list[tuple[list[SkillClaimed], str]] = [
    ([], "chưa khai"),
    ([claim(unconfirmed=True)], "chờ xác nhận"),
    ([claim(rank=0)], "khai là không có"),
    ([claim(rank=None, evidence="verified")], "chưa khai bậc"),
    ([claim("JAVA", 1)], "chỉ có kỹ năng gần nghĩa, thiếu 2 bậc, tự khai"),
]


@pytest.mark.parametrize(("claims", "expected"), LOSSES)
def test_a_loss_is_said_in_a_few_words(claims: list[SkillClaimed], expected: str) -> None:
    assert WORDS.skill_loss(matched(need(wanted(rank=3)), person(*claims)).skills[0]) == expected


CONDITIONS: list[tuple[Condition | SkillWanted, str, str]] = [
    (wanted(minimum=2), "Kỹ năng bắt buộc «Python» từ bậc 2", "«Python» dưới bậc 2"),
    (DegreeCondition(5), "Trình độ từ Thạc sĩ trở lên", "trình độ dưới Thạc sĩ"),
    (DegreeCondition(4), "Trình độ từ 4 trở lên", "trình độ dưới 4"),
    (
        FieldCondition((Field(None, "748"), Field("7480109", "748"), Field("X", None))),
        "Ngành đào tạo: Khoa học dữ liệu, Máy tính và công nghệ thông tin hoặc X",
        "ngành đào tạo khác Khoa học dữ liệu, Máy tính và công nghệ thông tin hoặc X",
    ),
    (LanguageCondition("de", 4), "Tiếng Đức từ bậc 4", "Tiếng Đức dưới bậc 4"),
    (
        AvailableCondition(date(2027, 1, 15)),
        "Nhận việc được chậm nhất 15/01/2027",
        "không nhận việc được trước hết ngày 15/01/2027",
    ),
    (ScopeCondition("VN/12/"), "Hồ sơ thuộc Lai Châu", "hồ sơ ngoài Lai Châu"),
    (EvidenceCondition("attached"), "Kỹ năng bắt buộc có minh chứng", "kỹ năng bắt buộc chưa có minh chứng"),
    (
        EvidenceCondition("verified"),
        "Kỹ năng bắt buộc đã được xác minh",
        "kỹ năng bắt buộc chưa được xác minh",
    ),
]


@pytest.mark.parametrize(("condition", "asked", "excluded"), CONDITIONS)
def test_a_condition_is_said_as_asked_and_as_failed(
    condition: Condition | SkillWanted, asked: str, excluded: str
) -> None:
    assert (WORDS.condition(condition), WORDS.excluded(condition)) == (asked, excluded)


def test_every_way_of_being_similar_has_words() -> None:
    said = [WORDS.how(how) for how in How]
    assert len(set(said)) == len(How)


def test_what_to_ask_begins_with_what_is_hard_and_then_with_what_could_add_most() -> None:
    spec = need(
        wanted("PYTHON", 3, 2, essential=True),
        wanted("SQL", 3, 1),
        wanted("FHIR", 3, 1),
        wanted("SECURITY", 2, 1, essential=True),
        experience=ExperienceWanted(5),
        conditions=(DegreeCondition(5),),
    )
    facts = person(claim("JAVA", 3), claim("FHIR", 3, unconfirmed=True), claim("SECURITY", None))
    # shares 71 and 29; weights 2, 1, 1, 1 of 7100: 2840 and 1420 each
    assert WORDS.questions(matched(spec, facts)) == (
        Step("Điều kiện «Trình độ từ Thạc sĩ trở lên»: hồ sơ chưa cho biết", 0),
        Step("«Python» là bắt buộc: mới khai «Java», hỏi thẳng về kỹ năng này", 1420),
        Step("«An toàn thông tin»: chưa khai bậc", 710),
        Step("Kinh nghiệm: chưa khai đủ lĩnh vực hoặc thời gian", 2900),
        Step("«HL7 FHIR»: cần xác nhận đúng là kỹ năng này", 1420),
        Step("«SQL»: chưa khai, hỏi có biết không và ở bậc nào", 1420),
    )


def test_a_better_claim_that_waits_is_asked_for() -> None:
    match = matched(need(wanted(rank=3)), person(claim(rank=1), claim("DJANGO", 3, unconfirmed=True)))
    asked = "«Python»: còn một kỹ năng đã khai chờ xác nhận hoặc chưa có bậc"
    assert WORDS.questions(match) == (Step(asked, 9000 - 3333),)


def test_the_other_parts_are_asked_for_in_their_own_words() -> None:
    match = matched(
        HEALTH_DATA_ENGINEER,
        person(claim("PYTHON", 4), claim("SQL", 4), claim("FHIR"), claim("SECURITY"), claim("CHARTS")),
    )
    assert WORDS.questions(match) == (
        Step("Kinh nghiệm: chưa khai đủ lĩnh vực hoặc thời gian", 2000),
        Step("Trình độ: chưa khai đủ bằng cấp hoặc ngành", 1500),
        Step("Thời điểm nhận việc: chưa khai, hoặc khai đã quá lâu", 1000),
        Step("Nơi nhận làm việc: chưa khai", 500),
    )


def test_the_smallest_change_that_lifts_the_score() -> None:
    # one of three levels more of Python: 5000·100·(40−20)//6000 = 1667 − rounding; PostgreSQL to 3 of 3 is full
    match = matched(need(wanted(rank=3), wanted("SQL", 3)), person(claim(rank=1), claim("POSTGRES", 3)))
    assert WORDS.lifts(match) == (Step("«Python» lên bậc 2", 3333 - 1666),)


def test_four_lists_of_skills() -> None:
    spec = need(*(wanted(code) for code in ("PYTHON", "SQL", "FHIR", "SECURITY", "CHARTS")))
    facts = person(claim("DJANGO", 3), claim("POSTGRES", 2), claim("HL7", 3), claim("SECURITY", 0))
    groups = skill_groups(matched(spec, facts).skills)
    named = [[one.wanted.skill for one in group] for group in groups]
    assert named == [["PYTHON"], ["FHIR", "SQL"], ["SECURITY"], ["CHARTS"]]


def test_lost_points_by_part_with_the_largest_first() -> None:
    assert lost_by_part(matched(HEALTH_DATA_ENGINEER, KHUE)) == (
        ("skills", 1434),
        ("qualification", 750),
        ("experience", 500),
        ("availability", 500),
    )


def test_late_and_missing_parts_have_causes() -> None:
    spec = need(experience=ExperienceWanted(5), place=PlaceWanted("VN/12/"))
    facts = person(
        experience=(worked(date(2024, 1, 1), ongoing=True),),
        education=(studied(4),),
        availability=AvailabilityStated(date(2026, 1, 1)),
    )
    assert plain_text(WORDS.lead(matched(spec, facts), 2)) == (
        "2 năm kinh nghiệm phù hợp. Điểm bị trừ nhiều nhất ở kinh nghiệm (chưa đủ số năm) và nguyện vọng nơi "
        "làm việc (chưa khai đủ)."
    )


def test_a_translator_may_say_it_in_another_language() -> None:
    english = Words(NAMES, {"Trình độ từ %(degree)s trở lên": "At least %(degree)s"}.__getitem__)
    assert english.condition(DegreeCondition(5)) == "At least Thạc sĩ"
