"""A mail server with moods, in a process of its own: takes letters, and also stalls, refuses and drops connections.

    python -m scripts.outbox_sink --port 8972 --log FILE --seed 1

What it takes it writes into the log before it says so, one line a letter: seconds, Message-ID, recipient. It never says
«250» to what it did not write, nor writes what it then does not answer with «250»: whoever sends such a letter again is to
blame for it. Addresses that begin with `khong-co` are refused for good (550), those with `loi` are refused by their
content (554); all else is chance.
"""

import argparse
import asyncio
import re
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.smtp import SMTP

NOBODY, WRONG = "khong-co", "loi"
_ID = re.compile(rb"^Message-ID:\s*<([^>@]+)@", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Moods:
    """How often, of a thousand, it does what; and how many seconds a stall lasts."""

    drops_at_greeting: int = 5
    drops_at_sender: int = 2
    drops_at_content: int = 4
    later_at_recipient: int = 10
    later_at_content: int = 5
    stalls_at_recipient: int = 1
    stalls_at_content: int = 2
    stall_seconds: float = 6.0


KIND = Moods(0, 0, 0, 0, 0, 0, 0)


class Sink:
    """The handler of the server's commands."""

    def __init__(self, log: Path, seed: int, moods: Moods) -> None:
        self._log = log.open("a", buffering=1, encoding="ascii")
        self._chance = Random(seed)  # noqa: S311
        self._moods = moods

    def _is(self, of_a_thousand: int) -> bool:
        return self._chance.random() * 1_000 < of_a_thousand

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet, or hang up."""
        session.host_name = hostname
        if self._is(self._moods.drops_at_greeting):
            server.transport.abort()
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Hear the sender, or hang up."""
        if self._is(self._moods.drops_at_sender):
            server.transport.abort()
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Hear the recipient, refuse it, or stall."""
        if address.startswith(NOBODY):
            return "550 5.1.1 no such user"
        if self._is(self._moods.later_at_recipient):
            return "450 4.2.0 greylisted"
        if self._is(self._moods.stalls_at_recipient):
            await asyncio.sleep(self._moods.stall_seconds)
            return "451 4.3.0 that took long"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the letter, refuse it, stall, or hang up."""
        to = envelope.rcpt_tos[0]
        if to.startswith(WRONG):
            return "554 5.6.0 not like this"
        if self._is(self._moods.later_at_content):
            return "451 4.3.0 later"
        if self._is(self._moods.stalls_at_content):
            await asyncio.sleep(self._moods.stall_seconds)
            return "451 4.3.0 that took long"
        if self._is(self._moods.drops_at_content):
            server.transport.abort()
            return "451 nobody hears this"
        if server.transport.is_closing():
            return "451 nobody hears this"
        found = _ID.search(envelope.content)
        name = found[1].decode() if found else "-"
        self._log.write(f"{time.time():.6f}\t{name}\t{to}\n")
        return "250 ok"


async def _serve(port: int, sink: Sink) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.vidu.vn", loop=loop), "127.0.0.1", port
    )
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


def main() -> int:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="store_true", help="takes everything at once")
    asked = parser.parse_args()
    asyncio.run(_serve(asked.port, Sink(asked.log, asked.seed, KIND if asked.kind else Moods())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
