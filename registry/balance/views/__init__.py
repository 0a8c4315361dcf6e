"""The pages of the room."""

from registry.balance.views import behind, forecasts, index, movements, shortages
from registry.balance.views.blueprint import bp

__all__ = ["behind", "bp", "forecasts", "index", "movements", "shortages"]
