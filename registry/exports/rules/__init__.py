"""What may leave, in which columns, for what, and how long the files are kept. Pure."""
