"""What all shapes share: closed objects, pages, failures."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from registry.api.rules import MOST_ON_PAGE, PAGE

PUBLIC_ID = "[0-9a-z]{26}"
PublicId = Annotated[
    str, Field(description="Mã công khai, không đoán được", examples=["3n7q1k9w5x2v8c4m6z0r1t3y5p"])
]
Cursor = Annotated[str | None, Field(description="Gửi lại ở «after» để lấy trang sau; null ở trang cuối")]


class Shape(BaseModel):
    """An object with these members and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(BaseModel):
    """What stands behind the question mark: texts, read as what they are to be."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageAsked(Asked):
    """A page of a list."""

    after: str | None = Field(None, max_length=400, description="Dấu mốc «next» của trang trước")
    limit: int = Field(PAGE, ge=1, le=MOST_ON_PAGE, description="Số dòng mỗi trang")


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


def documented(kind: Any, **schema: Any) -> Any:
    """A type whose place in the document is written by hand, where what is checked cannot be said in JSON Schema."""
    return Annotated[kind, WithJsonSchema(schema)]
