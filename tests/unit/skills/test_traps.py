"""Texts that must be the same, texts that must differ, and what is asked rather than guessed."""

import unicodedata

import pytest

from registry.skills.resolver import Context, resolve
from tests.factories.skills import label, shipped, vocabulary


def accepted(text: str) -> str | None:
    answer = resolve(text, shipped())
    return answer.skill if answer.is_accepted else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kế toán", "FI01"),
        ("KẾ TOÁN", "FI01"),
        ("  kế   toán. ", "FI01"),
        ("ke toan", "FI01"),
        ("kế tóan", "FI01"),
        (unicodedata.normalize("NFD", "Nuôi trồng thủy sản"), "AQ01"),
        ("nuôi trồng thuỷ sản", "AQ01"),
        ("kĩ thuật điện tử", "EN06"),
        ("quản lí nhà nước", "PA01"),
        ("chuyen đổi số", "IT26"),
        ("xử lý nuớc thải", "EV03"),
        ("luật đat đai", "LA04"),
        ("CNTT", "IT27"),
        ("AI", "IT15"),
        ("JS", "IT03"),
        ("JavaScript", "IT03"),
        ("java script", "IT03"),
        ("Java", "IT02"),
        ("C", "IT04"),
        ("C++", "IT05"),
        ("c #", "IT06"),
        ("cpp", "IT05"),
        (".net", "IT14"),
        ("React", "IT12"),
        ("react-native", "IT13"),
        ("Ui / Ux", "IT31"),
        ("TN&MT", "EV01"),
        ("TN & MT", "EV01"),
        ("đo đạc bản đồ", "EV08"),
        ("bản đồ và đo đạc", "EV08"),
        ("nhà nước, quản lý", "PA01"),
        ("phân tử, sinh học", "SC04"),
        ("laapj trinhf Java", "IT02"),
        ("keer toans", None),
        ("kees toans", "FI01"),
        ("ke61 toa1n", "FI01"),
        ("nuôi tôm CNC", "AQ02"),
        ("QL dự án", "CO10"),
        ("XD cầu đường", "CO02"),
        ("TS (TypeScript)", "IT11"),
        ("thiết kế do hoa (graphic design)", "CU09"),
        ("AI / trí tuệ nhân tạo", "IT15"),
        ("xây dựng cơ bản", "CO01"),
        ("ISO 9001", "EN13"),
        ("kỹ sư xây dựng", "CO01"),
        ("kỹ năng làm việc nhóm", "SS01"),
        ("kỹ sư CNTT", "IT27"),
        ("logistis", "LO01"),
        ("bảo hiễm xã hội", "FI07"),
        ("năng lượng tái tạoo", "EG01"),
        ("hàn ngữ", "LN03"),
        ("hán ngữ", "LN04"),
        ("KTĐN", "FI13"),
    ],
)
def test_what_people_write_is_accepted(text: str, code: str | None) -> None:
    assert accepted(text) == code


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("Java", "IT03"),
        ("JavaScript", "IT02"),
        ("C", "IT05"),
        ("C++", "IT06"),
        ("C#", "IT04"),
        ("quản lý", "PA01"),
        ("kiểm toán", "FI01"),
        ("kiểm toán năng lượng", "FI02"),
        ("được", "HE12"),
        ("công chúng", "LA08"),
        ("truyền thống", "CU05"),
        ("kế hoạch", "FI01"),
        ("thanh toán", "PA08"),
        ("nha khoa", "HE04"),
        ("bán hàng", "FI03"),
        ("viễn thông", "IT36"),
        ("NoSQL", "IT08"),
        ("Google", "IT09"),
        ("logic học", "LO01"),
        ("phần mềm kế toán", "FI01"),
        ("khoa học xã hội", "EN11"),
        ("tiếng Nga", "LN02"),
        ("pháp luật", "LN05"),
        ("công nhân", "PA06"),
        ("nâng cao năng lực", "PA06"),
        ("ngôn ngữ lập trình f", "IT09"),
    ],
)
def test_false_friends_are_never_accepted(text: str, not_this: str) -> None:
    assert accepted(text) != not_this


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CNC", {"EN02", "AG06"}),
        ("TS", {"AQ01", "IT11"}),
        ("KT", {"FI01", "FI02"}),
        ("CV", {"IT44"}),
        ("CTXH", {"SC05"}),
        ("han ngu", {"LN03", "LN04"}),
        ("KTDN", {"FI01"}),
        ("Java, Python", {"IT02", "IT01"}),
    ],
)
def test_ambiguous_texts_are_asked_about_with_all_readings(text: str, codes: set[str]) -> None:
    answer = resolve(text, shipped())
    assert answer.needs_confirmation
    assert {candidate.skill for candidate in answer.candidates} >= codes


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("CNC", Context(sector="engineering"), "EN02"),
        ("CNC", Context(sector="agriculture"), "AG06"),
        ("CNC", Context(neighbours=("Trồng rau, nuôi tôm",)), "AG06"),
        ("TS", Context(neighbours=("lập trình React",)), "IT11"),
        ("KT", Context(sector="finance"), "FI01"),
        ("CTXH", Context(sector="social"), "SC05"),
    ],
)
def test_the_context_decides_between_readings(text: str, context: Context, code: str) -> None:
    answer = resolve(text, shipped(), context)
    assert (answer.skill, answer.needs_confirmation) == (code, False)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("CNC", True),
        ("thợ KT", True),
        ("dạy CTXH", True),
        ("lập trình Java", False),
        ("việc riêng số 7", False),
    ],
)
def test_a_text_tells_whether_its_context_could_matter(text: str, is_open: bool) -> None:
    asked: list[str] = []
    resolve(text, shipped(), Context(asked=asked))
    assert bool(asked) is is_open


