"""Forms of the room and their words. Nothing is queried."""
