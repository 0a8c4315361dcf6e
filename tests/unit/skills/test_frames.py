"""Words of a job post or a CV around a name: taken off at the ends, never out of a name."""

import pytest

from registry.skills.resolver import Vocabulary, resolve
from registry.skills.resolver.written import without_roles
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
