"""Compares the index with the reference over a registry that changes: `scripts/check_index.py --cases 10000`.

Every case is one need asked by one viewer of one kernel after one more change. Prints cases, differences and the
seed; exit 1 when an answer differs. With `--control` changes are forgotten on purpose, which must be found.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from scripts.check_worlds import Check, run_check
from tests.factories.acts import ACTS, begin_world
from tests.factories.comparing import Compared, compare

CHECK = Check(
    begin=begin_world,
    acts=ACTS,
    compare=compare,
    counts=Compared,
    words=lambda compared: f"{compared.cases} cases, {compared.by_index} by the index",
    steps_a_world=60,
)


if __name__ == "__main__":
    raise SystemExit(run_check(__doc__, CHECK))
