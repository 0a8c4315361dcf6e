"""The pages where lists leave the registry."""

from registry.exports.views import asking, files
from registry.exports.views.blueprint import bp

__all__ = ["asking", "bp", "files"]
