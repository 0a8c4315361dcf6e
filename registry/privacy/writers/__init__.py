"""The files in which people take their data with them. Pure: plain values in, bytes out."""

from registry.privacy.writers.archive import archive

__all__ = ["archive"]
