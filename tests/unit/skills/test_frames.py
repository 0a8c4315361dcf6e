"""Words of a job post or a CV around a name: taken off at the ends, never out of a name."""

import pytest

from registry.skills.resolver import Vocabulary, resolve
from registry.skills.resolver.written import without_roles, without_version
from tests.factories.skills import label, vocabulary


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary(
        label("A", "nuôi ong", "preferred"),
        label("B", "data mining", "preferred"),
        label("C", "trồng điều", "preferred"),
        label("D", "thanh tra", "preferred"),
        label("E", "thanh tra môi trường", "preferred"),
        label("F", "giao tiếp", "preferred"),
        label("F", "communication skills"),
        label("G", "truyền thông", "preferred"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tuyển dụng nhân viên nuôi ong", "A"),
        ("Có ít nhất 2 năm kinh nghiệm nuôi ong", "A"),
        ("Biết nuôi ong là lợi thế", "A"),
        ("nuôi ong và các công việc liên quan", "A"),
        ("Co kinh nghiem ve nuoi ong", "A"),
        ("Strong data mining skills", "B"),
        ("3+ years of data mining", "B"),
        ("Proficient in data mining", "B"),
        ("Hands-on data mining experience", "B"),
    ],
)
def test_lead_ins_and_wishes_around_a_name_do_not_matter(words: Vocabulary, text: str, code: str) -> None:
    assert resolve(text, words).skill == code


@pytest.mark.parametrize(
    "text", ["tuyển dụng", "có kinh nghiệm", "years of", "2 năm kinh nghiệm", "là lợi thế"]
)
def test_a_frame_around_nothing_names_nothing(words: Vocabulary, text: str) -> None:
    assert resolve(text, words).skill is None


def test_a_frame_is_never_taken_out_of_a_name(words: Vocabulary) -> None:
    # "trong" without marks is «trồng» as well as «trong».
    assert resolve("trong dieu", words).skill == "C"
    assert "dieu" not in tuple(without_roles("trong dieu"))
    assert resolve("communication skills", words).skill == "F"


def test_something_is_always_left() -> None:
    for key in ("tuyển dụng", "có kinh nghiệm về", "experience in", "5 năm kinh nghiệm"):
        assert all(without_roles(key))


def test_a_part_that_names_a_concept_does_not_decide_what_the_whole_says(words: Vocabulary) -> None:
    answer = resolve("Thanh tra, kiểm tra môi trường", words)
    assert (answer.skill, answer.needs_confirmation) == ("E", True)


def test_parts_are_still_all_listed(words: Vocabulary) -> None:
    answer = resolve("nuôi ong, data mining", words)
    assert {"A", "B"} <= {candidate.skill for candidate in answer.candidates}
    assert answer.needs_confirmation


@pytest.fixture(scope="module")
def tools() -> Vocabulary:
    return vocabulary(
        label("A", "kế toán", "preferred"),
        label("B", "bệnh án điện tử", "preferred"),
        label("B", "EMR", "abbreviation"),
        label("C", "Angular", "preferred"),
        label("D", "PHP", "preferred"),
        label("E", "Revit"),
        label("E", "mô hình công trình", "preferred"),
        label("F", "SAP", "preferred"),
        label("G", "SAP2000", "preferred"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dạy kế toán", "A"),
        ("giảng viên kế toán", "A"),
        ("GV kế toán", "A"),
        ("Triển khai EMR tại BV", "B"),
        ("cài đặt bệnh án điện tử", "B"),
    ],
)
def test_what_is_done_with_a_skill_may_be_another_one(tools: Vocabulary, text: str, code: str) -> None:
    answer = resolve(text, tools)
    assert answer.skill == code
    assert answer.needs_confirmation


def test_a_role_that_says_nothing_else_is_taken_off_without_asking(tools: Vocabulary) -> None:
    assert resolve("nhân viên kế toán", tools).is_accepted
    assert resolve("lập trình PHP", tools).is_accepted


@pytest.mark.parametrize("text", ["Angular 16", "Angular15", "Angular 2+", "Angular v16.2", "angular16.2.1"])
def test_a_version_after_the_name_of_a_tool_does_not_matter(tools: Vocabulary, text: str) -> None:
    answer = resolve(text, tools)
    assert (answer.skill, answer.is_accepted) == ("C", True)


@pytest.mark.parametrize(("text", "code"), [("PHP8.1", "D"), ("Revit 2021", "E"), ("SAP2001", "F")])
def test_a_version_is_asked_about_after_a_short_name_or_another_name_of_the_skill(
    tools: Vocabulary, text: str, code: str
) -> None:
    answer = resolve(text, tools)
    assert answer.skill == code
    assert answer.needs_confirmation


@pytest.mark.parametrize("key", ["h2", "c4", "kế toán 2024", "angular"])
def test_what_is_short_or_vietnamese_has_no_version(key: str) -> None:
    assert without_version(key) is None


def test_a_number_that_belongs_to_a_name_stays(tools: Vocabulary) -> None:
    answer = resolve("SAP2000", tools)
    assert (answer.skill, answer.is_accepted) == ("G", True)
