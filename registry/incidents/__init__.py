"""Incidents with personal data: the register, the 72-hour clock, and the people affected."""
