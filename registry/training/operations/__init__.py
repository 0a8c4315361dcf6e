"""Writes of the room, named as verbs."""

from registry.training.operations.acts import Act
from registry.training.operations.enrolling import (
    Outcome,
    enrol,
    enter_many,
    record_outcome,
    remove_participation,
    revoke_result,
)
from registry.training.operations.errors import (
    AlreadyNamed,
    AlreadyTakesPart,
    ChangedMeanwhile,
    CodeTaken,
    DayOutOfOrder,
    NoSeats,
    NotPossible,
)
from registry.training.operations.holding import (
    create_session,
    follow,
    move_session,
    name_partner,
    put_beside,
    revise_session,
    take_away,
)
from registry.training.operations.writing import (
    close_order,
    create,
    create_course,
    drop_requirement,
    move_order,
    revise,
    revise_course,
)

__all__ = [
    "Act",
    "AlreadyNamed",
    "AlreadyTakesPart",
    "ChangedMeanwhile",
    "CodeTaken",
    "DayOutOfOrder",
    "NoSeats",
    "NotPossible",
    "Outcome",
    "close_order",
    "create",
    "create_course",
    "create_session",
    "drop_requirement",
    "enrol",
    "enter_many",
    "follow",
    "move_order",
    "move_session",
    "name_partner",
    "put_beside",
    "record_outcome",
    "remove_participation",
    "revise",
    "revise_course",
    "revise_session",
    "revoke_result",
    "take_away",
]
