"""Writing a backup file, filling a database from one, and putting what was restored into service."""
