"""Texts left as the keys of Telex or VNI were pressed are resolved as what they say; English never is."""

import random
from collections.abc import Callable

import pytest

from registry.skills.resolver import Label, resolve
from registry.skills.resolver.spelling import strokes
from registry.skills.resolver.typed import decoded_texts
from registry.text import accented_key, is_vietnamese_syllable
from tests.factories.skills import label, shipped, vocabulary

SEED = 20261126


def read(text: str) -> tuple[str, ...]:
    return decoded_texts(text, accented_key(text), shipped().tokens)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kyx suw nuooi troofng thuyr sarn", "kỹ sư nuôi trồng thủy sản"),
        ("ngoafi truwowfng", "ngoài trường"),
        ("tin hocj", "tin học"),
        ("kho lanhj, 5 nawm kinh nghieemj", "kho lạnh, 5 năm kinh nghiệm"),
        ("DDarng, ddoafn (baacj 3/7)", "đảng, đoàn (bậc 3/7)"),
        ("kế toans truwongf hocj", "kế toán trường học"),
        ("ky4 su7 xa6y du7ng5", "kỹ sư xây dựng"),
    ],
)
def test_keys_are_read_where_most_words_are_none(typed: str, meant: str) -> None:
    assert [accented_key(text) for text in read(typed)] == [accented_key(meant)]


@pytest.mark.parametrize(
    "text",
    [
        "class boss",
        "free address",
        "Luxury express",
        "Hibernate ORM",
        "RISA Technologies RISA-3D",
        "Mường Toong",
        "business class boots",
        "beer glass",
        "ISO 9001",
        "A2 B1",
        "C1",
        "hocj",
        "quản lý dự án",
        "",
    ],
)
def test_other_texts_are_not_read(text: str) -> None:
    assert read(text) == ()


def test_a_word_of_labels_may_be_meant_as_it_stands_so_both_readings_are_asked_about() -> None:
    words = vocabulary(label("A", "kế toán tã", "preferred"), label("B", "tax", "preferred"))
    assert len(decoded_texts("kees toans tax", "kees toans tax", words.tokens)) == 2


NAMES = [
    label("A", "nuôi trồng thủy sản", "preferred"),
    label("B", "quản lý dự án", "preferred"),
    label("C", "xây dựng công trình ngầm đô thị", "preferred"),
]


@pytest.mark.parametrize(
    ("plain", "typed"),
    [
        ("kỹ sư nuôi trồng thủy sản", "kyx suw nuooi troofng thuyr sarn"),
        ("thủy sản nuôi trồng", "thuyr sarn nuooi troofng"),
        ("QL dự án", "QL duwj ans"),
        ("xây dựng ngầm đô thị", "xaay duwngj ngaamf ddoo thij"),
        ("quản lý dự án nâng cao", "quarn lys duwj ans naang cao"),
        ("quản lý dư án", "quarn lys duw ans"),
    ],
)
def test_every_step_sees_the_decoded_text(plain: str, typed: str) -> None:
    words = vocabulary(*NAMES)
    told, answer = resolve(plain, words), resolve(typed, words)
    assert told.skill is not None
    assert (answer.skill, answer.how, answer.needs_confirmation, answer.level is None) == (
        told.skill,
        "decoded",
        told.needs_confirmation,
        told.level is None,
    )


def typed_by_telex(text: str, random_: random.Random) -> str:
    """Every syllable as keys, the key of its tone somewhere behind the vowel."""
    words: list[str] = []
    for token in text.split(" "):
        keys = strokes(token) if is_vietnamese_syllable(token) else token
        if not token.isascii() and keys[-1] in "frxsj":
            last = max(at for at, key in enumerate(keys) if key in "aeiouyw")
            at = random_.randint(last + 1, len(keys) - 1)
            keys = keys[:at] + keys[-1] + keys[at:-1]
        words.append(keys)
    return " ".join(words)


def held(read_label: Callable[[Label], bool], count: int) -> list[Label]:
    random_ = random.Random(SEED)
    return random_.sample([one for one in shipped().labels if read_label(one)], count)


def is_vietnamese(one: Label) -> bool:
    syllables = one.accented.split(" ")
    return (
        not one.is_ambiguous
        and one.kind != "abbreviation"
        and len(syllables) > 1
        and all(map(is_vietnamese_syllable, syllables))
        and sum(not syllable.isascii() for syllable in syllables) * 2 > len(syllables)
    )


def test_names_with_a_role_before_them_are_found_from_their_keys() -> None:
    random_ = random.Random(SEED)
    missed: list[str] = []
    for one in held(is_vietnamese, 300):
        plain = f"chuyên viên {one.accented}"
        typed = typed_by_telex(plain, random_)
        told, answer = resolve(plain, shipped()), resolve(typed, shipped())
        if (answer.skill, answer.needs_confirmation) != (told.skill, told.needs_confirmation):
            missed.append(typed)
    assert len(missed) <= 6, missed


def test_english_names_are_never_read_as_keys() -> None:
    english = [one for one in shipped().labels if one.text.isascii()]
    assert [one.text for one in english if read(one.text)] == []


def test_english_names_nobody_listed_are_never_read_as_keys() -> None:
    """Words of a held-out name count as known only where another label has them."""
    sample = held(lambda one: one.text.isascii() and one.kind != "abbreviation" and " " in one.text, 2000)
    left = shipped().without({one.folded for one in sample})
    wrongly = [one.text for one in sample if decoded_texts(one.text, one.accented, left.tokens)]
    assert wrongly == []
