"""Column types named once, so that the same idea has the same shape in every table."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import DateTime, Dialect, Enum, String, Text, TypeDecorator
from sqlalchemy.orm import mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, aware and in UTC on both databases. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must carry its time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


utc_at = Annotated[datetime, mapped_column(UtcDateTime())]
name_text = Annotated[str, mapped_column(String(200))]
short_text = Annotated[str, mapped_column(String(500))]
long_text = Annotated[str, mapped_column(Text())]
# Keys whose order is bytewise: PostgreSQL would otherwise order them by the language of its cluster.
sort_text = Annotated[str, mapped_column(Text().with_variant(Text(collation="C"), "postgresql"))]
code_text = Annotated[str, mapped_column(String(40))]


def _words(members: type[StrEnum]) -> list[str]:
    return [member.value for member in members]


def enum_column(kind: type[StrEnum], length: int = 40, name: str | None = None) -> Enum:
    """A closed list stored as its words, checked by a named constraint on both databases.

    A table with two columns of one list names the second constraint itself.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=length,
        name=name or f"{kind.__name__.lower()}_known",
        values_callable=_words,
    )
