"""Keys, cursors and budgets of the API, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.accounts.rules import Permission
from registry.api.rules import (
    PERMISSIONS,
    REQUESTS,
    WINDOW,
    ApiScope,
    budget,
    cursor_of,
    is_token,
    is_touch_due,
    is_write_key,
    new_token,
    parts_of,
    permissions_of,
    request_hash,
)
from registry.api.views.words import sentence_of

AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def test_a_key_has_256_bits_and_a_shape_of_its_own() -> None:
    keys = {new_token() for _ in range(200)}
    assert len(keys) == 200
    assert all(is_token(key) for key in keys)
    assert not any(map(is_token, ("", "reg_", "reg_" + "x" * 44, "REG_" + "x" * 43, "reg_" + "é" * 43)))


def test_every_scope_carries_one_permission_and_unknown_words_none() -> None:
    assert set(PERMISSIONS) == set(ApiScope)
    assert permissions_of(["needs:write", "x"]) == {Permission.NEEDS_WRITE}
    assert Permission.ACCOUNTS_MANAGE not in permissions_of(list(ApiScope))


# Letters of other planes take twelve signs each in a mark: sixty of them would be longer than a mark may be.
@given(st.text(max_size=20), st.integers(min_value=0, max_value=2**53))
def test_a_mark_says_what_was_put_in(text: str, number: int) -> None:
    assert parts_of(cursor_of(number, text), int, str) == (number, text)
    assert parts_of(cursor_of(number), str) is None


@given(st.text(max_size=500))
def test_what_is_no_mark_is_none(text: str) -> None:
    found = parts_of(text, int, str)
    assert found is None or cursor_of(*found)


@pytest.mark.parametrize("mark", ["é", "x" * 401, "W10", "WzFd", "e30", "W1tbW1tbW1s", "AAAA"])
def test_foreign_marks_are_none(mark: str) -> None:
    assert parts_of(mark, str) is None


def test_a_budget_is_spent_after_so_many_and_begins_anew() -> None:
    left = budget(REQUESTS, AT, AT + timedelta(seconds=1.5), REQUESTS)
    assert (left.left, left.seconds, left.is_spent) == (0, WINDOW.total_seconds() - 1, False)
    assert budget(REQUESTS + 1, AT, AT + WINDOW, REQUESTS) == type(left)(-1, 1)


def test_a_use_is_noted_now_and_then_and_keys_of_writes_are_short() -> None:
    assert is_touch_due(None, AT)
    assert not is_touch_due(AT, AT + timedelta(seconds=119))
    assert [is_write_key(key) for key in ("a", "~" * 80, "", "a b", "é", "x" * 81)] == [
        *(True, True),
        *(False, False, False, False),
    ]
    assert request_hash("POST", "/a", b"b") != request_hash("POST", "/ab", b"")


def test_every_fault_has_words() -> None:
    assert sentence_of("missing", {}) == "Thiếu mục này"
    assert sentence_of("less_than_equal", {"le": 5}) == "Nhập giá trị không quá 5"
    assert "yyyy-mm-dd" in sentence_of("date_from_datetime_parsing", {})
    assert sentence_of("frozen_set_type", {}) == "Mục này chưa đúng dạng"
