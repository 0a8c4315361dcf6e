"""Reading the letters that lie in the folder of an installation without a server: for its demonstration inbox."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

_SHOWN = 50
_NAME = re.compile(r"[0-9a-z]{26}", re.ASCII)
_MOST_BYTES = 200_000


@dataclass(frozen=True)
class DeliveredLetter:
    """A letter as it would arrive."""

    public_id: str
    to: str
    sender: str
    subject: str
    arrived_at: datetime
    language: str
    body: str


def delivered_letters(folder: Path) -> Sequence[DeliveredLetter]:
    """The newest letters in the folder, the newest first."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.glob("*.eml") if _NAME.fullmatch(path.stem)]
    newest = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:_SHOWN]
    return [_read(path) for path in newest]


def delivered_letter(folder: Path, public_id: str) -> DeliveredLetter | None:
    """One letter; None for a name that is none of ours."""
    path = folder / f"{public_id}.eml"
    return _read(path) if _NAME.fullmatch(public_id) and path.is_file() else None


def _read(path: Path) -> DeliveredLetter:
    parser: Any = BytesParser(policy=policy.default)
    with path.open("rb") as stream:
        message: EmailMessage = parser.parsebytes(stream.read(_MOST_BYTES))
    return DeliveredLetter(
        path.stem,
        str(message["To"]),
        str(message["From"]),
        str(message["Subject"]),
        datetime.fromtimestamp(path.stat().st_mtime, UTC),
        str(message["Content-Language"]),
        str(message.get_content()),
    )
