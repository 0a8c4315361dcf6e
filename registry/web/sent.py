"""A form that is sent twice makes one row: it carries a key of its own, and the row keeps it."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import new_public_id

Row = TypeVar("Row")
_KEY = re.compile(r"[0-9a-z]{26}")


def submission_key(sent: str | None) -> str:
    """The key that came with a form; a form without a sensible one gets a key of its own."""
    return sent if sent is not None and _KEY.fullmatch(sent) else new_public_id()


def sent_before(session: Session, model: Any, key: str) -> Any:
    """What the same form made when it was sent before."""
    return session.scalar(select(model).where(model.submission_key == key))


def made_once(session: Session, form: Any, model: Any, make: Callable[[str], Row]) -> Row:
    """The row that a form makes, flushed; sent twice, even at the same moment, it makes one. The caller commits."""
    key = submission_key(form.submission.data)
    made = sent_before(session, model, key)
    if made is None:
        try:
            made = make(key)
        except IntegrityError:
            session.rollback()
            made = sent_before(session, model, key)
            if made is None:
                raise
    return made
