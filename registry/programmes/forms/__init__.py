"""What people fill in about programmes, and what its lists are called."""
