"""The pages where lists and profiles leave the registry."""

from registry.exports.views import asking, files, formats
from registry.exports.views.blueprint import bp

__all__ = ["asking", "bp", "files", "formats"]
