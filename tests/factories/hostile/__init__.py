"""Hostile inputs: what is sent, how, and a browser that looks at what stayed."""
