"""Where a sign-in begins in a browser: the only place, whatever proved who it is."""

from datetime import datetime

from flask import current_app, request, url_for

from registry.accounts import operations
from registry.accounts.access import remember_sign_in
from registry.accounts.models import Account, AccountState
from registry.accounts.rules import device_name
from registry.web.database import write_session

_REGISTRATION = "/dang-ky"


def open_sign_in_here(account_id: int, *, at: datetime, new_hash: str | None = None) -> bool:
    """Open a sign-in for the account in this browser and commit; False when the account is not in use any more.

    Whoever calls it has proved whose account it is, with everything this account asks for.
    """
    session = write_session()
    account = session.get(Account, account_id, populate_existing=True)
    if account is None or account.state is not AccountState.ACTIVE:
        return False
    device = device_name(request.headers.get("User-Agent", ""))
    token = operations.open_sign_in(session, account, device=device, at=at, new_hash=new_hash)
    session.commit()
    remember_sign_in(token)
    return True


def page_after_joining() -> str:
    """Where somebody goes who has just got an account: to the registration where there is one, else home."""
    if current_app.url_map.bind("").test(_REGISTRATION, "GET"):
        return request.script_root + _REGISTRATION
    return url_for("pages.home")
