"""Which kernel answers: the compiled one where it is installed and people are many, else the one over numpy."""

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec

from registry.matching.engine.index import numpy_kernel
from registry.matching.engine.index.answer import Answer, Wish
from registry.matching.engine.index.columns import Bool
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.index.terms import Question

Kernel = Callable[[Snapshot, Question, Bool, Wish], Answer]

WORTH_COMPILING = 50_000
"""Below this many people the arrays answer in a few milliseconds, and loading a compiler would cost more."""


def answer(snapshot: Snapshot, question: Question, visible: Bool, wish: Wish) -> Answer:
    """The answer of the kernel that suits; both give the same to the last bit."""
    kernel = numpy_kernel.answer if len(snapshot) < WORTH_COMPILING else best_kernel()
    return kernel(snapshot, question, visible, wish)


@lru_cache(maxsize=1)
def best_kernel() -> Kernel:
    """The compiled kernel if the extra `fast` is installed."""
    if find_spec("numba") is None:
        return numpy_kernel.answer
    from registry.matching.engine.index import numba_kernel  # noqa: PLC0415 - loads a compiler

    return numba_kernel.answer
