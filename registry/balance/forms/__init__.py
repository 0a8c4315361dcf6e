"""Forms of the room and the words of its lists."""
