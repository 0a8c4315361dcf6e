"""Writing of matching: kept rankings, and the snapshot that answers from files."""

from registry.matching.operations.runs import KEPT_ROWS, run_match

__all__ = ["KEPT_ROWS", "run_match"]
