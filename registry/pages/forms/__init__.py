"""The log page: how its address narrows it, and the words of its events."""

from registry.pages.forms.log_filter import LogFilter
from registry.pages.forms.log_words import detail_lines, field_words, value_words

__all__ = ["LogFilter", "detail_lines", "field_words", "value_words"]
