"""Writes of the room, named as verbs. They flush and leave an event; none commits."""

from registry.networks.operations.associations import (
    AlreadyAssociation,
    AssociationTerms,
    MemberTerms,
    NumberTaken,
    TermsCross,
    add_member,
    add_term,
    edit_association,
    end_member,
    end_term,
    found_association,
)
from registry.networks.operations.awards import AwardTerms, award_collective, remove_award
from registry.networks.operations.forgetting import forget_person_in_networks
from registry.networks.operations.outreach import AttemptTerms, note_contact, note_kinds
from registry.networks.operations.tasks import (
    Acceptance,
    TaskTerms,
    WrongStep,
    accept_task,
    approve_task,
    deliver_task,
    edit_task,
    enter_task,
    refuse_task,
)
from registry.networks.operations.visits import VisitTerms, end_visit, enter_visit, remove_visit

__all__ = [
    "Acceptance",
    "AlreadyAssociation",
    "AssociationTerms",
    "AttemptTerms",
    "AwardTerms",
    "MemberTerms",
    "NumberTaken",
    "TaskTerms",
    "TermsCross",
    "VisitTerms",
    "WrongStep",
    "accept_task",
    "add_member",
    "add_term",
    "approve_task",
    "award_collective",
    "deliver_task",
    "edit_association",
    "edit_task",
    "end_member",
    "end_term",
    "end_visit",
    "enter_task",
    "enter_visit",
    "forget_person_in_networks",
    "found_association",
    "note_contact",
    "note_kinds",
    "refuse_task",
    "remove_award",
    "remove_visit",
]
