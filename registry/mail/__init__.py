"""Outgoing letters: rows with leases are the truth, a job sweeps those that are due, SMTP or a folder takes them.

Knows no room. A room queues a letter in its own transaction; nothing is ever sent inside one.
"""
