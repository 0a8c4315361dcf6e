"""What may be done to needs: written, revised, copied, moved between states, drafted from a job post.

Every verb takes the acting account (`by`, None for a command) and the instant (`at`), flushes and records one
event; none commits.
"""

from registry.needs.operations.posts import Drafted, draft_need_from_post
from registry.needs.operations.revisions import Revision
from registry.needs.operations.states import ExpectedDateMissing, ReasonMissing, move_need
from registry.needs.operations.writing import (
    ChangedMeanwhile,
    copy_need,
    create_need,
    revise_need,
    set_skills,
)

__all__ = [
    "ChangedMeanwhile",
    "Drafted",
    "ExpectedDateMissing",
    "ReasonMissing",
    "Revision",
    "copy_need",
    "create_need",
    "draft_need_from_post",
    "move_need",
    "revise_need",
    "set_skills",
]
