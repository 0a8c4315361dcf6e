"""The form of a backup file: its manifest, how values are written, how it is sealed. Pure."""
