"""Rows that workers take for a while: claimed by one at a time, written only by whoever still holds them. Never commits.

A claim is a random token on the row and an instant until which it holds; every later write of the worker names the
token, so that one who slept past its lease cannot overwrite the one that took over (fencing). The model has the columns
`id`, `state`, `claim_token`, `lease_until` and `attempts`.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.orm import Session


def claim_rows(
    session: Session,
    model: Any,
    due: ColumnElement[bool],
    first: Sequence[Any],
    *,
    limit: int,
    until: datetime,
    values: Mapping[str, Any],
    told: Sequence[Any],
) -> tuple[str, Sequence[Any]]:
    """Take up to `limit` rows that are due, in the order of `first`, until an instant.

    `values` are written besides the claim; `told` are the columns that come back. Returns the token and the rows. Two
    workers never get the same row: PostgreSQL skips rows another claim has locked, SQLite lets one writer in at a time.
    """
    picked = (
        select(model.id)
        .where(due)
        .order_by(*first, model.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    token = secrets.token_hex(16)
    taking: Any = update(model).where(model.id.in_(select(picked.c.id)))
    taking = taking.values(claim_token=token, lease_until=until, attempts=model.attempts + 1, **values)
    claimed: Any = session.execute(taking.returning(*told), execution_options={"synchronize_session": False})
    return token, claimed.all()


def write_claimed(
    session: Session, model: Any, row_id: int, token: str, held_in: Any, values: Mapping[str, Any]
) -> bool:
    """Write to a row in the state `held_in` while this claim holds it; False when another one does, or it is over."""
    written = session.execute(
        update(model)
        .where(model.id == row_id, model.claim_token == token, model.state == held_in)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return changed(written) == 1


def changed(outcome: Any) -> int:
    """How many rows a statement changed."""
    return cast("CursorResult[Any]", outcome).rowcount
