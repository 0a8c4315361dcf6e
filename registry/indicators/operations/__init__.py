"""Writes of indicators. Every one flushes, records an event, and never commits."""
