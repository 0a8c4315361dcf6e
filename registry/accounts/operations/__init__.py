"""What can be done with accounts: keep them, grant roles, sign in and out, slow guessing down."""

from registry.accounts.operations.accounts import (
    EmailTaken,
    LastAdministrator,
    RoleHeld,
    change_password,
    close_account,
    create_account,
    end_role,
    grant_role,
    reopen_account,
    suspend_account,
)
from registry.accounts.operations.alerts import mark_read, raise_alert
from registry.accounts.operations.passwords import PasswordHashing, fault_of, hashed_password, new_password
from registry.accounts.operations.sign_ins import (
    end_all_sign_ins,
    end_sign_in,
    open_sign_in,
    refuse_sign_in,
    rotate_sign_in,
    touch_sign_in,
)
from registry.accounts.operations.throttle import claim_attempt, forgive_attempt

__all__ = [
    "EmailTaken",
    "LastAdministrator",
    "PasswordHashing",
    "RoleHeld",
    "change_password",
    "claim_attempt",
    "close_account",
    "create_account",
    "end_all_sign_ins",
    "end_role",
    "end_sign_in",
    "fault_of",
    "forgive_attempt",
    "grant_role",
    "hashed_password",
    "mark_read",
    "new_password",
    "open_sign_in",
    "raise_alert",
    "refuse_sign_in",
    "reopen_account",
    "rotate_sign_in",
    "suspend_account",
    "touch_sign_in",
]
