"""Reading files into plain rows. Pure: no database, no clock, no Flask.

Workbooks are opened in a child process under limits of memory and time, never in the process that asks.
"""
