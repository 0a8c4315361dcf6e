"""What speaks for a concept whose name nobody listed: words, initials, spelling, kinds, names inside."""

import pytest

from registry.skills.resolver import Vocabulary, resolve
from registry.skills.resolver.initials import Initials, is_short_form, letters_of
from registry.skills.resolver.wording import stem
from registry.skills.resolver.wordlist import Nearby, WordList
from registry.text import accented_key
from tests.factories.skills import label, shipped, vocabulary


def test_english_endings_and_spellings_do_not_matter() -> None:
    assert len({stem(word) for word in ("geology", "geologist", "geologists")}) == 1
    assert stem("organisation") == stem("organization") == stem("organising")
    assert stem("colour") == stem("color")
    assert stem("sing") == "sing"
    assert stem("thuật") == "thuật"


@pytest.mark.parametrize("token", ["cntt", "ql", "ptnt", "qlđt"])
def test_short_forms_are_no_words(token: str) -> None:
    assert is_short_form(token)


@pytest.mark.parametrize("token", ["an", "kho", "audio", "c", "h2o", "abcdefgh"])
def test_words_are_no_short_forms(token: str) -> None:
    assert not is_short_form(token)


NAMES = [
    label("A", "quản lý nhà nước về tôn giáo", "preferred"),
    label("B", "quản lý chất thải rắn", "preferred"),
    label("C", "thuế thu nhập cá nhân", "preferred"),
    label("D", "điện mặt trời", "preferred"),
    label("E", "dệt may thêu", "preferred"),
    label("F", "QLXYZ", "abbreviation"),
]


def found(text: str) -> list[str]:
    return [NAMES[at].code for at in Initials(NAMES).exactly(accented_key(text))]


def test_initials_leave_out_small_words() -> None:
    assert letters_of("quản lý tài nguyên & môi trường") == "qltnmt"
    assert found("qlnntg") == found("qlnnvtg") == ["A"]


def test_words_left_in_full_must_agree() -> None:
    assert found("quản lý ctr") == ["B"]
    assert found("quan ly ctr") == ["B"]
    assert found("quốc lộ ctr") == []
    assert found("quản lý chất thải rắn") == []


def test_d_and_d_with_a_stroke_are_two_letters_in_a_text_with_marks() -> None:
    assert found("đmt") == ["D"]
    assert found("dmt") == ["D", "E"]


def test_initials_inside_longer_ones_are_found_with_their_share() -> None:
    inside = Initials(NAMES).inside("tncn")
    assert {NAMES[at].code: share for at, share in inside.items()} == {"C": 0.8}
    assert Initials(NAMES).inside("tn") == {}
    assert Initials(NAMES).inside("quản lý") == {}
    assert Initials(NAMES).inside("audio") == {}


def test_words_one_and_two_strokes_away() -> None:
    near = Nearby(WordList(["software", "soft", "phần", "kế"]))
    assert list(near.one_slip("softwaer")) == ["software"]
    assert list(near.one_slip("softwaer")) == ["software"]
    assert not near.one_slip("phâân")
    assert near.two_slips("sofwarre") == ["software"]
    assert not near.two_slips("☆☆☆☆☆☆")
    assert not near.one_slip("x" * 40)
    assert not near.two_slips("x" * 40)
    assert list(near.nearest("softwaer")) == list(near.nearest("sofwarre")) == ["software"]
    assert not near.nearest("psth")
    # One stroke would be most of so short a word.
    assert not near.one_slip("kw")


def words() -> Vocabulary:
    """A few concepts among enough others for words to have weight."""
    others = [label(f"X{at}", f"nghề số {at} thứ {at * 7}") for at in range(60)]
    return vocabulary(
        label("A", "chăn nuôi bò sữa", "preferred"),
        label("A", "dairy farming"),
        label("A", "nuôi bò lấy sữa"),
        label("B", "chăn nuôi gia cầm", "preferred"),
        label("B", "poultry farming"),
        label("C", "thống kê", "preferred"),
        label("C", "statistics"),
        *others,
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("trại bò sữa", "A"),
        ("dairy farmer", "A"),
        ("poultries", "B"),
        ("bò sữa poultry dairy", "A"),
        ("nuôi bòsữa", "A"),
        ("dairy farnming trại", "A"),
    ],
)
def test_words_of_all_labels_speak_for_a_concept(text: str, code: str) -> None:
    answer = resolve(text, words())
    assert answer.candidates[0].skill == code
    assert not answer.is_accepted


def test_a_broader_concept_is_likelier_where_its_kinds_tie() -> None:
    labels = [
        label("A", "chăn nuôi", "preferred"),
        label("A", "chăn nuôi lợn"),
        label("B", "nuôi lợn nái", "preferred"),
        label("C", "nuôi lợn thịt", "preferred"),
        *(label(f"X{at}", f"nghề số {at} thứ {at * 7}") for at in range(60)),
    ]
    flat = vocabulary(*labels)
    deep = Vocabulary.build("t", flat.concepts.values(), flat.labels, [("B", "A"), ("C", "A"), ("B", "YY")])
    by_flat, by_deep = (resolve("trại nuôi lợn", one).candidates[0] for one in (flat, deep))
    assert by_flat.skill == by_deep.skill == "A"
    assert by_deep.score > by_flat.score


def test_a_vocabulary_without_some_labels_forgets_them() -> None:
    whole = words()
    less = whole.without({"thong ke"})
    assert resolve("thống kê", whole).is_accepted
    assert not resolve("thống kê", less).is_accepted
    assert less.concepts.keys() == whole.concepts.keys()


def test_a_level_listed_with_a_name_is_read_where_the_rest_is_the_name() -> None:
    some = vocabulary(
        label("A", "Python", "preferred"),
        label("A", "Python nâng cao"),
        label("B", "xây dựng nhà", "preferred"),
        label("B", "xây dựng"),
        label("B", "xây dựng cơ bản"),
    )
    assert resolve("Python nâng cao", some).level is not None
    assert resolve("xây dựng cơ bản", some).level is None


@pytest.mark.parametrize("text", ["quản lý", "kỹ thuật", "công nghệ", "tổ chức"])
def test_a_head_noun_alone_names_nothing(text: str) -> None:
    assert resolve(text, shipped()).skill is None
