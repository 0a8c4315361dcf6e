"""The closed lists of the room: states, parts, roles and kinds. Pure."""

from enum import StrEnum


class ProgrammeState(StrEnum):
    """Where a programme stands."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class DocumentRole(StrEnum):
    """What a document is in the chain of a programme."""

    SCHEME = "scheme"
    PLAN = "plan"
    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"
    REVIEW = "review"
    NOTICE = "notice"
    DECISION = "decision"


class ChainLink(StrEnum):
    """How a document comes from the one above it."""

    IMPLEMENTS = "implements"
    CONTINUES = "continues"
    AMENDS = "amends"
    REVIEWS = "reviews"
    RESTS_ON = "rests_on"
    CONSULTS = "consults"


class NodeKind(StrEnum):
    """What stands in the tree of a programme."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"
    TASK_GROUP = "task_group"
    RESULT_GROUP = "result_group"


class AgencyPart(StrEnum):
    """What an agency does in a task."""

    LEAD = "lead"
    CO_OPERATE = "co_operate"
    INFORMED = "informed"


class MemberRole(StrEnum):
    """What somebody is in the working group (Tổ công tác)."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"


class FactKind(StrEnum):
    """Kinds of printed figures that are no quantities."""

    DATE = "date"
    PERIOD = "period"
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    DURATION = "duration"


class ReviewVerdict(StrEnum):
    """How far an agency itself says it came."""

    FULL = "full"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class RecommendationState(StrEnum):
    """Where a recommendation (kiến nghị) stands."""

    RAISED = "raised"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    DONE = "done"
