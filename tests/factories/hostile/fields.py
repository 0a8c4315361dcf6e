"""The forms of a page as a browser would send them, with plausible values where nothing stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html

PARSER: Any = lxml_html  # lxml ships no types
_ASIDE = ("/ngon-ngu", "/dang-xuat", "/thong-bao/da-doc", "/tai-khoan/da-doc")
"""Where the forms of the frame of every page lead."""
_BY_NAME = (
    ("email", "moi@vidu.vn"), ("phone", "0912345678"), ("years", "3"), ("days", "3"),
    ("count", "3"), ("step", "3"), ("year", "2015"),
)  # fmt: skip


_DATE = {"inp day": "5", "inp month": "6", "inp year": "2020"}
"""Day, month and year are three fields of one name."""


@dataclass(frozen=True)
class Field:
    """One field: a text that is typed, a choice among the values offered, or something that is carried along."""

    name: str
    value: str
    is_typed: bool = False


@dataclass(frozen=True)
class PageForm:
    """A form that is sent by POST; `action` is empty where it goes back to its own page."""

    action: str
    fields: Sequence[Field]
    file: str = ""


def forms_of(page: str) -> list[PageForm]:
    """The forms of a page that are sent by POST, but for those of its frame; with all of their boxes ticked."""
    if "<form" not in page:
        return []
    forms = [one for one in PARSER.fromstring(page.encode()).forms if one.method == "POST"]
    return [_read(one) for one in forms if not (one.action or "").endswith(_ASIDE)]


def _read(form: Any) -> PageForm:
    fields: list[Field] = []
    answered: set[str] = set()
    for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = one.get("name"), one.get("type") or one.tag
        if name == "csrf_token" or kind in {"file", "submit", "button", "reset"}:
            continue
        if kind == "radio" and (name in answered or not _is_chosen(one, form, name)):
            continue
        answered.add(name)
        fields.append(_field(one, name, kind))
    files = form.xpath(".//input[@type='file']/@name")
    return PageForm(form.action or "", fields, files[0] if files else "")


def _is_chosen(one: Any, form: Any, name: str) -> bool:
    """The radio that is ticked; the first where none is."""
    ticked = [
        other for other in form.xpath(".//input[@type='radio' and @checked]") if other.get("name") == name
    ]
    return one in ticked or not ticked


def _field(one: Any, name: str, kind: str) -> Field:
    if kind == "select":
        values = [value for value in one.value_options if value]
        chosen = one.value if isinstance(one.value, str) else ""
        return Field(name, chosen or (values[0] if values else ""))
    if kind in {"radio", "checkbox", "hidden"}:
        return Field(name, one.get("value", "on" if kind == "checkbox" else ""))
    value = (one.text if kind == "textarea" else one.get("value")) or ""
    return Field(name, value or _DATE.get(one.get("class", "")) or plausible(name), is_typed=True)


def plausible(name: str) -> str:
    """What somebody might type into a field of this name."""
    return next((value for part, value in _BY_NAME if part in name), "Chữ thường")
