"""Forms of the room and the words of its closed lists. Nothing is queried."""
