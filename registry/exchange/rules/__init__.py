"""The rules of files in and out: which columns a sheet has, what a batch may become, what is said about a cell.

Pure: no tables, no web, no clock.
"""
