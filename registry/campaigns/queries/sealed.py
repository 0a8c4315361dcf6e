"""What was written, opened for those who may read it, and links found by what a letter carries."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.campaigns.models import CampaignLetter, CampaignMember, OutreachAttempt
from registry.db.keys import keyring_of

_LONGEST_TOKEN = 100


def sealing_place(row: CampaignMember | OutreachAttempt) -> str:
    """Where sealed words belong: moved to another row they do not open. The row needs its public id already."""
    return f"{row.__tablename__}.words:{row.public_id}"


def words_of(session: Session, row: CampaignMember | OutreachAttempt) -> str:
    """What was written; empty when nothing."""
    return "" if row.words_sealed is None else keyring_of(session).open(row.words_sealed, sealing_place(row))


def token_hash(token: str) -> str:
    """What is kept of the link of a letter: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def letter_of(session: Session, token: str) -> CampaignLetter | None:
    """The letter whose link this is, whatever became of it."""
    if not token or len(token) > _LONGEST_TOKEN or not token.isascii():
        return None
    whole = joinedload(CampaignLetter.member).joinedload(CampaignMember.campaign)
    return session.scalar(
        select(CampaignLetter).where(CampaignLetter.token_hash == token_hash(token)).options(whole)
    )
