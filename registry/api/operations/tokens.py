"""Keys: made, ended, last used. The key itself is returned once and kept nowhere."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.accounts.rules.sign_in import token_hash
from registry.api.models import ApiToken
from registry.api.rules import LONGEST_LIFE, ApiScope, new_token
from registry.audit.operations import record
from registry.db.leases import changed


class LivesTooLong(ValueError):
    """A key would open for more than a year, or not at all."""


def make_token(
    session: Session,
    *,
    name: str,
    scopes: Sequence[ApiScope],
    unit_path: str,
    by: int,
    at: datetime,
    expires_at: datetime,
) -> tuple[ApiToken, str]:
    """A key for a system, and its text, which is told now and never again. Raises LivesTooLong.

    That `by` administers the place has been asked; it is asked again whenever the key is used.
    """
    if not at < expires_at <= at + LONGEST_LIFE:
        raise LivesTooLong
    text = new_token()
    made = ApiToken(
        name=name,
        token_hash=token_hash(text),
        scopes=[scope.value for scope in scopes],
        unit_path=unit_path,
        made_by_id=by,
        made_at=at,
        expires_at=expires_at,
        ended_because="",
    )
    session.add(made)
    session.flush()
    detail = {
        "name": name,
        "scopes": made.scopes,
        "unit_path": unit_path,
        "expires_at": expires_at.isoformat(),
    }
    record(session, by, "api_token.made", "api_token", made.public_id, detail=detail, at=at)
    return made, text


def end_token(session: Session, token: ApiToken, *, by: int, reason: str, at: datetime) -> None:
    """The key opens nothing from now on; one that is over stays as it was ended."""
    if token.ended_at is not None:
        return
    token.ended_at, token.ended_because = at, reason
    session.flush()
    detail = {"name": token.name}
    record(session, by, "api_token.ended", "api_token", token.public_id, detail=detail, reason=reason, at=at)


def end_all_tokens(session: Session, *, reason: str, at: datetime) -> int:
    """No key opens anything from now on; how many were still good. Who ends them all writes the log."""
    still_good = update(ApiToken).where(ApiToken.ended_at.is_(None)).values(ended_at=at, ended_because=reason)
    return changed(session.execute(still_good.execution_options(synchronize_session=False)))


def touch_token(session: Session, token_id: int, *, at: datetime) -> None:
    """Note that a key is in use; who reads what is in the log."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=at))
