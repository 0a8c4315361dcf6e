"""The steps one by one, on vocabularies made for the purpose."""

from registry.skills.resolver import Context, resolve
from registry.skills.resolver.slips import slips
from registry.skills.resolver.spelling import is_lenient_match
from registry.skills.resolver.wordlist import Nearby
from tests.factories.skills import label, vocabulary


def test_an_exact_name_wins_over_every_alias() -> None:
    words = vocabulary(label("A", "dược", "preferred"), label("B", "được", "alias"))
    assert resolve("dược", words).how == "exact"
    assert resolve("được", words).skill == "B"
    both = resolve("duoc", words)
    assert (both.needs_confirmation, both.how, both.margin) == (True, "several", 0.0)


def test_a_marked_syllable_matches_only_itself() -> None:
    words = vocabulary(label("A", "kỹ thuật hàn", "preferred"))
    assert resolve("ky thuat hàn", words).is_accepted
    assert not resolve("ky thuat hán", words).is_accepted


def test_too_few_marks_are_forgiven_where_no_syllable_is_meant() -> None:
    words = vocabulary(label("A", "nước sạch", "preferred"))
    assert resolve("nuớc sạch", words).is_accepted
    assert resolve("nươc sạch", words).is_accepted


def test_one_slip_of_marks_is_taken_in_long_names_only() -> None:
    words = vocabulary(label("A", "công chứng hợp đồng", "preferred"), label("B", "công chứng", "preferred"))
    assert resolve("công chúng hợp đồng", words).is_accepted
    assert not resolve("công chúng", words).is_accepted
    assert not resolve("công chúng hợp động", words).is_accepted


def test_another_real_word_is_never_a_slip() -> None:
    words = vocabulary(label("A", "quản lý nhà nước cấp tỉnh", "preferred"))
    assert resolve("quản lý nhà nước cấp tính", words).skill is not None
    assert not resolve("quản lý nhà hàng cấp tỉnh", words).is_accepted


def test_a_word_of_another_label_is_never_a_slip() -> None:
    words = vocabulary(label("A", "statistics", "preferred"), label("B", "statistical", "preferred"))
    assert not resolve("statisticss", vocabulary(label("A", "statistical", "preferred"))).is_accepted
    assert resolve("statisticss", words).skill == "A"


def test_two_labels_equally_near_are_asked_about() -> None:
    words = vocabulary(label("A", "marketingaz", "preferred"), label("B", "marketingbz", "preferred"))
    answer = resolve("marketingcz", words)
    assert answer.needs_confirmation
    assert {candidate.skill for candidate in answer.candidates} == {"A", "B"}


def test_codes_are_never_fuzzed() -> None:
    words = vocabulary(
        label("A", "C++", "preferred"), label("B", "Vue.js", "preferred"), label("C", "SAP", "preferred")
    )
    for text in ("C+", "Vue.jz", "SAQ", "C"):
        assert resolve(text, words).skill is None, text
    assert slips("c++", words, Nearby(words.spelling)) == []


def test_abbreviations_are_never_fuzzed() -> None:
    words = vocabulary(label("A", "kế toán", "preferred"), label("A", "CNTTX", "abbreviation"))
    assert resolve("CNTTY", words).skill is None


def test_word_order_needs_three_syllables_or_a_separator() -> None:
    words = vocabulary(label("A", "nhân công", "preferred"), label("B", "quản lý kho", "preferred"))
    assert resolve("công nhân", words).how != "reordered"
    assert resolve("công, nhân", words).how == "reordered"
    assert resolve("kho quản lý", words).how == "reordered"


def test_the_same_words_of_two_concepts_are_asked_about() -> None:
    words = vocabulary(label("A", "kinh tế quản lý", "preferred"), label("B", "quản lý kinh tế", "preferred"))
    answer = resolve("tế kinh quản lý", words)
    assert (answer.how, answer.needs_confirmation) == ("several", True)


