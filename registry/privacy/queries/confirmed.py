"""Which rows of the files of limits, days and lengths somebody compared with their source. Reads only."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.privacy.models import ConfirmedRow


def confirmed_fingerprints(session: Session) -> frozenset[str]:
    """By what confirmed rows are known."""
    return frozenset(session.scalars(select(ConfirmedRow.fingerprint)))


def confirmations(session: Session) -> Mapping[str, ConfirmedRow]:
    """{fingerprint: who confirmed the row, when, against what}."""
    rows: Sequence[ConfirmedRow] = session.scalars(select(ConfirmedRow)).all()
    return {row.fingerprint: row for row in rows}
