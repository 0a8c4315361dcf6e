"""Which function does a job of which kind: the table the worker is handed. Jobs know kinds, not rooms."""

from registry.exchange.operations.work import HANDLERS as IMPORTS
from registry.jobs.worker import Handlers

HANDLERS: Handlers = {**IMPORTS}
