"""A paper written as a file. Pure: plain values in, bytes out; the same values give the same bytes."""
