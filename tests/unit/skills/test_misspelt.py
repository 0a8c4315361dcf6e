"""A letter more, less or another one in words that then say something else: offered, never taken."""

import pytest

from registry.skills.resolver import Vocabulary, resolve
from registry.skills.resolver.guesses import OFFERED_CHANCE
from registry.skills.resolver.misspelt import misspelt
from registry.text import accented_key
from tests.factories.skills import label, vocabulary


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary(
        label("A", "công tác người cao tuổi", "preferred"),
        label("B", "ngoại khoa", "preferred"),
        label("C", "mỹ thuật", "preferred"),
        label("D", "kỹ thuật số", "preferred"),
        label("E", "công tác xã hội", "preferred"),
        label("F", "ISO 9001 chất lượng", "preferred"),
        label("G", "C++", "preferred"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cong tac nguoi ao tuoi", "A"),
        ("công tác người ao tuổi", "A"),
        ("cog tac nguoi cao tuii", "A"),
        ("Công atc xã hội", "E"),
        ("ngoai hoa", "B"),
        ("ngoái khoa", "B"),
        ("Cán bộ ngoái khoa", "B"),
        ("Tuyển nhân viên công tác người coa tuổi", "A"),
    ],
)
def test_a_slip_that_makes_another_word_is_offered(words: Vocabulary, text: str, code: str) -> None:
    answer = resolve(text, words)
    assert (answer.skill, answer.needs_confirmation) == (code, True)


@pytest.mark.parametrize("core", ["ngoại hòa bình", "công tác người cao", "cổ", "c+", "iso 9002 chất lượng"])
def test_other_words_and_numbers_are_no_slips(words: Vocabulary, core: str) -> None:
    assert misspelt(core, words) == []


def test_two_words_of_labels_with_their_marks_are_meant_as_they_stand(words: Vocabulary) -> None:
    [real] = misspelt(accented_key("kỹ thuật"), words)
    [bare] = misspelt(accented_key("ky thuat"), words)
    assert real.chance < OFFERED_CHANCE < bare.chance


def test_a_real_word_in_place_of_another_is_never_taken(words: Vocabulary) -> None:
    for text in ("ngoại hoa", "công ác xã hội", "công tác người ao tuổi"):
        assert not resolve(text, words).is_accepted, text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Two strokes in a short word, which two other words stand beside.
        ("công tác xã hoxxij", "E"),
        ("công tác wgxời cxo tuổi", None),
        # Beside one other word most of the word misspelt must be right.
        ("mỹ thxxaatj", "C"),
        ("ngoại khxxa", None),
        # Nothing stands beside it.
        ("ngxxi", None),
    ],
)
def test_two_strokes_in_a_word_that_is_none_are_offered_beside_the_others(
    words: Vocabulary, text: str, code: str | None
) -> None:
    found = misspelt(accented_key(text), words)
    assert [words.labels[one.position].code for one in found] == ([] if code is None else [code])
    assert all(OFFERED_CHANCE < one.chance < 80 for one in found)


def test_a_word_that_folds_to_a_joining_one_stands_in_its_name() -> None:
    """«thế» without its marks is the English «the», which keys leave out."""
    answer = resolve("chăm sóc htay thế", vocabulary(label("A", "chăm sóc thay thế", "preferred")))
    assert (answer.skill, answer.needs_confirmation) == ("A", False)
