"""Letters that came back: what a report of delivery says (RFC 3464), read with the standard library. No database here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, cast

from registry.db.base import PUBLIC_ID_LENGTH

MOST_BYTES = 1_000_000
_OUR_ID = re.compile(rf"<([0-9a-z]{{{PUBLIC_ID_LENGTH}}})@")


@dataclass(frozen=True)
class Bounce:
    """An address that will not take letters, and which letter of ours it was (its public id, or empty)."""

    address: str
    letter: str
    code: str


def read_bounces(content: bytes) -> list[Bounce]:
    """The addresses that a report says have failed for good. Delays, and letters that are no reports, give none."""
    parser: Any = BytesParser(policy=policy.default)
    message: EmailMessage = parser.parsebytes(content[:MOST_BYTES])
    if message.get_content_type() != "multipart/report":
        return []
    letter = _letter_of(message)
    found: list[Bounce] = []
    for part in _recipients(message):
        status = str(part.get("Status", "")).strip()
        if str(part.get("Action", "")).strip().lower() == "failed" and status.startswith("5."):
            told = str(part.get("Final-Recipient") or part.get("Original-Recipient") or "")
            address = parseaddr(told.partition(";")[2].strip())[1]
            if address:
                found.append(Bounce(address, letter, status[:9]))
    return found


def _recipients(message: EmailMessage) -> Iterator[Any]:
    """The groups of fields about one recipient each; the first group is about the letter and has no recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload: Any = part.get_payload()
            groups = cast("list[Any]", payload) if isinstance(payload, list) else []
            yield from (one for one in groups if not isinstance(one, str))


def _letter_of(message: EmailMessage) -> str:
    """Which letter of ours came back: its own headers are in the report, whole or alone."""
    for part in message.walk():
        if part is not message and part.get_content_type() == "text/rfc822-headers":
            found = re.search(rf"(?im)^Message-ID:\s*{_OUR_ID.pattern}", str(part.get_content()))
        else:
            found = None if part is message else _OUR_ID.search(str(part.get("Message-ID", "")))
        if found:
            return found[1]
    return ""
