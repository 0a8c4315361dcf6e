"""Reads of the room: batches in the viewer's scope, their files and issues, and what rows ask of the registry."""
