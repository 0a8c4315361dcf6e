"""Reads of candidacies."""

from registry.candidacies.queries.steps import filled_places, open_of, steps_of, steps_reached

__all__ = ["filled_places", "open_of", "steps_of", "steps_reached"]
