"""How pages and reports of a campaign write its numbers, in the language of the reader."""

from registry import formats
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def percent(share: float | None) -> str:
    """«23,3 %»; «chưa có» while there is nobody to divide by."""
    if share is None:
        return _("chưa có")
    return formats.percent(share * 100, locale=current_language())


def number(value: int) -> str:
    """«1.240»."""
    return formats.number(value, locale=current_language())


def money(value: int | None) -> str:
    """Whole đồng; «chưa có» while there is nobody to divide by."""
    return _("chưa có") if value is None else formats.money(value, current_language())


def days(value: float | None) -> str:
    """«68», «4,5»; «chưa có» while nobody has both moments."""
    if value is None:
        return _("chưa có")
    return formats.number(round(value, 1), 0 if value >= 10 else 1, current_language())
