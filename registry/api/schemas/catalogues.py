"""Skills and places: what texts mean, concepts with their codes elsewhere, units with what they became."""

from datetime import date
from typing import Annotated

from pydantic import Field

from registry.api.rules import MOST_TEXTS, TEXT_LIMIT
from registry.api.schemas.base import Asked, AskedDay, Shape
from registry.places.rules import UnitKind, UnitLevel
from registry.skills.rules import ExternalScheme, LevelScale, Sector, SkillFamily, SkillState


class TextsAsked(Shape):
    """Texts to be read as skills."""

    texts: list[Annotated[str, Field(max_length=TEXT_LIMIT)]] = Field(min_length=1, max_length=MOST_TEXTS)


class LevelRead(Shape):
    """A level that stood in the text."""

    text: str
    scale: str | None
    rank: int


class CandidateRead(Shape):
    """A concept that may be meant."""

    skill: str
    vi: str
    score: float


class SkillRead(Shape):
    """What one text means. Accepted is what has a skill and needs no confirmation; scores are 0…100."""

    input: str
    skill: str | None
    vi: str | None
    en: str | None
    how: str
    score: float
    margin: float
    level: LevelRead | None
    needs_confirmation: bool
    candidates: list[CandidateRead]


class SkillsRead(Shape):
    """The answers in the order of the texts."""

    items: list[SkillRead]


class CodeElsewhere(Shape):
    """What another catalogue calls the concept."""

    scheme: ExternalScheme
    code: str
    uri: str
    label: str


class SkillShown(Shape):
    """A concept with its names and the codes it has in other catalogues."""

    code: str = Field(examples=["SK-0001"])
    vi: str
    en: str
    family: SkillFamily
    sector: Sector
    scale: LevelScale
    state: SkillState
    merged_into: str | None = Field(description="Mã của kỹ năng đã gộp vào")
    labels: list[str] = Field(description="Tên gọi khác")
    elsewhere: list[CodeElsewhere] = Field(description="Mã ở ESCO và danh mục khác")


class PlaceAsked(Asked):
    """Which unit of a code: codes were given anew on 1 July 2025."""

    on: AskedDay | None = Field(None, description="Đơn vị mang mã này vào ngày đó; không gửi là hiện nay")


class PlacesAsked(Asked):
    """The units of today under one; without it the provinces."""

    parent: str | None = Field(None, min_length=1, max_length=80, description="Mã tỉnh, thành phố")


class PlaceShort(Shape):
    """A unit during one validity."""

    code: str = Field(examples=["12"])
    name: str = Field(examples=["tỉnh Lai Châu"])
    kind: UnitKind
    level: UnitLevel
    valid_from: date
    valid_to: date | None = Field(description="Ngày cuối còn hiệu lực; null là còn hiệu lực")


class PlaceShown(PlaceShort):
    """A unit with the one above it, what it became and what it was made of."""

    parent: PlaceShort | None
    successors: list[PlaceShort] = Field(description="Đơn vị hiện nay của một đơn vị đã hết hiệu lực")
    predecessors: list[PlaceShort] = Field(description="Đơn vị cũ đã nhập vào đơn vị này")


class Places(Shape):
    """Units in the order of their names."""

    items: list[PlaceShort]
