"""Two records that may be one person: pairs with reasons, merging side by side, undoing it."""