def test_a_context_of_both_readings_still_asks() -> None:
    answer = resolve("CNC", shipped(), Context("engineering", ("nông nghiệp",)))
    assert answer.needs_confirmation


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("thông kê", "FI14"),
        ("công nghệ thông tim", "IT27"),
        ("ky su tri tue nhan tao", "IT15"),
        ("ky su xay dung cau", "CO02"),
        ("tiếng Anh (giao dịch khách)", "LN01"),
        ("kế toán trại giam", "FI01"),
        ("BTDSVH phi", "CU03"),
    ],
)
def test_what_is_only_likely_is_offered(text: str, code: str) -> None:
    answer = resolve(text, shipped())
    assert (answer.skill, answer.needs_confirmation) == (code, True)


@pytest.mark.parametrize(
    "text",
    [
        "Zqvxw 0",
        "Zqvxw 16",
        "16",
        "2020",
        "10 20",
        "24/7 Zqvxw",
        "115",
        "Zqvxw 2021",
        "Zqvxw 9001",
        "Zqvxw m",
        "Zqvxw 16 m",
        "Zqvxw 2c",
        "Zqvxw r+",
    ],
)
def test_a_number_or_a_letter_beside_unknown_words_names_nothing(text: str) -> None:
    answer = resolve(text, shipped())
    assert (answer.skill, answer.needs_confirmation, answer.candidates) == (None, False, ())


@pytest.mark.parametrize(
    "text", ["ISO 9002", "ISO 14002", "iso 17026", "SAP2001", "luật đất đai 2014", "ISO 901"]
)
def test_another_number_is_no_slip_of_the_keyboard(text: str) -> None:
    assert accepted(text) is None


@pytest.mark.parametrize("text", ["boom operator", "dresser", "Ext JS", "pMatlab"])
def test_a_foreign_word_with_another_first_letter_is_asked_about(text: str) -> None:
    assert accepted(text) is None


@pytest.mark.parametrize("text", ["CostGuard", "FishXing", "UrbanSim"])
def test_a_capital_inside_a_word_makes_it_a_name_of_its_own(text: str) -> None:
    assert accepted(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JavaScirpt", "IT03"),
        ("POSTGRESQLL", "IT86"),
        ("jế toán", "FI01"),
        ("statistcs", "FI14"),
        ("jarketing", "FI11"),
        ("amrketing", "FI11"),
    ],
)
def test_slips_inside_words_are_accepted(text: str, code: str) -> None:
    assert accepted(text) == code


@pytest.mark.parametrize("text", ["steam engineer", "precision engineer", "theatre technician"])
def test_a_word_used_for_many_concepts_is_asked_about_beside_a_role(text: str) -> None:
    assert accepted(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("welding engineer", "EN07"), ("geology technician", "EV09"), ("biology technician", "SC56")],
)
def test_a_word_of_one_concept_is_accepted_beside_a_role(text: str, code: str) -> None:
    assert accepted(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("chuẩn ISO 9001 zqvxw", "EN13"), ("chuẩn ISO 14001 zqvxw", "EV18"), ("zqvxw 5S", "EN121")],
)
def test_numbers_still_tell_names_of_the_same_words_apart(text: str, code: str) -> None:
    assert resolve(text, shipped()).candidates[0].skill == code


def test_initials_nobody_listed_are_a_guess() -> None:
    answer = resolve("KTTBVT", shipped())
    assert answer.skill is None
    answer = resolve("TVTLHĐCS", shipped())
    assert not answer.is_accepted


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("…", "unknown"),
        ("x" * 201, "too_long"),
        ("x" * 1_000_000, "too_long"),
        ("a " * 21, "too_long"),
        ("Ke\x00toan", "unreadable"),
        ("Ke\u202etoan", "unreadable"),
        ("\ud800", "unreadable"),
        ("\ufffd\ufffd", "unreadable"),
        ("đếm sao đêm rằm", "unknown"),
    ],
)
def test_texts_without_a_concept_say_why(text: str, how: str) -> None:
    answer = resolve(text, shipped())
    assert (answer.skill, answer.how, answer.needs_confirmation) == (None, how, False)


def test_a_word_that_stands_as_it_is_among_words_with_marks_is_asked_about() -> None:
    known = vocabulary(
        label("A", "thợ đá", "preferred"),
        label("B", "da giày", "preferred"),
        label("B", "sản xuất giày"),
        label("C", "giấy dó", "preferred"),
        label("D", "chuyển đổi số", "preferred"),
    )
    # «da» is a word of names, «chuyen» is none.
    assert resolve("thợ da", known).needs_confirmation
    assert resolve("chuyen đổi số", known).is_accepted
    assert resolve("tho da", known).is_accepted
    # «giấy» is as well, so it is no «giày» typed wrongly.
    paper = resolve("sản xuất giấy", known)
    assert (paper.skill, paper.needs_confirmation) == ("B", True)
