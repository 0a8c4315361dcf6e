"""The kernel as compiled loops (extra `fast`): the same answers as `numpy_kernel`, several times sooner.

People are taken in blocks that stay in the processor's cache, so time grows in step with their number. Inside
a block the runs of postings of one skill are read from the most points down: the first that reaches a person
is the best claim of that person. Only the rows that postings reach are looked at one by one; of all others the
marks of conditions are counted, and no points are added up of whoever cannot be among the first rows.
"""

import numpy as np

from registry.matching.engine.index import numpy_kernel
from registry.matching.engine.index.answer import Answer, Wish
from registry.matching.engine.index.columns import Bool
from registry.matching.engine.index.marks import marks_of
from registry.matching.engine.index.numba_scan import scan
from registry.matching.engine.index.numba_values import (
    Asks,
    Counts,
    Wanted,
    conditions_of,
    parts_of,
    people_of,
    proofs_of,
    skill_runs,
)
from registry.matching.engine.index.numpy_kernel import bounds_of, placed
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.index.tallying import GROUP, GROUP_BITS, Counted, tally_of
from registry.matching.engine.index.terms import Question

BLOCK = 32_768
_MOST = 16
"""Skills and conditions for which there are bits; no need may ask for more."""


def answer(snapshot: Snapshot, question: Question, visible: Bool, wish: Wish) -> Answer:
    """The counts over all visible rows, and the rows wished for."""
    if len(question.requirements) > _MOST or len(question.tests) > _MOST:
        return numpy_kernel.answer(snapshot, question, visible, wish)
    marks = marks_of(question, snapshot)
    bounds = bounds_of(snapshot, wish.about)
    counts = Counts(
        marked=np.zeros(4 * marks.hidden, np.int64),
        reached=np.zeros((-(-len(question.requirements) // GROUP), 1 << GROUP_BITS), np.int64),
        ranked=np.zeros(1, np.int64),
        between=np.zeros(len(bounds) + 1, np.int64),
        above=np.zeros(1, np.int64),
    )
    keys, rows = np.zeros((2, max(wish.count, 1)), np.int64)
    asks = Asks(question.asks_for_skills, len(question.tests) > 0, question.asks_for_something)
    held = scan(
        max(1, min(BLOCK, len(snapshot))), people_of(snapshot, visible), skill_runs(question), asks,
        conditions_of(marks), proofs_of(marks), parts_of(question, snapshot),
        Wanted(wish.minimum, wish.count, bounds), counts, keys, rows,
    )  # fmt: skip
    order = np.lexsort((rows[:held], -keys[:held]))
    first = tuple(placed(snapshot, int(rows[place]), int(keys[place])) for place in order)
    return Answer(tally_of(question, _counted(counts, asks, visible, wish)), first)


def _counted(counts: Counts, asks: Asks, visible: Bool, wish: Wish) -> Counted:
    """The rows that may be seen are those without the bit above all conditions."""
    ranked = int(counts.ranked[0])
    if asks.conditions:
        bare, _hidden, enough, _hidden_too = counts.marked.reshape(4, -1)
        marked = bare + enough
    else:
        marked, enough = np.array([np.count_nonzero(visible)]), np.array([ranked])
    return Counted(
        considered=int(marked.sum()),
        marked=marked,
        enough=enough,
        reached=counts.reached,
        at_least=int(counts.above[0]) if wish.minimum else ranked,
        ahead=tuple(np.cumsum(counts.between)[:-1].tolist()),
    )
