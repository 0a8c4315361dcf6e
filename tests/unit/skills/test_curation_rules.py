"""The rules of curating: which texts may become labels, local codes, circles, and matching other catalogues."""

import pytest

from registry.skills.rules import (
    ChangeKind,
    ExternalState,
    LabelHolder,
    LabelKind,
    LabelLanguage,
    Verdict,
    final_of,
    guess_kind,
    guess_language,
    is_local_code,
    judge_label,
    listed_words,
    match_external,
    moves_claims,
    next_local_code,
    would_circle,
)

CONG_CHUNG = LabelHolder(7, "công chứng", is_ambiguous=False)


@pytest.mark.parametrize(
    ("text", "skill_id", "holders", "contexts", "verdict"),
    [
        ("đi phượt", 1, (), False, Verdict.FREE),
        ("Công chứng", 7, (CONG_CHUNG,), False, Verdict.OWN),
        ("công chúng", 1, (CONG_CHUNG,), False, Verdict.MARKS),
        ("Công Chứng", 1, (CONG_CHUNG,), False, Verdict.TAKEN),
        ("Công Chứng", 1, (CONG_CHUNG,), True, Verdict.DECLARED),
        ("cong chung", 1, (CONG_CHUNG, LabelHolder(8, "cong chung", True)), False, Verdict.TAKEN),
        ("cong chung", 1, (CONG_CHUNG,), False, Verdict.TAKEN),
        ("☆☆", 1, (), False, Verdict.WORDLESS),
    ],
)
def test_a_text_names_one_concept_or_is_declared_ambiguous(
    text: str, skill_id: int, holders: tuple[LabelHolder, ...], contexts: bool, verdict: Verdict
) -> None:
    assert judge_label(text, skill_id, holders, has_contexts=contexts) is verdict


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("đi phượt", LabelKind.ALIAS, LabelLanguage.VI),
        ("nuoi tom", LabelKind.ALIAS, LabelLanguage.VI),
        ("du lich", LabelKind.ALIAS, LabelLanguage.VI),
        ("React Native", LabelKind.ALIAS, LabelLanguage.EN),
        ("welding", LabelKind.ALIAS, LabelLanguage.EN),
        ("CNTT", LabelKind.ABBREVIATION, LabelLanguage.VI),
        ("thợ hàn TIG", LabelKind.ALIAS, LabelLanguage.VI),
    ],
)
def test_kind_and_language_are_guessed_from_the_looks(
    text: str, kind: LabelKind, language: LabelLanguage
) -> None:
    assert (guess_kind(text), guess_language(text)) == (kind, language)


def test_local_codes_go_on_after_the_highest_one() -> None:
    assert next_local_code([]) == "TU-0001"
    assert next_local_code(["FI01", "TU-0007", "TU-0002", "TU-x"]) == "TU-0008"
    assert next_local_code(["TU-9999"]) == "TU-10000"
    assert is_local_code("TU-0001")
    assert not is_local_code("TU01")


def test_context_words_are_kept_once_and_are_bounded() -> None:
    assert listed_words([" gia  công ", "", "phay|tiện", "gia công"]) == "gia công|phay tiện"
    with pytest.raises(ValueError, match="too long"):
        listed_words(["x" * 501])


def test_a_link_that_would_lead_round_is_seen_however_long_the_way() -> None:
    broader = {1: [2], 2: [3], 3: [4], 5: [3]}
    assert would_circle(broader, narrow=4, broad=1)
    assert would_circle(broader, narrow=2, broad=1)
    assert not would_circle(broader, narrow=1, broad=4)
    assert not would_circle(broader, narrow=5, broad=1)
    assert would_circle(broader, narrow=1, broad=1)


def test_merges_are_followed_to_their_end() -> None:
    assert final_of(1, {1: 2, 2: 3}) == 3
    assert final_of(3, {1: 2}) == 3
    assert final_of(1, {1: 2, 2: 1}) in {1, 2}


def test_an_external_concept_is_ours_only_by_one_equal_english_label() -> None:
    english = {"welding": frozenset({4}), "design": frozenset({5, 6})}
    assert match_external("Welding", english).skill_id == 4
    assert match_external("design", english).state is ExternalState.AMBIGUOUS
    assert match_external("welder", english).state is ExternalState.UNMATCHED
    assert match_external("", english).state is ExternalState.UNMATCHED


def test_changes_that_leave_every_text_as_it_was_move_no_claims() -> None:
    assert moves_claims(ChangeKind.MERGED)
    assert moves_claims(ChangeKind.TERM_LABELLED)
    assert not moves_claims(ChangeKind.TERM_IGNORED)
    assert not moves_claims(ChangeKind.RELATION_ADDED)
