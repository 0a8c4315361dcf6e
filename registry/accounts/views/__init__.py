"""Pages of accounts: signing in and out, one's own account, and administration."""

from registry.accounts.views import administration, own_account, roles, signing_in, states
from registry.accounts.views.blueprint import bp

__all__ = ["administration", "bp", "own_account", "roles", "signing_in", "states"]