def test_parts_that_agree_are_sure_and_parts_that_do_not_are_asked() -> None:
    words = vocabulary(
        label("A", "kế toán", "preferred"), label("A", "accounting"), label("B", "kiểm toán", "preferred")
    )
    assert resolve("kế toán (accounting)", words).is_accepted
    assert resolve("accounting / kế toán", words).is_accepted
    assert resolve("kế toán (gì đó)", words).needs_confirmation
    assert resolve("(accounting)", words).skill == "A"
    both = resolve("kế toán, kiểm toán", words)
    assert (both.how, both.needs_confirmation) == ("several", True)


def test_two_ambiguous_parts_that_agree_are_still_asked_about() -> None:
    words = vocabulary(
        label("A", "kế toán", "preferred"), label("A", "KT", "abbreviation", words=("sổ sách",))
    )
    assert resolve("KT / KT", words).needs_confirmation
    assert resolve("KT (kế toán)", words).is_accepted
    assert resolve("KT", words, Context(neighbours=("ghi sổ sách",))).is_accepted


def test_an_abbreviation_inside_a_text_stands_for_its_names() -> None:
    words = vocabulary(
        label("A", "quản lý chất thải rắn", "preferred"),
        label("A", "chất thải rắn"),
        label("A", "CTR", "abbreviation"),
    )
    answer = resolve("quản lý CTR", words)
    assert (answer.skill, answer.how, answer.needs_confirmation) == ("A", "expanded", False)


def test_readings_of_many_abbreviations_are_bounded() -> None:
    words = vocabulary(label("A", "kế toán", "preferred"))
    assert not resolve("kt cn " * 9, words).is_accepted


def test_a_name_inside_a_longer_text_is_offered() -> None:
    words = vocabulary(label("A", "kế toán", "preferred"), label("B", "thuế", "preferred"))
    answer = resolve("lớp học kế toán buổi tối", words)
    assert (answer.skill, answer.how, answer.needs_confirmation) == ("A", "contained", True)


def test_initials_are_offered_preferred_names_first() -> None:
    words = vocabulary(
        label("A", "thẩm tra viên lớn", "preferred"),
        label("B", "tên gọi khác lạ", "preferred"),
        label("B", "thi tay nghề vườn lê"),
        label("C", "kỹ thuật làm vườn", "preferred"),
    )
    answer = resolve("TTVL", words)
    assert (answer.skill, answer.how, answer.needs_confirmation) == ("A", "initials", True)
    assert resolve("TTNVL", words).skill == "B"
    assert resolve("KT", words).skill is None


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert resolve("kế toán", vocabulary()).how == "unknown"


def test_a_list_of_roles_around_nothing_is_no_skill() -> None:
    words = vocabulary(label("A", "kế toán", "preferred"))
    assert resolve("kỹ sư", words).skill is None
    assert resolve("chuyên viên kế toán", words).is_accepted
    assert resolve("ky su ke toan", words).needs_confirmation
    assert resolve("senior accounting engineer developer", words).skill is None


def test_a_word_more_is_never_a_slip_however_alike_the_rest() -> None:
    words = vocabulary(label("A", "bảo tồn và phát huy giá trị di sản văn hóa phi vật thể", "preferred"))
    answer = resolve("bảo tồn và phát huy giá trị di sản văn hóa phi vật thể a", words)
    assert (answer.skill, answer.needs_confirmation) == ("A", True)


def test_a_mark_no_letter_composes_with_is_a_slip_not_a_lenient_match() -> None:
    assert not is_lenient_match("q\u0303atar", "qatar")
    assert is_lenient_match("qatar", "qatar")


def test_two_slips_need_a_long_word_in_a_long_label() -> None:
    words = vocabulary(label("A", "photogrammetry", "preferred"), label("B", "chemistry", "preferred"))
    assert resolve("photogramnetri", words).is_accepted
    assert not resolve("chenistri", words).is_accepted
    assert not resolve("photogrannetri", words).is_accepted


def test_two_foreign_words_in_another_order_are_asked_about() -> None:
    words = vocabulary(label("A", "warehouse management", "preferred"))
    answer = resolve("management warehouse", words)
    assert (answer.skill, answer.needs_confirmation) == ("A", True)
