"""Campaigns: a goal, whom it writes to and when, what they answered, what became of them and what it cost."""
