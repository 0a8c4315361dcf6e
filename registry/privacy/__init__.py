"""Data-subject requests, export of one's own data, erasure and retention. Not furnished yet."""
