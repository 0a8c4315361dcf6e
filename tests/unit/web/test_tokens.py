"""A covered token is uncovered again, looks different each time, and shows nothing of what it covers."""

from hypothesis import given
from hypothesis import strategies as st

from registry.web.tokens import covered, uncovered

TOKEN = "IjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAi.aSeYUw.2DVTC7jCyqu_7b6Gn7Qw4b7o3xI"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
def test_what_was_covered_is_uncovered(token: str) -> None:
    assert uncovered(covered(token)) == token


def test_two_covers_of_one_token_have_nothing_in_common() -> None:
    one, other = covered(TOKEN), covered(TOKEN)
    assert len(one) == len(other)
    # Two texts of 64 letters agree at one place of 64 by chance; a part that is always the same would be 30 long.
    assert sum(mine == its for mine, its in zip(one, other, strict=True)) < 20
    assert not any(one[at : at + 6] in other for at in range(len(one) - 5))
    assert "." not in one


@given(st.text(max_size=200))
def test_whatever_else_is_sent_comes_through_or_turns_to_nothing_valid(sent: str) -> None:
    found = uncovered(sent)
    assert found == sent or found.isascii()


def test_a_token_that_was_never_covered_and_an_endless_one_stay_as_they_are() -> None:
    assert uncovered(TOKEN) == TOKEN
    assert uncovered("A" * 100_000) == "A" * 100_000
