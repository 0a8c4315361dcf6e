"""Conditions as sentences."""

import pytest

from registry.policies.rules import AllOf, AnyOf, AsOf, Leaf, Not, Words
from registry.policies.rules.words import Codes

LADDER = (("DH",), ("THS", "CKI"), ("TS", "CKII"))


class Named(Codes):
    def unit(self, code: str) -> str:
        return {"83@2025-06-30": "tỉnh Bến Tre (cũ)"}.get(code, code)

    def field(self, code: str) -> str:
        return {"772": "Sức khỏe"}.get(code, code)


SENTENCES = [
    (Leaf("degree_rank", ">=", "DH"), "Có bằng Đại học trở lên"),
    (Leaf("degree_rank", ">=", "TS"), "Có bằng Tiến sĩ hoặc tương đương (Chuyên khoa II) trở lên"),
    (Leaf("degree_rank", "has_any", ("TS",)), "Có bằng Tiến sĩ"),
    (Leaf("age_on", "<", 35, as_of=AsOf.APPLY), "Dưới 35 tuổi vào ngày nộp hồ sơ"),
    (Leaf("age_on", "<=", 40), "Không quá 40 tuổi vào ngày quyết định"),
    (Leaf("years_experience", ">=", 5, "research_abroad"), "Có ít nhất 5 năm nghiên cứu ở nước ngoài"),
    (Leaf("remaining_working_years", ">=", 10), "Còn ít nhất 10 năm công tác"),
    (Leaf("language_level", ">=", 5, "en"), "Tiếng Anh bậc 5 trở lên"),
    (Leaf("language_level", "=", 3, "xx"), "Xx bậc 3"),
    (Leaf("academic_title", ">", "PGS"), "Có chức danh trên Phó giáo sư"),
    (Leaf("classification", "in", ("G", "XS")), "Tốt nghiệp loại Giỏi hoặc Xuất sắc"),
    (Leaf("gender", "!=", "male"), "Giới tính: không phải Nam"),
    (Leaf("residence_country", "!=", "VN"), "Nơi cư trú: không phải Việt Nam"),
    (Leaf("field_code", "has_any", ("772", "746")), "Ngành đào tạo thuộc Sức khỏe hoặc 746"),
    (Leaf("current_employer_unit", "in", ("83@2025-06-30",)), "Đang công tác tại địa bàn: tỉnh Bến Tre (cũ)"),
    (Leaf("university_rank", "<=", 200, "QS:2025"), "Trường trong 200 hạng đầu (QS:2025)"),
    (Leaf("university_rank", ">", 100), "Hạng của trường trên 100"),
    (Leaf("owns_home_in_province", "=", False), "Chưa có nhà ở trong tỉnh"),
    (Leaf("owns_home_in_province", "!=", False), "Đã có nhà ở trong tỉnh"),
    (Leaf("training", "=", True, "abroad"), "Học ở nước ngoài"),
    (Leaf("training", ">=", 12, "months"), "Thời gian đào tạo ít nhất 12 tháng"),
    (
        Leaf("award", "has_any", ("NSND", "HUY_CHUONG")),
        "Đạt danh hiệu, giải thưởng: Nghệ sĩ nhân dân hoặc HUY_CHUONG",
    ),
    (Leaf("rule", "=", True), "Văn bản chưa nêu điều kiện"),
    (Leaf("yearly_list", "has_any", "X"), "Ngành đào tạo thuộc danh mục của năm quyết định"),
    (Leaf("height", ">", 1), "height"),
]


@pytest.mark.parametrize(("leaf", "sentence"), SENTENCES, ids=[sentence for _, sentence in SENTENCES])
def test_a_condition_is_a_sentence(leaf: Leaf, sentence: str) -> None:
    assert Words(Named()).condition(leaf, LADDER) == sentence


def test_a_whole_rule() -> None:
    rule = AllOf(
        (
            Leaf("gender", "=", "female"),
            AnyOf((Leaf("age_on", "<", 35), Not(Leaf("recognised_talent", "=", True, text="Có tài năng")))),
        )
    )
    assert Words().rule(rule) == (
        "Giới tính: Nữ và (Dưới 35 tuổi vào ngày quyết định hoặc (không phải (Có tài năng)))"
    )


def test_a_whole_rule_says_what_the_policy_holds_equal() -> None:
    rule = AllOf((Leaf("degree_rank", ">=", "TS"), Not(Leaf("degree_rank", ">=", "CKI"))))
    assert Words().rule(rule, LADDER) == (
        "Có bằng Tiến sĩ hoặc tương đương (Chuyên khoa II) trở lên và "
        "(không phải (Có bằng Chuyên khoa I hoặc tương đương (Thạc sĩ) trở lên))"
    )


@pytest.mark.parametrize(
    ("evidence", "is_unknown", "is_reversed", "words"),
    [
        ("foreign_degree_recognition", True, False, "thiếu: công nhận văn bằng nước ngoài"),
        ("giay-khac", True, False, "thiếu: giay-khac"),
        ("", True, False, "chưa biết: Có bằng Tiến sĩ"),
        ("", False, False, "cần: Có bằng Tiến sĩ"),
        ("", True, True, "chưa biết có vướng: Có bằng Tiến sĩ"),
        ("", False, True, "vướng: Có bằng Tiến sĩ"),
    ],
)
def test_what_would_have_to_come(evidence: str, is_unknown: bool, is_reversed: bool, words: str) -> None:
    leaf = Leaf("degree_rank", ">=", "TS", evidence=evidence)
    said = Words().lacking(leaf, "Có bằng Tiến sĩ", is_unknown=is_unknown, is_reversed=is_reversed)
    assert said == words


def test_sentences_are_translated_where_they_are_shown() -> None:
    english = {"Dưới %(n)s tuổi": "Under %(n)s", "vào ngày nộp hồ sơ": "on the day of application"}
    words = Words(translate=lambda sentence: english.get(sentence, sentence))
    assert words.condition(Leaf("age_on", "<", 35, as_of=AsOf.APPLY)) == "Under 35 on the day of application"
