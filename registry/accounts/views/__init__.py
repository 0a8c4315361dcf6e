"""Pages of accounts: registering, signing in and out, one's own account, administration, the queue of letters."""

from registry.accounts.views import (
    administration,
    letters_shown,
    linking,
    mail_queue,
    own_account,
    own_email,
    passkeys,
    proving,
    recovering,
    registering,
    roles,
    safeguards,
    second_factor,
    second_step,
    sign_on,
    signing_in,
    states,
)
from registry.accounts.views.blueprint import bp
from registry.accounts.views.proving import ask_for_proof

__all__ = [
    "administration",
    "ask_for_proof",
    "bp",
    "letters_shown",
    "linking",
    "mail_queue",
    "own_account",
    "own_email",
    "passkeys",
    "proving",
    "recovering",
    "registering",
    "roles",
    "safeguards",
    "second_factor",
    "second_step",
    "sign_on",
    "signing_in",
    "states",
]
