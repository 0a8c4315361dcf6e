"""Reads of indicators. Nothing is written here."""
