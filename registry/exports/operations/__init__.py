"""Asking for exports, writing them, and letting them go. Flushes, never commits."""
