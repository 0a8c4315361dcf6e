"""Reading for other systems: their keys, people and needs within them, what changed. Writes nothing."""
