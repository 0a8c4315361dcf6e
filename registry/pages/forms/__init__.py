"""The log page: how its address narrows it, and the words of its events; and the words of alerts on the home page."""

from registry.pages.forms.alert_words import AlertWords, alert_words
from registry.pages.forms.log_filter import LogFilter
from registry.pages.forms.log_words import detail_lines, field_words, value_words

__all__ = ["AlertWords", "LogFilter", "alert_words", "detail_lines", "field_words", "value_words"]
