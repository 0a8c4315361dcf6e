"""Writes of campaigns. Every one flushes, records an event, and never commits."""
