"""Who may do what: roles, permissions, scopes and the viewer of a page. Pure: no database, no request, no clock."""

from registry.accounts.rules.rights import (
    ROLE_PERMISSIONS,
    EVERYWHERE,
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
    "Permission",
    "Role",
    "Scope",
    "Viewer",
    "permissions_of",
]
