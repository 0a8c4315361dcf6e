"""Decisions on eligibility, grants with instalments, the commitment ledger. Not furnished yet."""
