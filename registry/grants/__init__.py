"""Decisions on eligibility, grants with instalments and payments, the commitment ledger."""
