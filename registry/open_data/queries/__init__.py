"""Reads of the room: the tables of the internal reports, sets and releases."""
