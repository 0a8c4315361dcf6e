"""Putting a restored registry into service: what must not go on as if nothing had happened since the backup.

Restoring itself changes nothing of what the backup holds, so that the two can be compared. It leaves a note in the data
directory, and whatever serves or works first does this, once, in one transaction:

* Running sign-ins end: one that was ended since the backup, because a device was stolen, would be open again.
* Letters that waited are kept back: they may have gone out since the backup. An administrator who knows better sends
  them again from the page of letters.
* Keys of other systems end: one that was ended since would open again.
* Exports are let go: a backup has none of their files, which last for hours.
* Jobs go on: what they had done since is undone as everything else is, and their handlers are safe to repeat; a lease
  that ran out is taken over by itself.

Links sent by letter are left: they open nothing to anybody but whom they were sent to, and run out by themselves.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from registry.accounts.models import AccountSession, HalfSignIn
from registry.api.operations.tokens import end_all_tokens
from registry.audit.operations import record
from registry.backup.rules.manifest import Manifest
from registry.db.leases import changed
from registry.exports.operations.forgetting import forget_all_exports
from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState

NOTE = "restored.json"
FAULT = "restored"
"""Why a letter was kept back, and why a sign-in ended."""
KEYS_ENDED = "Hệ thống được khôi phục từ bản sao lưu"
"""What the page of keys says of them; new ones are made there."""


@dataclass(frozen=True)
class Settled:
    """What was ended and kept back."""

    sign_ins: int
    tokens: int
    letters: int
    exports: int


def leave_note(folder: Path, manifest: Manifest, *, at: datetime) -> None:
    """Say in the data directory that its database was restored and is not yet in service."""
    told = {"backup": manifest.backup, "taken_at": manifest.taken_at, "restored_at": at.isoformat()}
    aside = folder / f".{NOTE}"
    aside.write_text(json.dumps(told) + "\n", "utf-8")
    aside.replace(folder / NOTE)


def take_note_away(folder: Path) -> None:
    """The database is in service, or was not restored after all."""
    (folder / NOTE).unlink(missing_ok=True)


def is_waiting(folder: Path) -> bool:
    """Whether the database was restored and is not yet in service."""
    return (folder / NOTE).exists()


def settle(session: Session, folder: Path, *, at: datetime) -> Settled:
    """End running sign-ins, keep waiting letters back, record that the registry was restored. Safe to repeat."""
    ended = session.execute(
        update(AccountSession)
        .where(AccountSession.ended_at.is_(None))
        .values(ended_at=at, ended_because=FAULT)
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(HalfSignIn).execution_options(synchronize_session=False))
    tokens = end_all_tokens(session, reason=KEYS_ENDED, at=at)
    waiting = or_(MailOutbox.state == LetterState.QUEUED, MailOutbox.state == LetterState.SENDING)
    kept_back = session.execute(
        update(MailOutbox)
        .where(waiting)
        .values(state=LetterState.FAILED, fault=FAULT, claim_token=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    settled = Settled(changed(ended), tokens, changed(kept_back), forget_all_exports(session))
    note = _note(folder)
    detail = {"taken_at": str(note.get("taken_at", "")), **asdict(settled)}
    record(session, None, "backup.restored", "backup", str(note.get("backup", "")), detail=detail, at=at)
    session.flush()
    return settled


def _note(folder: Path) -> dict[str, Any]:
    try:
        found: Any = json.loads((folder / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
