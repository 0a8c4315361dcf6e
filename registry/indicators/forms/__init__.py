"""Forms of indicators: shapes and words, no queries."""
