"""What only one row may hold is asked of the database itself: a look beforehand misses who writes at the same moment."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


@contextmanager
def unless_taken(session: Session, refusal: Exception) -> Generator[None]:
    """What is written inside is flushed; a unique constraint that refuses it raises `refusal`, and nothing is lost."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as raced:
        raise refusal from raced
