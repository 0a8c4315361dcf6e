"""Roles that carry less than they do today."""

from typing import Any

import pytest

from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Role, rights


def take_away(monkeypatch: pytest.MonkeyPatch, role: Role, *permissions: Permission) -> None:
    """Take rights from a role until the test ends; no viewer is kept meanwhile, nor found who was kept before."""
    monkeypatch.setitem(ROLE_PERMISSIONS, role, ROLE_PERMISSIONS[role] - set(permissions))
    kept: Any = vars(rights)["_viewer_of"]
    monkeypatch.setattr(rights, "_viewer_of", kept.__wrapped__)
