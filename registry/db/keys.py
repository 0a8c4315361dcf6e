"""Encryption of single fields and keyed hashes, both under REGISTRY_FIELD_KEYS (current key first)."""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

_NONCE_BYTES = 12
_KEY_MARK_BYTES = 4


class WrongKey(Exception):
    """No key of this installation opens the value: REGISTRY_FIELD_KEYS lost a key or the value was changed."""


class Keyring:
    """AES-256-GCM under the current key, opening with any earlier one; HMAC-SHA-256 for equality."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("a keyring needs at least one key")
        self._sealing = [(_mark(key), AESGCM(key)) for key in (_derived(key, "seal") for key in keys)]
        self._hashing = [_derived(key, "digest") for key in keys]

    def seal(self, text: str, aad: str) -> bytes:
        """Encrypt `text`; `aad` names where it belongs (table, column), so that it cannot be moved."""
        return self.seal_bytes(text.encode(), aad)

    def seal_bytes(self, content: bytes, aad: str) -> bytes:
        """The same of bytes."""
        mark, cipher = self._sealing[0]
        nonce = os.urandom(_NONCE_BYTES)
        return mark + nonce + cipher.encrypt(nonce, content, aad.encode())

    def open(self, blob: bytes, aad: str) -> str:
        """Decrypt a sealed value. Raises WrongKey."""
        return self.open_bytes(blob, aad).decode()

    def open_bytes(self, blob: bytes, aad: str) -> bytes:
        """The same of bytes."""
        mark, nonce = blob[:_KEY_MARK_BYTES], blob[_KEY_MARK_BYTES : _KEY_MARK_BYTES + _NONCE_BYTES]
        sealed = memoryview(blob)[_KEY_MARK_BYTES + _NONCE_BYTES :]  # a file is large enough not to be copied
        for own, cipher in self._sealing:
            if hmac.compare_digest(mark, own):
                try:
                    return cipher.decrypt(nonce, sealed, aad.encode())
                except InvalidTag as error:
                    raise WrongKey(aad) from error
        raise WrongKey(aad)

    @property
    def name(self) -> str:
        """Tells this ring from others of other keys, and nothing of the keys."""
        return self.digest("", "keyring")

    def digest(self, text: str, purpose: str) -> str:
        """Keyed hash (64 hex digits) for finding equal values; `purpose` keeps different fields apart."""
        return _hashed(self._hashing[0], text, purpose)

    def digests(self, text: str, purpose: str) -> list[str]:
        """The hash under every key, current first: look-ups must also find rows hashed before a rotation."""
        return [_hashed(key, text, purpose) for key in self._hashing]


def keyring_of(session: Session) -> Keyring:
    """The keyring this session was opened with."""
    keyring = session.info["keyring"]
    assert isinstance(keyring, Keyring)  # noqa: S101 - a session without one is a programming error
    return keyring


def _hashed(key: bytes, text: str, purpose: str) -> str:
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256").hex()


def _derived(key: str, use: str) -> bytes:
    return hmac.new(key.encode(), f"registry {use}".encode(), hashlib.sha256).digest()


def _mark(key: bytes) -> bytes:
    """A short public name of a key, so that opening need not try every key."""
    return hashlib.sha256(b"registry key mark" + key).digest()[:_KEY_MARK_BYTES]
