"""Data-subject requests, export of one's own data, erasure and retention. The law's clocks, and the one way out of the registry."""
