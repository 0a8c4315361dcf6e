"""Send broken CVs through the reader as the worker does, each in its own child process: see --help.

Every file must end in items or in a refusal that has a sentence, within the limits; the process that asks must live.
A good file read before and after is the control. Prints how many files were tried and how they ended.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from registry.exchange.readers.cv.found import CvRefused
from registry.exchange.readers.cv.opening import read_cv
from registry.exchange.rules.cvs import CV_REFUSALS
from tests.factories import cvs
from tests.factories.broken_cvs import WHOLE, Made, damaged, named

LONGEST_SECONDS = 20.0


def files(count: int, seed: int) -> Iterator[Made]:
    """All that are wrong by design, and damaged ones up to the count."""
    for what in WHOLE:
        yield named(what)
    yield from damaged(seed, max(0, count - len(WHOLE)))


def main() -> int:
    """Try them all; 1 when one of them ended otherwise than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    asked = parser.parse_args()
    before = control()
    ends, wrong, slowest = Counter[str](), list[str](), (0.0, "")
    for what, name, content in files(asked.count, asked.seed):
        started = time.perf_counter()
        end = ended(content, name)
        slowest = max(slowest, (time.perf_counter() - started, what))
        ends[end] += 1
        if end not in {"read", *CV_REFUSALS} or (what in WHOLE and end == "read"):
            wrong.append(f"{what}: {end}")
    after = control()
    print(f"{sum(ends.values())} files (seed {asked.seed}): {dict(ends.most_common())}")
    print(f"slowest {slowest[0]:.1f} s ({slowest[1]})")
    heaviest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest child {heaviest:.0f} MB; control: {before} items before, {after} after")
    for line in wrong:
        print("unexpected:", line)
    return 1 if wrong or not before or before != after or slowest[0] > LONGEST_SECONDS else 0


def control() -> int:
    """How many items a good file gives."""
    return len(read_cv(cvs.pdf(), "cv.pdf"))


def ended(content: bytes, name: str) -> str:
    """How reading ended: «read», the code of a refusal, or a fault."""
    try:
        read_cv(content, name)
    except CvRefused as refused:
        return refused.code
    except Exception as fault:
        return f"fault {type(fault).__name__}"
    return "read"


if __name__ == "__main__":
    sys.exit(main())
