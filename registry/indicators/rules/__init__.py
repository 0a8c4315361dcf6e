"""The rules of honest figures: what may be divided, added, compared, and what is said when it may not. Pure.

No database, no clock. Amounts are integers or decimals, ratios fractions, rounding is half up; what is missing has a
reason, what is refused a sentence.
"""
