"""Names of accounts that did something. Reads only."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account


def names_of(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    """{row id of an account: the name it shows}."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
