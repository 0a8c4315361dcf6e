"""Pages of the room: decisions and grants for offices, the commitment ledger, and one's own for the person."""

from registry.grants.views import (
    acting,
    deciding,
    ledger,
    of_person,
    own,
    paying,
    proposing,
    register,
    show,
)
from registry.grants.views.blueprint import bp

__all__ = [
    "acting",
    "bp",
    "deciding",
    "ledger",
    "of_person",
    "own",
    "paying",
    "proposing",
    "register",
    "show",
]
