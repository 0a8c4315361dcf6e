"""Programmes: their documents, results, tasks, reviews and registers."""
