"""Reading programmes within the reader's scope. Writes nothing."""
