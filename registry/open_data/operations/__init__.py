"""The verbs of the room. Sessions come first, nothing is committed."""
