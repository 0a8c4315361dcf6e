"""The index: everybody's facts as immutable arrays, and the same answers as the reference from them, at any size.

Pure, like the rest of the engine: arrays come in and go out; reading tables and files is for the queries.
Read in this order: `columns` (what is read), `building` (how it becomes a `snapshot`), `question` (a need made
ready, in the `terms` a kernel reads), a kernel (`numpy_kernel`, or `numba_kernel` with its `numba_loops`: both
bit-equal to `engine.score`), `answer` (the result, and joining it with people scored by the reference).
"""
