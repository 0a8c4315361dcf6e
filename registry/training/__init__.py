"""Training: programmes, courses, sessions, participations with results, orders and quotas."""
