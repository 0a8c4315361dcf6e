"""Six digits at the edges of their time, recovery codes as they are typed, and how often one may try."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp.totp import TOTP

from registry.accounts.rules import Role
from registry.accounts.rules.second_factor import (
    PROOF_LASTS,
    TRIES,
    code_of,
    enrolment_address,
    is_proof_fresh,
    matching_step,
    must_have_second_factor,
    new_recovery_code,
    new_secret,
    secret_of,
    spelled_recovery_code,
    spelled_secret,
    step_at,
    wait_before_try,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# The beginning of a step.
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def test_codes_are_those_of_rfc_6238() -> None:
    """Appendix B of the RFC, its last six digits (SHA-1)."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")):
        at = datetime.fromtimestamp(seconds, UTC)
        assert code_of(secret, step_at(at)) == code
        assert matching_step(secret, code, at) == step_at(at)


@pytest.mark.parametrize(
    ("late", "is_accepted"),
    [
        (timedelta(0), True),
        (timedelta(seconds=59, microseconds=999_999), True),
        (timedelta(seconds=60), False),
        (timedelta(seconds=-30), True),
        (timedelta(seconds=-30, microseconds=-1), False),
    ],
)
def test_a_code_counts_in_its_own_step_the_one_before_and_the_one_after(
    late: timedelta, is_accepted: bool
) -> None:
    code = code_of(SECRET, step_at(AT))
    assert matching_step(SECRET, code, AT + late) == (step_at(AT) if is_accepted else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "\0", "-00001", "0" * 5000])
def test_what_is_no_code_is_no_code(typed: str) -> None:
    assert matching_step(SECRET, typed, AT) is None


def test_blanks_and_wide_digits_do_not_matter() -> None:
    code = code_of(SECRET, step_at(AT))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    for typed in (f"{code[:3]} {code[3:]}", f" {code}\u00a0", wide):
        assert matching_step(SECRET, typed, AT) == step_at(AT)


def test_secrets_have_160_bits_and_are_written_in_groups() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert spelled_secret(new_secret()).count(" ") == 7
    assert secret_of(bytes(32)) == "A" * 32
    with pytest.raises(ValueError, match="20 bytes"):
        secret_of(bytes(19))


def test_the_picture_says_what_authenticator_apps_read() -> None:
    address = enrolment_address(SECRET, "a@vidu.vn", "Nhân lực Lai Châu")
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, TOTP)
    assert (parsed.secret, parsed.name, parsed.issuer) == (SECRET, "a@vidu.vn", "Nhân lực Lai Châu")
    assert (parsed.digits, parsed.interval) == (6, 30)


def test_whoever_sees_what_belongs_to_others_must_have_a_second_factor() -> None:
    assert {role for role in Role if must_have_second_factor([role])} == set(Role) - {Role.CANDIDATE}
    assert must_have_second_factor([Role.CANDIDATE, Role.AUDITOR])
    assert not must_have_second_factor([])


def test_recovery_codes_can_be_typed_any_way() -> None:
    codes = {new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert len(spelled_recovery_code(code)) == 10
        assert spelled_recovery_code(f" {code.upper().replace('-', ' - ')} ") == spelled_recovery_code(code)


@pytest.mark.parametrize(("most", "within"), TRIES)
def test_each_limit_is_exact(most: int, within: timedelta) -> None:
    """So many tries pass, the next waits until the oldest is as old as the window, and not a moment longer."""
    tries = [AT + within * place / most for place in range(most)]
    last = tries[-1]
    assert wait_before_try(tries[:-1], last) == timedelta(0)
    wait = wait_before_try(tries, last)
    assert wait == AT + within - last
    assert wait_before_try(tries, last + wait - timedelta(microseconds=1)) > timedelta(0)
    assert wait_before_try(tries, last + wait) == timedelta(0)


@given(st.lists(st.integers(0, 90_000), max_size=120))
def test_no_way_of_trying_gets_beyond_a_limit(seconds: list[int]) -> None:
    """However tries are spread, in no window more pass than its limit."""
    passed: list[datetime] = []
    for second in sorted(seconds):
        at = AT + timedelta(seconds=second)
        if wait_before_try(passed, at) == timedelta(0):
            passed.append(at)
    for most, within in TRIES:
        assert all(sum(at <= one < at + within for one in passed) <= most for at in passed)


def test_a_proof_counts_for_a_quarter_of_an_hour() -> None:
    assert is_proof_fresh(AT, AT + PROOF_LASTS)
    assert not is_proof_fresh(AT, AT + PROOF_LASTS + timedelta(microseconds=1))
    assert not is_proof_fresh(None, AT)
