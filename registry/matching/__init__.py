"""Scoring people against needs, explaining the score, freezing the run. Never decides and never reads a protected attribute."""
