"""The jobs of imports and CVs by kind, as the worker is handed them."""

from registry.exchange.operations.checking import check_batch
from registry.exchange.operations.committing import commit_batch
from registry.exchange.operations.cvs import forget_old_cv, read_waiting_cv
from registry.exchange.operations.undoing import discard_old_batch, undo_batch
from registry.exchange.rules.batches import CHECK_JOB, COMMIT_JOB, DISCARD_JOB, UNDO_JOB
from registry.exchange.rules.cvs import FORGET_JOB, READ_JOB
from registry.jobs.worker import Handlers

HANDLERS: Handlers = {
    CHECK_JOB: check_batch,
    COMMIT_JOB: commit_batch,
    UNDO_JOB: undo_batch,
    DISCARD_JOB: discard_old_batch,
    READ_JOB: read_waiting_cv,
    FORGET_JOB: forget_old_cv,
}
"""Job kind → function."""
