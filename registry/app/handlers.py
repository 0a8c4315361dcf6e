"""Which function does a job of which kind: the table the worker is handed. Jobs know kinds, not rooms."""

from registry.jobs.worker import Handlers

HANDLERS: Handlers = {}
