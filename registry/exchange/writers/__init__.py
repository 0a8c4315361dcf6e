"""Writing plain rows into files. Pure: no database, no clock, no Flask.

All text is written as text: nothing a person typed can become a formula or a link.
"""
