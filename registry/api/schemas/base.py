"""What all shapes share: closed objects, pages, failures."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from registry.api.rules import MOST_ON_PAGE, PAGE

PublicId = Annotated[
    str, Field(description="Mã công khai, không đoán được", examples=["3n7q1k9w5x2v8c4m6z0r1t3y5p"])
]
Cursor = Annotated[str | None, Field(description="Gửi lại ở «after» để lấy trang sau; null ở trang cuối")]


class Shape(BaseModel):
    """An object with these members and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_DIGITS = re.compile(r"0|-?[1-9][0-9]{0,9}", re.ASCII)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _plain_number(typed: object) -> object:
    """A number as JSON writes it: what Python reads besides (« 5 », «1_0», «1.0») is none."""
    return typed if not isinstance(typed, str) or _DIGITS.fullmatch(typed) else "x"


def _plain_day(typed: object) -> object:
    """A day as ISO 8601 writes it: pydantic would take a number for seconds since 1970."""
    return typed if not isinstance(typed, str) or _ISO_DAY.fullmatch(typed) else "x"


AskedNumber = Annotated[int, BeforeValidator(_plain_number)]
AskedDay = Annotated[date, BeforeValidator(_plain_day)]


class Asked(BaseModel):
    """What stands behind the question mark: texts, read as what they are to be."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageAsked(Asked):
    """A page of a list."""

    after: str | None = Field(None, max_length=400, description="Dấu mốc «next» của trang trước")
    limit: AskedNumber = Field(PAGE, ge=1, le=MOST_ON_PAGE, description="Số dòng mỗi trang")


class FailurePart(Shape):
    """One thing that was wrong."""

    where: str = Field(description="JSON pointer trong thân yêu cầu, hoặc tên tham số", examples=["/title"])
    detail: str = Field(examples=["Nhập tên nhu cầu"])


class Problem(Shape):
    """A failure (RFC 9457), in Vietnamese or, asked by Accept-Language, in English."""

    type: str = Field(examples=["urn:registry:problem:not-found"])
    title: str = Field(examples=["Không có gì ở địa chỉ này, hoặc nằm ngoài phạm vi của khóa"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Kiểm tra lại địa chỉ và mã."])
    incident: str | None = Field(None, description="Mã sự cố, chỉ khi máy chủ lỗi")
    errors: list[FailurePart] | None = Field(None, description="Từng mục chưa đúng")
