"""What a person does about their own candidacies: accept an invitation, decline it, withdraw from one. Flushes, never
commits. None of it touches another candidacy (CA-06).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.candidacies.models import Candidacy
from registry.candidacies.operations.moving import move
from registry.candidacies.rules import TAKEN, Stage


class NotAnswerable(Exception):
    """There is nothing to answer, or it is too late for that."""


def accept_invitation(session: Session, candidacy: Candidacy, *, by: int, at: datetime) -> None:
    """«Tôi quan tâm» to an invitation, «Tôi nhận việc» to an offer. Raises NotAnswerable."""
    session.refresh(candidacy)
    targets = {Stage.INVITED: Stage.INTERESTED, Stage.OFFERED: Stage.ACCEPTED}
    target = targets.get(candidacy.stage)
    if target is None:
        raise NotAnswerable
    move(session, candidacy, target, by=by, at=at)


def decline(session: Session, candidacy: Candidacy, *, reason: str, note: str, by: int, at: datetime) -> None:
    """No to an invitation or an offer, with a reason or without. Raises NotAnswerable."""
    session.refresh(candidacy)
    if candidacy.stage not in {Stage.INVITED, Stage.OFFERED}:
        raise NotAnswerable
    move(session, candidacy, Stage.DECLINED, by=by, at=at, reason=reason, note=note, shared=True)


def withdraw(
    session: Session, candidacy: Candidacy, *, reason: str, note: str, by: int, at: datetime
) -> None:
    """Out of this candidacy alone; not any more once the post is taken. Raises NotAnswerable."""
    session.refresh(candidacy)
    if candidacy.closed_at is not None or candidacy.stage in TAKEN:
        raise NotAnswerable
    move(session, candidacy, Stage.WITHDRAWN, by=by, at=at, reason=reason, note=note, shared=True)
