"""What goes when a person is erased: who took part. That somebody did stays, as one stranger for all their courses.

So lượt and người stay what they were; mark, certificate and breakdown go. Flushes, never commits.
"""

import secrets
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.people.models import Person
from registry.training.models import Participation, ParticipationCredit, SessionLecturer

_BITS = 2**62
_ERASED_LECTURER = "Giảng viên đã xóa hồ sơ"


def forget_person_in_training(session: Session, person: Person) -> None:
    """Forget in which classes the person was; nobody can tell from the number that stays who it stood for."""
    own = select(Participation.id).where(Participation.person_id == person.id)
    session.execute(delete(ParticipationCredit).where(ParticipationCredit.participation_id.in_(own)))
    nothing: dict[str, Any] = dict.fromkeys(
        (
            "person_id",
            "grade_tenths",
            "certificate_on",
            "committed_until",
            "sex",
            "is_rural",
            "is_minority",
            "is_vulnerable",
            "is_teacher",
        )
    )
    session.execute(
        update(Participation)
        .where(Participation.person_id == person.id)
        .values(**nothing, certificate_number="", participant=-1 - secrets.randbelow(_BITS))
    )
    session.execute(
        update(SessionLecturer)
        .where(SessionLecturer.person_id == person.id)
        .values(person_id=None, name=_ERASED_LECTURER)
    )
