"""What was said, opened for those who may read it."""

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.networks.models import OriginOutreach


def sealing_place(row: OriginOutreach) -> str:
    """Where sealed words belong: moved to another row they do not open. The row needs its public id already."""
    return f"{row.__tablename__}.words:{row.public_id}"


def words_of(session: Session, row: OriginOutreach) -> str:
    """What was said; empty when nothing was noted."""
    return "" if row.words_sealed is None else keyring_of(session).open(row.words_sealed, sealing_place(row))
