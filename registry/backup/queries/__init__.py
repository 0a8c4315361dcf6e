"""Reading: tables in their canonical form, files of the data directory, backup files. Writes nothing."""
