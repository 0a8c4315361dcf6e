"""What was written, opened for those who may read it. Each text is sealed under its own row, whoever the row belongs to."""

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.introductions.models import Interest, Message, RevealRequest


def sealing_place(row: Interest | RevealRequest | Message) -> str:
    """Where sealed words belong: moved to another row they do not open. The row needs its public id already."""
    return f"{row.__tablename__}.words:{row.public_id}"


def interest_words(session: Session, row: Interest) -> str:
    """What somebody wrote with their interest; empty when nothing."""
    return "" if row.words_sealed is None else keyring_of(session).open(row.words_sealed, sealing_place(row))


def reveal_reason(session: Session, row: RevealRequest) -> str:
    """Why an officer asks."""
    return keyring_of(session).open(row.reason_sealed, sealing_place(row))


def message_words(session: Session, row: Message) -> str:
    """What was written."""
    return keyring_of(session).open(row.words_sealed, sealing_place(row))
