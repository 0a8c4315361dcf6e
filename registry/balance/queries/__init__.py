"""Counting supply and demand, and reading what the room keeps. A fixed number of statements, whatever there is to count."""
