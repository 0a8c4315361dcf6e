"""The pages of imports and of the jobs behind them."""

from registry.exchange.views import batch, downloads, index, origins, tasks
from registry.exchange.views.blueprint import bp

__all__ = ["batch", "bp", "downloads", "index", "origins", "tasks"]
