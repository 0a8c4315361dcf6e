"""The change feed."""

from enum import StrEnum

from pydantic import Field

from registry.api.rules import MOST_ON_PAGE
from registry.api.schemas.base import Asked, AskedNumber, PublicId, Shape


class ChangesAsked(Asked):
    """Which changes."""

    since: str | None = Field(
        None, max_length=400, description="Dấu mốc «next» đã nhận; không gửi là chỉ lấy dấu mốc lúc này"
    )
    limit: AskedNumber = Field(MOST_ON_PAGE, ge=1, le=MOST_ON_PAGE, description="Số dòng mỗi trang")


class Kind(StrEnum):
    """What changed."""

    PERSON = "person"
    NEED = "need"


class What(StrEnum):
    """`changed`: new or changed, read it again. `closed`: a need that is over. `gone`: in no list any more, drop it."""

    CHANGED = "changed"
    CLOSED = "closed"
    GONE = "gone"


class Change(Shape):
    """One change; of several of one record only the last is told."""

    kind: Kind
    id: PublicId
    change: What


class Changes(Shape):
    """Changes in the order in which they came, and the mark for the next question, which is always there."""

    items: list[Change]
    next: str
    has_more: bool
