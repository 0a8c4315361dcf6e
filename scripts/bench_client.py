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
from statistics import quantiles
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
    """What came back: seconds of every answer, how many were no page, seconds from the first request to the last answer."""

    seconds: Sequence[float]
    failed: int
    lasted: float

    @property
    def a_second(self) -> float:
        """Pages a second."""
        return (len(self.seconds) - self.failed) / self.lasted

    def percentile(self, percent: int) -> float:
        """So many percent of the answers came sooner; of few answers the slowest."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


def load(port: int, request: bytes, count: int, clients: int = 1, most_seconds: float = 20) -> Load:
    """The same request so often from so many clients at once, or less often when time is up; each at least twice."""
    begun = time.perf_counter()

    def client(_number: int) -> list[tuple[float, bool]]:
        line, found = Line(port), list[tuple[float, bool]]()
        while len(found) < max(2, count // clients) and (
            len(found) < 2 or time.perf_counter() < begun + most_seconds
        ):
            asked = time.perf_counter()
            is_page = _is_page(line, request)
            found.append((time.perf_counter() - asked, is_page))
        line.close()
        return found

    with ThreadPoolExecutor(clients) as pool:
        found = [one for answers in pool.map(client, range(clients)) for one in answers]
    failed = sum(not is_page for _seconds, is_page in found)
    return Load([seconds for seconds, _is_page in found], failed, time.perf_counter() - begun)


def _is_page(line: Line, request: bytes) -> bool:
    try:
        return line.ask(request)[0] == 200
    except (OSError, Refused):
        line.close()
        return False


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
