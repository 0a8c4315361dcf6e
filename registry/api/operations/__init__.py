"""What is written about other systems: their keys, how often they ask, what they sent under which Idempotency-Key."""
