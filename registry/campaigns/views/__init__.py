"""The pages of the room."""

from registry.campaigns.views import (
    codes,
    editing,
    people,
    public_pages,
    reaching,
    register,
    sending,
    spending,
    texts,
)
from registry.campaigns.views.blueprint import bp

__all__ = [
    "bp",
    "codes",
    "editing",
    "people",
    "public_pages",
    "reaching",
    "register",
    "sending",
    "spending",
    "texts",
]
