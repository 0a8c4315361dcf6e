"""Forms of the room. Nothing is queried."""

from registry.offers.forms.application import ApplicationForm

__all__ = ["ApplicationForm"]
