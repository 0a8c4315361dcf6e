"""Texts of letters with fields in braces from a closed list. Pure; nothing typed is ever run.

A field is replaced in one pass, by one line of plain text: what a value holds is never read again, so that a name
spelled «{so_tien}» stays a name.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

FIELDS = ("ten", "chien_dich", "nhu_cau", "chinh_sach", "so_tien", "don_vi", "han_tra_loi", "lien_ket")
"""What may stand in braces, the same in both languages."""

MOST_SUBJECT, MOST_BODY = 150, 4_000
_BRACED = re.compile(r"\{([^{}]*)\}")
_CLOSE_ENOUGH = 0.6


@dataclass(frozen=True)
class TextFault:
    """What is wrong with a text: an unknown field with the nearest known one, or a brace that stands alone."""

    kind: str
    found: str = ""
    nearest: str = ""


def faults_of(text: str) -> Sequence[TextFault]:
    """Everything that keeps a text from being saved, each once, in the order of the text."""
    found: list[TextFault] = []
    for name in _BRACED.findall(text):
        if name not in FIELDS:
            nearest = get_close_matches(_plain(name), FIELDS, 1, _CLOSE_ENOUGH)
            found.append(TextFault("unknown", name, nearest[0] if nearest else ""))
    if re.search(r"[{}]", _BRACED.sub("", text)):
        found.append(TextFault("brace"))
    return list(dict.fromkeys(found))


def fields_in(*texts: str) -> frozenset[str]:
    """The known fields that stand in texts."""
    return frozenset(name for text in texts for name in _BRACED.findall(text) if name in FIELDS)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields replaced. Raises KeyError for a field without a value."""
    return _BRACED.sub(lambda match: one_line(values[match.group(1)]), text)


def one_line(value: str) -> str:
    """A value as it may stand in a letter: one line, without control or direction marks."""
    kept = "".join(
        " " if unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else one for one in value
    )
    return " ".join(kept.split(" ")).strip()


def _plain(name: str) -> str:
    """A name as somebody may have meant it: «{Họ tên}» is no field, «{Số tiền}» nearly one."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    kept = "".join(one for one in bare if not unicodedata.combining(one))
    return re.sub(r"\W+", "_", kept).strip("_")
