"""A client that costs little: requests made up beforehand, answers read to their end. As a program it is a storm.

`bench_client.py PORT CLIENTS` reads a cookie from its input and sends searches for anything at all until the input
ends; then it prints how many answers there were of each status.
"""

import random
import re
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote

_CHUNK = 1 << 18
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SIGNS = 200
_VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ    "


class Refused(Exception):
    """An answer that a measurement cannot count with."""


class Line:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; its status and the whole answer."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        self._socket.sendall(request)
        answer = self._read()
        if re.search(rb"\r\nconnection: *close", answer.split(b"\r\n\r\n")[0], re.IGNORECASE):
            self.close()
        return int(answer[9:12]), answer

    def _read(self) -> bytes:
        assert self._socket is not None  # noqa: S101 - just connected
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        missing = int(length[1]) - len(body) if length else 0
        parts = [answer]
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        assert self._socket is not None  # noqa: S101 - just connected
        got = self._socket.recv(_CHUNK)
        if not got:
            raise Refused("the server hung up")
        return got

    def close(self) -> None:
        """Hang up; the next request connects again."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def get(path: str, cookie: str = "") -> bytes:
    """A request for a page, as bytes."""
    signed = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n{signed}\r\n".encode()


@dataclass(frozen=True)
class Load:
    """What came back: seconds of every answer, and seconds from the first request to the last answer."""

    seconds: Sequence[float]
    lasted: float

    @property
    def a_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted


def load(port: int, request: bytes, count: int, clients: int = 1) -> Load:
    """The same request so often from so many clients at once. Raises Refused for any answer but 200."""

    def client(_number: int) -> list[float]:
        line, times = Line(port), list[float]()
        for _ in range(count // clients):
            begun = time.perf_counter()
            status, answer = line.ask(request)
            times.append(time.perf_counter() - begun)
            if status != 200:
                raise Refused(answer[:300].decode(errors="replace"))
        line.close()
        return times

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        seconds = [one for times in pool.map(client, range(clients)) for one in times]
    return Load(seconds, time.perf_counter() - begun)


def asked_until(port: int, request: bytes, count: int, most_seconds: float) -> list[float]:
    """The times of so many answers one after the other, or of fewer when time is up; at least two."""
    line, times = Line(port), list[float]()
    given_up = time.perf_counter() + most_seconds
    while len(times) < count and (len(times) < 2 or time.perf_counter() < given_up):
        begun = time.perf_counter()
        line.ask(request)
        times.append(time.perf_counter() - begun)
    line.close()
    return times


def anything(chance: random.Random) -> str:
    """Two hundred signs: Vietnamese, digits, or whatever Unicode has."""
    kind = chance.randrange(3)
    if kind == 0:
        return "".join(chance.choices(_VIETNAMESE, k=_SIGNS))
    if kind == 1:
        return "".join(chance.choices("0123456789 ", k=_SIGNS))
    numbers = (chance.randrange(0x20, 0x2FFFF) for _ in range(_SIGNS))
    return "".join(chr(one) if not 0xD800 <= one < 0xE000 else "?" for one in numbers)


def storm(port: int, clients: int, cookie: str, is_over: threading.Event) -> Counter[int]:
    """Searches for anything from so many clients until it is over; answers by status."""

    def client(seed: int) -> Counter[int]:
        chance, line, found = random.Random(seed), Line(port), Counter[int]()  # noqa: S311 - not a secret
        while not is_over.is_set():
            try:
                found[line.ask(get(f"/ung-vien?q={quote(anything(chance))}", cookie))[0]] += 1
            except (OSError, Refused):
                found[0] += 1
                line.close()
        return found

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(client, range(clients)), Counter[int]())


def _main() -> None:
    is_over = threading.Event()
    cookie = sys.stdin.readline().strip()
    threading.Thread(target=lambda: (sys.stdin.read(), is_over.set()), daemon=True).start()
    found = storm(int(sys.argv[1]), int(sys.argv[2]), cookie, is_over)
    print(" ".join(f"{status}:{count}" for status, count in sorted(found.items())))


if __name__ == "__main__":
    _main()
