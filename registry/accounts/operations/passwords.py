"""Hashing passwords (argon2id) and making new ones. Slow on purpose: never call it inside a write transaction."""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from registry.accounts.rules import PasswordFault, password_fault
from registry.accounts.rules.passwords import guessing_form, is_too_long, spelled
from registry.config import Settings

# In each process that serves: a check takes its memory at once and, with its lanes, several processors.
_AT_ONCE = 1
# Easily told apart when read out or copied by hand: no 0 and O, no 1 and l.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_PRODUCT_WORDS = ("nhan luc", "nhan tai", "ung vien", "registry", "talent")


class PasswordHashing:
    """Argon2id with the costs of this installation. An unknown account costs the same as a known one."""

    def __init__(self, memory_kib: int, passes: int, lanes: int) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._turn = BoundedSemaphore(_AT_ONCE)
        self._of_nobody = _hash_of_nobody(memory_kib, passes, lanes)

    def hash(self, password: str) -> str:
        """The hash to store, of at most 1,024 bytes of password."""
        if is_too_long(password):
            raise ValueError("the password is too long to be hashed")
        with self._turn:
            return self._hasher.hash(spelled(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; `None` (nobody) takes as long and is never right."""
        tried = b"" if is_too_long(password) else spelled(password)
        with self._turn:
            try:
                self._hasher.verify(stored or self._of_nobody, tried)
            except (VerificationError, InvalidHashError, UnicodeEncodeError):
                return False
        return stored is not None and tried != b""

    def is_outdated(self, stored: str) -> bool:
        """True when the hash was made at another cost and should be made anew."""
        return self._hasher.check_needs_rehash(stored)


@lru_cache(maxsize=8)
def _hash_of_nobody(memory_kib: int, passes: int, lanes: int) -> str:
    """What an unknown address is compared with: made before the first of them comes, so that it takes no longer."""
    hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
    return hasher.hash(secrets.token_bytes(16))


def hashed_password(password: str) -> str:
    """The hash at the product's usual cost, where no settings are at hand; a sign-in renews it at another cost."""
    usual = PasswordHashing(Settings.password_memory_kib, Settings.password_passes, Settings.password_lanes)
    return usual.hash(password)


def fault_of(password: str, around: Iterable[str]) -> PasswordFault | None:
    """Why this password cannot be set; `around` are the account's address and name."""
    return password_fault(password, _common_passwords(), [*_PRODUCT_WORDS, *around])


def new_password() -> str:
    """A random password of four groups of five letters and digits (about 100 bits), for one first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    """The list that comes with the product, in the spelling of guessers."""
    text = files("registry.accounts").joinpath("data/common_passwords.txt").read_text("utf-8")
    return frozenset(guessing_form(line) for line in text.splitlines() if line and not line.startswith("#"))
