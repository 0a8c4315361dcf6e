"""Plausible Vietnamese names of people who do not exist. Pure: the random source is handed in."""

from functools import lru_cache
from pathlib import Path
from random import Random

_DATA = Path(__file__).parent / "data"

# Family names with their rough share in the country; about two in five people are called Nguyễn.
_FAMILIES = (
    ("Nguyễn", 38), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 5), ("Huỳnh", 3), ("Phan", 4), ("Vũ", 4),
    ("Võ", 3), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 3), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Đào", 1),
    ("Đoàn", 1), ("Trịnh", 1), ("Đinh", 1), ("Mai", 1), ("Tô", 1), ("Lò", 1), ("Vàng", 1), ("Giàng", 1),
    ("Quàng", 1), ("Tẩn", 1), ("Thạch", 1), ("Kim", 1),
)  # fmt: skip
_FEMALE_MIDDLES = ("Thị", "Thị", "Thị", "Ngọc", "Thu", "Minh", "Thanh", "Hồng", "Khánh", "")
_MALE_MIDDLES = ("Văn", "Văn", "Đức", "Minh", "Hữu", "Quang", "Xuân", "Công", "Thanh", "")
_FOREIGN = (
    "Akira Tanaka", "Kenji Watanabe", "Kim Min-jun", "Park Seo-yeon", "Hans Müller", "Claire Dubois",
    "Emma Johansson", "Liam O'Connor", "Rajesh Iyer", "Chen Wei-ling", "Maria Fernández", "Jan de Vries",
)  # fmt: skip


@lru_cache(maxsize=4)
def _given(file: str) -> tuple[str, ...]:
    return tuple((_DATA / file).read_text("utf-8").split("\n"))


def vietnamese_name(rng: Random, *, female: bool) -> str:
    """Family, perhaps middle, and given name."""
    family = rng.choices([name for name, _ in _FAMILIES], [weight for _, weight in _FAMILIES])[0]
    gender = "female" if female else "male"
    if rng.random() < 0.45:
        # Lists of two words already hold the middle name.
        given = rng.choice([name for name in _given(f"given_{gender}.txt") if name])
        return f"{family} {given}"
    middle = rng.choice(_FEMALE_MIDDLES if female else _MALE_MIDDLES)
    given = rng.choice([name for name in _given(f"given_{gender}_one_word.txt") if name])
    return " ".join(part for part in (family, middle, given) if part)


def foreign_name(rng: Random) -> str:
    """The name of a foreign expert."""
    return rng.choice(_FOREIGN)
