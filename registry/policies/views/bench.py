"""Trying a version."""

from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.views.blueprint import bp


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/thu")
@require(Permission.POLICIES_READ)
def bench(ma: str, ban: str) -> ResponseReturnValue:
    """Try."""
    return ma + ban
