"""How far the registry has changed, in the order of commits: what an answer made earlier must look at again."""

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base


class ChangeCounter(Base):
    """The one row that numbers the transactions that wrote facts of people: 1, 2, 3 … without a gap.

    The row is updated last in such a transaction, and its lock is held to the end: whoever reads n sees all
    changes up to n. `told_from` is the number after which every change names its people in `person_change`:
    a change that touches everybody only raises it.
    """

    __tablename__ = "change_counter"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)
    told_from: Mapped[int] = mapped_column(BigInteger)


class PersonChange(Base):
    """The newest change of a person, by the number of the person's row; the person may be gone (`is_deleted`)."""

    __tablename__ = "person_change"
    __table_args__ = (Index(None, "n"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)
    is_deleted: Mapped[bool]
