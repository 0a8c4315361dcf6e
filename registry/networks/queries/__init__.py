"""Reads of the room. Nothing is written here."""
