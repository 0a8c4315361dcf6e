"""The pages of the room: for everybody, and for the offices that publish."""

from registry.open_data.views import deciding, office, public_pages, releasing
from registry.open_data.views.blueprint import bp

__all__ = ["bp", "deciding", "office", "public_pages", "releasing"]
