"""Why an operation was refused; the words for people are in forms and views."""


class AlreadyDecided(Exception):
    """Somebody decided about the pair in between, or one of the two is not as it was."""


class ReasonWanted(Exception):
    """The two hold different numbers or two accounts: merging them needs a reason."""


class NotUndoable(Exception):
    """The merge cannot be taken back; `why` is a word of `Hindrance`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


OVER, ERASED, MERGED_ON, DONE = "over", "erased", "merged_on", "done"
"""Why a merge cannot be taken back: its time is over, one of the two was erased, the survivor was merged further, it was taken back before."""
