"""What accounts may do and how they prove who they are. Pure: no database, no request, no clock."""

from registry.accounts.rules.addresses import folded_email, is_email
from registry.accounts.rules.devices import device_name
from registry.accounts.rules.passwords import PasswordFault, password_fault
from registry.accounts.rules.rights import (
    EVERYWHERE,
    ROLE_PERMISSIONS,
    Grant,
    Permission,
    Role,
    Scope,
    Viewer,
    permissions_of,
)

__all__ = [
    "EVERYWHERE",
    "ROLE_PERMISSIONS",
    "Grant",
    "PasswordFault",
    "Permission",
    "Role",
    "Scope",
    "Viewer",
    "device_name",
    "folded_email",
    "is_email",
    "password_fault",
    "permissions_of",
]
