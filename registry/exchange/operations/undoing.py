"""Taking a batch back, as a job, and forgetting what it no longer needs."""

from collections.abc import Mapping
from typing import Any

from registry.exchange.operations.batches import acting_now, discard_batch, forget_values
from registry.exchange.operations.inline import record_batch
from registry.exchange.operations.making import take_back_record
from registry.exchange.operations.opening import acting_of, batch_of, viewer_of
from registry.exchange.queries.batches import batch_by_public_id, created_rows
from registry.exchange.rules.batches import BatchState, ImportKind, RowState
from registry.jobs.worker import JobRun

UNDONE_AT_ONCE = 20
# An entry in a list is one row beside which little hangs.
_ENTRIES_AT_ONCE = 250
UNDO_REASON = "Hoàn tác lô nhập"


def undo_batch(run: JobRun) -> Mapping[str, Any] | None:
    """Take back every record the batch made that nobody changed since; what was changed stays and is counted."""
    with run.reading() as session:
        batch = batch_of(session, run)
        viewer_of(session, batch, acting_of(run, batch).on)
    kept = take_back_all(run)
    with run.step() as session:
        batch = batch_of(session, run)
        batch.state = BatchState.UNDONE
        forget_values(session, batch)
        record_batch(session, batch, "import.undone", acting_of(run, batch))
    return {"kept": kept}


def take_back_all(run: JobRun) -> int:
    """Remove what the batch made, the last rows first; how many records had to stay."""
    gone = kept = 0
    while True:
        with run.step(gone + kept, even_if_cancelled=True) as session:
            batch = batch_of(session, run)
            acting = acting_of(run, batch)
            most = _ENTRIES_AT_ONCE if batch.kind is ImportKind.TRAINING else UNDONE_AT_ONCE
            rows = created_rows(session, batch, most)
            for row in rows:
                is_gone = take_back_record(session, batch.kind, row, acting, UNDO_REASON)
                row.state = RowState.UNDONE if is_gone else RowState.KEPT
                gone, kept = gone + is_gone, kept + (not is_gone)
            batch.created -= sum(row.state is RowState.UNDONE for row in rows)
        if not rows:
            return kept


def discard_old_batch(run: JobRun) -> Mapping[str, Any] | None:
    """Some days after the upload: a batch nobody finished ends, and values still kept go."""
    with run.step() as session:
        batch = batch_by_public_id(session, str(run.arguments["batch"]))
        if batch is None or batch.state.is_busy:
            return {"discarded": False}
        acting = acting_now(None, run.clock())
        if batch.state in {BatchState.UPLOADED, BatchState.CHECKED}:
            discard_batch(session, batch, acting=acting)
        else:
            forget_values(session, batch)
    return {"discarded": True}
