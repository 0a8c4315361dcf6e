"""Demonstration data: generated people and needs, deterministic by seed, marked as made up wherever they show.

Nobody in it is real. `names`, `careers` and `drafts` are pure; `fill` writes through the rooms' operations.
"""
