"""Numbers by the hash of a text, for look-ups of few texts: what numpy would search in takes longer to begin."""

from array import array
from collections.abc import Sequence

import numpy as np

_BUCKETS = 1 << 18
_LAST = _BUCKETS - 1


class Buckets:
    """Numbers kept by the last bits of hashes: who asks must tell apart what only shares these."""

    def __init__(self, hashes: Sequence[int], numbers: Sequence[int]) -> None:
        buckets = np.array(hashes, np.int64) & _LAST
        starts = np.zeros(_BUCKETS + 1, np.int32)
        np.cumsum(np.bincount(buckets, minlength=_BUCKETS), out=starts[1:])
        kept = np.array(numbers, np.int32)[np.argsort(buckets, kind="stable")]
        self._starts = array("i", starts.tobytes())
        self._numbers = array("i", kept.tobytes())

    def of(self, text: str) -> Sequence[int]:
        """The numbers of this text, and perhaps others."""
        bucket = hash(text) & _LAST
        start, end = self._starts[bucket], self._starts[bucket + 1]
        return self._numbers[start:end] if end > start else ()
