"""Pages of accounts: registering, signing in and out, one's own account, administration, the queue of letters."""

from registry.accounts.views import (
    administration,
    letters_shown,
    mail_queue,
    own_account,
    own_email,
    recovering,
    registering,
    roles,
    signing_in,
    states,
)
from registry.accounts.views.blueprint import bp

__all__ = [
    "administration",
    "bp",
    "letters_shown",
    "mail_queue",
    "own_account",
    "own_email",
    "recovering",
    "registering",
    "roles",
    "signing_in",
    "states",
]
