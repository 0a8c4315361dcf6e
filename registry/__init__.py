"""Talent and high-quality workforce registry with matching, for Vietnamese provinces."""
