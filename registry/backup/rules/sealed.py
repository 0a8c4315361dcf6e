"""A backup that is encrypted: AES-256-GCM in chunks, so that it is written and read without holding it whole.

    TRBACKUP1\\n | salt, 16 bytes | check, 16 bytes | chunk | chunk | ...

The key is scrypt (RFC 7914; N=2^15, r=8, p=1) of the given key and the salt: 64 bytes, of which 32 encrypt and 16 are
the check that tells a wrong key from a changed file. A chunk is 64 KiB (the last one shorter, or empty) and 16 bytes of
tag; its nonce is 7 zero bytes, its number (4 bytes), and 1 for the last chunk, else 0 (STREAM: Hoang, Reyhanitabar,
Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015); the header is
bound to every chunk. Cutting off, reordering, adding or changing anything does not open.
"""

import hmac
import io
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from registry.backup.rules.refusals import BackupRefused, Why

MAGIC = b"TRBACKUP1\n"
CHUNK = 64 * 1024
SALT_BYTES = 16
_CHECK, _TAG = 16, 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES + _CHECK


def _keys(key: str, salt: bytes) -> tuple[bytes, bytes]:
    both = Scrypt(salt=salt, length=64, n=2**15, r=8, p=1).derive(key.encode())
    return both[:32], both[32 : 32 + _CHECK]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + (b"\1" if is_last else b"\0")


class SealingWriter(io.RawIOBase):
    """Encrypts what is written to it into `stream`, which stays open. The last chunk goes with `close`."""

    def __init__(self, stream: IO[bytes], key: str, salt: bytes) -> None:
        """`salt` must be random: it makes the key of this one file."""
        super().__init__()
        sealing, check = _keys(key, salt)
        self._stream, self._cipher = stream, AESGCM(sealing)
        self._header = MAGIC + salt + check
        self._held = bytearray()
        self._number = 0
        stream.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        """Take all of it; a full chunk is kept back until it is known not to be the last."""
        self._held += content
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(content)

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._put(bytes(self._held), is_last=True)
        super().close()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._stream.write(self._cipher.encrypt(nonce, plain, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Decrypts a sealed file, from any place of it. Raises BackupRefused (WRONG_KEY, DAMAGED)."""

    def __init__(self, stream: IO[bytes], key: str) -> None:
        super().__init__()
        self._stream = stream
        self._header = stream.read(HEADER_BYTES)
        body = stream.seek(0, io.SEEK_END) - HEADER_BYTES
        if body < _TAG:
            raise BackupRefused(Why.DAMAGED)
        salt = self._header[len(MAGIC) :][:SALT_BYTES]
        opening, check = _keys(key, salt)
        if not hmac.compare_digest(check, self._header[-_CHECK:]):
            raise BackupRefused(Why.WRONG_KEY)
        self._cipher = AESGCM(opening)
        self._chunks = -(-body // (CHUNK + _TAG))
        self._length = body - self._chunks * _TAG
        self._at = 0
        self._opened: tuple[int, bytes] = (-1, b"")
        self._chunk(self._chunks - 1)  # one that was cut off is told at once

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        if begin + offset < 0:
            raise OSError("before the beginning")
        self._at = begin + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        if self._at >= self._length:
            return 0
        number, begin = divmod(self._at, CHUNK)
        part = self._chunk(number)[begin : begin + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if self._opened[0] != number:
            self._stream.seek(HEADER_BYTES + number * (CHUNK + _TAG))
            sealed = self._stream.read(CHUNK + _TAG)
            nonce = _nonce(number, is_last=number == self._chunks - 1)
            try:
                self._opened = number, self._cipher.decrypt(nonce, sealed, self._header)
            except (InvalidTag, ValueError) as changed:
                raise BackupRefused(Why.DAMAGED) from changed
        return self._opened[1]
