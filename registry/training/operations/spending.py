"""Entering money of training, of a dedicated line or outside every one. Flushes, never commits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.policies.rules.budgets import EntryKind
from registry.training.models import (
    TrainingBudgetLine,
    TrainingCourse,
    TrainingProgramme,
    TrainingSpending,
)
from registry.training.operations.acts import Act, told


@dataclass(frozen=True)
class Money:
    """A sum that was committed or paid on a day; below 0 it takes back one entered by mistake."""

    kind: EntryKind
    amount_vnd: int
    on: date
    note: str = ""


def spend(
    session: Session,
    of: TrainingBudgetLine | TrainingProgramme | TrainingCourse,
    money: Money,
    act: Act,
) -> TrainingSpending:
    """Enter money of a line; of a programme or course itself it is outside every dedicated line."""
    made = TrainingSpending(
        line=of if isinstance(of, TrainingBudgetLine) else None,
        programme=of if isinstance(of, TrainingProgramme) else None,
        course=of if isinstance(of, TrainingCourse) else None,
        kind=money.kind,
        amount_vnd=money.amount_vnd,
        on=money.on,
        note=money.note,
    )
    session.add(made)
    session.flush()
    detail = {"of": of.public_id, "kind": money.kind.value, "amount": money.amount_vnd}
    told(session, "training_spending.entered", made, act, detail=detail)
    return made
