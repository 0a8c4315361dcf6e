"""Writes of the room. They flush, never commit."""

from registry.offers.operations.keeping import keep_sheet, note_opened

__all__ = ["keep_sheet", "note_opened"]
