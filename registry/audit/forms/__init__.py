"""The acts of the log in words."""

from registry.audit.forms.action_words import action_words

__all__ = ["action_words"]
