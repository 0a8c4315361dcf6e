"""The pages of the room."""

from registry.programmes.views import assigning, consulting, parts, register, registers, reviews, tasks
from registry.programmes.views.blueprint import bp, install

__all__ = [
    "assigning",
    "bp",
    "consulting",
    "install",
    "parts",
    "register",
    "registers",
    "reviews",
    "tasks",
]
