"""Reading a CV in a child process under limits of memory and time: its items, or the reason why not."""

import json
from typing import Any

from registry.exchange.readers.cv.found import CvRefused, Item
from registry.exchange.readers.cv.kinds import check_outside
from registry.exchange.readers.limited import ChildFailed, ChildKilled, printed_by

WALL_SECONDS = 30.0
"""Shorter than the lease of a job: a worker that waits for the child keeps its job."""

_MODULE = "registry.exchange.readers.cv.child"
_LONGEST_ANSWER = 2 * 1024 * 1024


def read_cv(content: bytes, file_name: str, *, wall_seconds: float = WALL_SECONDS) -> list[Item]:
    """The items of a CV. Raises CvRefused with the reason. Never call it in a process that serves pages."""
    kind = check_outside(content, file_name)
    try:
        printed = printed_by(_MODULE, content, kind, wall_seconds=wall_seconds)
        if len(printed) > _LONGEST_ANSWER:
            raise CvRefused("too_heavy")
        answer: Any = json.loads(printed)
    except ChildKilled as error:
        raise CvRefused("too_heavy") from error
    except (ChildFailed, ValueError) as error:
        raise CvRefused("broken") from error
    if "refused" in answer:
        raise CvRefused(answer["refused"])
    return [Item(**one) for one in answer["items"]]
