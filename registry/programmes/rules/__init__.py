"""States, parts, numbers and ages of programmes, their tasks and registers. Pure."""
