"""The declarative base and the few mixins every room shares. Knows no table."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, declared_attr, mapped_column

from registry.db.types import utc_at

# Named constraints are what batch migrations on SQLite and messages for people both need.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Crockford's base 32 in lower case: no letter that is misread, no mark that a shell or a URL would mind.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 26
_LETTERS = bytes(ord(_ALPHABET[number % len(_ALPHABET)]) for number in range(256))


def new_public_id() -> str:
    """An unguessable identifier of 130 random bits for URLs and exports."""
    drawn = secrets.token_bytes(PUBLIC_ID_LENGTH)  # five of the eight bits of each are used
    return drawn.translate(_LETTERS).decode()


class Base(DeclarativeBase):
    """Every table: an integer key for joins and named constraints."""

    metadata = MetaData(naming_convention=NAMING)

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class Public:
    """A row that people and programs may name: by an opaque id, never by its number."""

    public_id: Mapped[str] = mapped_column(
        String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id, sort_order=-9
    )


class Stamped:
    """When the row was made and last changed."""

    created_at: Mapped[utc_at] = mapped_column(default=lambda: datetime.now(UTC), sort_order=90)
    updated_at: Mapped[utc_at] = mapped_column(
        default=lambda: datetime.now(UTC), onupdate=lambda: datetime.now(UTC), sort_order=91
    )


class Versioned:
    """A row that two people may edit at once: the second save sees the first (optimistic locking)."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, sort_order=92)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands it the class
        return {"version_id_col": cls.version}


def derive(source: InstrumentedAttribute[Any], target: str, function: Callable[[str], str]) -> None:
    """Keep `target` equal to `function(source)` whenever `source` is set.

    Folded and sort keys are computed here, in Python, and stored: the two databases neither fold nor
    order Vietnamese alike. A bulk insert bypasses attribute events and must set both columns itself.
    """

    def follow(instance: Any, value: str | None, _old: Any, _initiator: Any) -> None:
        setattr(instance, target, None if value is None else function(value))

    event.listen(source, "set", follow, propagate=True)
