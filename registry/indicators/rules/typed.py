"""An amount as people type it, in Vietnamese: «5.647», «9,8», «khoảng 100», or why it is none. Pure (IN-16)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from registry import formats
from registry.people.rules.problems import N_, Problem

LONGEST = 40
_MOST = Decimal(10) ** 15
_VIETNAMESE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,4}))?", re.ASCII)
_ABOUT = re.compile(r"^(?:khoảng|khoang|chừng|~)\s*", re.IGNORECASE)

NOT_A_NUMBER = N_(
    "Nhập số theo cách viết của Việt Nam, ví dụ 5.647 hoặc 9,8; số ước chừng thì ghi «khoảng 100»"
)
TOO_LARGE = N_("Số quá lớn: nhập nhiều nhất 15 chữ số trước dấu phẩy")
ENGLISH = N_("Dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần lẻ: viết %(said)s nếu là phần lẻ")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: an exact number, or about."""

    amount: Decimal
    is_about: bool = False


def read_amount(text: str) -> Typed | Problem:
    """The number of a typed text. «9.8» is refused: nobody can tell 9,8 from a mistyped 9.800."""
    said = " ".join(text.replace(formats.NBSP, " ").split())
    bare = _ABOUT.sub("", said)
    found = _VIETNAMESE.fullmatch(bare.removesuffix("%").strip())
    if found is None:
        if re.fullmatch(r"\d+\.\d{1,2}", bare):
            return Problem("english", ENGLISH, {"said": f"«{bare.replace('.', ',')}»"})
        return Problem("not_a_number", NOT_A_NUMBER)
    amount = Decimal(f"{found[1].replace('.', '')}.{found[2]}" if found[2] else found[1].replace(".", ""))
    if amount >= _MOST:
        return Problem("too_large", TOO_LARGE)
    return Typed(amount, bare != said)


def kept(amount: Decimal) -> str:
    """A number as it is kept: plain digits with a point and the decimals it was written with («9.8», «10.0»)."""
    return format(amount, "f")


def exact_fraction(text: str) -> Fraction:
    """A kept number as a fraction."""
    return Fraction(Decimal(text))
