"""Pages of accounts: signing in and out, one's own account, and administration."""

from registry.accounts.views import (
    administration,
    own_account,
    passkeys,
    proving,
    roles,
    safeguards,
    second_factor,
    second_step,
    signing_in,
    states,
)
from registry.accounts.views.blueprint import bp
from registry.accounts.views.proving import ask_for_proof

__all__ = [
    "administration",
    "ask_for_proof",
    "bp",
    "own_account",
    "passkeys",
    "proving",
    "roles",
    "safeguards",
    "second_factor",
    "second_step",
    "signing_in",
    "states",
]
