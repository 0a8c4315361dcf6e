"""Writing of matching: kept rankings, and the snapshot that answers from files."""

from registry.matching.operations.runs import KEPT_ROWS, run_match
from registry.matching.operations.snapshots import (
    NoFolder,
    make_snapshot,
    rebuild,
    record_snapshot,
)

__all__ = ["KEPT_ROWS", "NoFolder", "make_snapshot", "rebuild", "record_snapshot", "run_match"]
