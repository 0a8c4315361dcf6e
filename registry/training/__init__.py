"""Training programmes, courses, sessions, participations and orders. Not furnished yet."""
