"""Forms and words of the room."""
