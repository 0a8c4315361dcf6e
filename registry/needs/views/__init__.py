"""Pages of needs: the register, one need, writing and changing it. Views load, ask, call, commit and redirect."""

from registry.needs.views import editing, moves, register
from registry.needs.views.blueprint import bp, install
from registry.needs.views.posts import post_named

__all__ = ["bp", "editing", "install", "moves", "post_named", "register"]
