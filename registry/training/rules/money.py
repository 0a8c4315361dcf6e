"""Which years the money of training may be of. Pure."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
