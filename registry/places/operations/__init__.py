"""Writes of the room: loading the units of the product, and saying what kind of area one of them is."""

from registry.places.operations.classifying import NotAfter, classify_area
from registry.places.operations.loading import load_places

__all__ = ["NotAfter", "classify_area", "load_places"]
