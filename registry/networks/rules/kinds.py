"""The closed lists of the room."""

from enum import StrEnum


class MemberRole(StrEnum):
    """What a member is in an association."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    BOARD = "board"
    MEMBER = "member"


class TaskWay(StrEnum):
    """How a task came to whom performs it: đặt hàng is bought, giao nhiệm vụ is assigned. Never one for the other."""

    ORDERED = "ordered"
    ASSIGNED = "assigned"


class TaskKind(StrEnum):
    """What is to be delivered."""

    STUDY = "study"
    TRAINING_SCHEME = "training_scheme"
    OTHER = "other"


class TaskLevel(StrEnum):
    """Who stands behind a task: the state, a ministry, a province or city, an agency of its own."""

    STATE = "state"
    MINISTRY = "ministry"
    PROVINCE = "province"
    AGENCY = "agency"


class TaskState(StrEnum):
    """Where a task stands; `approved` is nghiệm thu."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    APPROVED = "approved"
    REFUSED = "refused"


class OriginKind(StrEnum):
    """The four kinds of people from here who live elsewhere: trí thức, nhà khoa học, cán bộ quản lý, doanh nhân."""

    INTELLECTUAL = "intellectual"
    SCIENTIST = "scientist"
    MANAGER = "manager"
    ENTREPRENEUR = "entrepreneur"


class OutreachAnswer(StrEnum):
    """What came of speaking to somebody."""

    NONE = "none"
    LATER = "later"
    AGREED = "agreed"
    DECLINED = "declined"


class VisitKind(StrEnum):
    """What a visiting expert comes for."""

    WORK = "work"
    RESEARCH = "research"
    TRANSFER = "transfer"
    TEACHING = "teaching"
    SECONDMENT = "secondment"


class AwardKind(StrEnum):
    """What a collective was given or recognised for."""

    AWARD = "award"
    INITIATIVE = "initiative"
    SCIENTIFIC_TASK = "scientific_task"
