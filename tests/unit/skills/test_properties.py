"""What holds for every label and for any text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.skills.resolver import Context, Label, resolve
from registry.skills.resolver.spelling import keyed, text_key
from registry.text import accented_key, fold
from tests.factories.skills import shipped


def preferred() -> list[Label]:
    return [label for label in shipped().labels if label.kind == "preferred"]


def plain() -> list[Label]:
    return [label for label in shipped().labels if not label.is_ambiguous]


FRAGMENTS = st.sampled_from(
    [
        " ",
        "(",
        ")",
        "/",
        ",",
        " - ",
        "N2",
        "bậc",
        "3/6",
        "kỹ sư",
        "QL",
        "5 năm",
        "C++",
        "\u0301",
        "ễ",
        "ow",
        "1",
    ]
) | st.deferred(lambda: st.sampled_from([label.text for label in plain()[::97]]))


@pytest.mark.slow
def test_every_label_names_its_own_concept() -> None:
    wrong = [
        (label.text, answer.skill)
        for label in plain()
        if not (answer := resolve(label.text, shipped())).is_accepted or answer.skill != label.code
    ]
    assert wrong == []


@pytest.mark.slow
def test_case_unicode_form_and_blanks_change_nothing() -> None:
    for label in plain():
        for written in (label.text.upper(), unicodedata.normalize("NFD", label.text), f"  {label.text} ."):
            answer = resolve(written, shipped())
            assert (answer.skill, answer.needs_confirmation) == (label.code, False), written


def test_names_without_marks_are_found() -> None:
    for label in preferred():
        answer = resolve(fold(label.text), shipped())
        assert (answer.skill, answer.needs_confirmation) == (label.code, False), label.text


def test_names_left_in_telex_are_found() -> None:
    for label in preferred():
        answer = resolve(keyed(accented_key(label.text)), shipped())
        assert (answer.skill, answer.needs_confirmation) == (label.code, False), label.text


@given(st.text(max_size=230) | st.lists(FRAGMENTS, max_size=14).map("".join))
@settings(max_examples=400)
def test_any_text_has_a_consistent_answer(text: str) -> None:
    answer = resolve(text, shipped())
    assert answer == resolve(text, shipped())
    assert 0 <= answer.margin <= answer.score <= 100
    if answer.skill is None:
        assert not answer.needs_confirmation
    else:
        assert answer.skill in shipped().concepts
        assert answer.candidates[0].skill == answer.skill
    assert len({candidate.skill for candidate in answer.candidates}) == len(answer.candidates) <= 5
    scores = [candidate.score for candidate in answer.candidates]
    assert scores == sorted(scores, reverse=True)


@given(st.text(max_size=60))
def test_both_unicode_forms_have_the_same_answer(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert resolve(composed, shipped()) == resolve(decomposed, shipped())


@given(
    st.text(max_size=60)
    | st.lists(FRAGMENTS | st.sampled_from(["c", "+", "#", "."]), max_size=9).map("".join)
)
def test_the_key_of_a_text_is_put_together_from_its_words(text: str) -> None:
    assert text_key(text) == accented_key(text)


AMBIGUOUS = st.deferred(
    lambda: st.sampled_from(sorted({label.text for label in shipped().labels if label.is_ambiguous}))
)


@given(st.lists(FRAGMENTS | AMBIGUOUS, min_size=1, max_size=4).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_a_text_without_readings_says_the_same_in_every_context(text: str) -> None:
    asked: list[str] = []
    alone = resolve(text, shipped(), Context(asked=asked))
    telling = tuple(word for label in shipped().labels if label.is_ambiguous for word in label.words)[:400:7]
    if not asked:
        assert resolve(text, shipped(), Context(neighbours=telling)) == alone
