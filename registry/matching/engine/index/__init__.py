"""The index: everybody's facts as immutable arrays, and the same answers as the reference from them, at any size.

Pure, like the rest of the engine: arrays come in and go out; reading tables and files is for the queries.
Read in this order: `columns` (what is read), `building` (how it becomes a `snapshot`), `question` (a need made
ready, in the `terms` a kernel reads), `marks` (its conditions as bits), a kernel (`numpy_kernel` with `numpy_marks`
and `numpy_parts`, or `numba_kernel` with `numba_values`, `numba_scan`, `numba_loops` and `numba_best`: both bit-equal
to `engine.score`), `tallying` (counts), `answer` (the result, and joining it with people scored by the reference).
"""
