"""Sentences several pages say of a version."""

from registry import formats
from registry.policies.operations import VersionsOverlap
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def overlap_words(overlap: VersionsOverlap) -> str:
    """Which version is in force on the same days, and what to do about it."""
    number = overlap.other.number
    if overlap.start is None:
        return _("Ghi ngày hiệu lực của bản này: phiên bản %(number)s vẫn đang áp dụng.", number=number)
    return _(
        "Ngày hiệu lực %(day)s trùng với phiên bản %(number)s: chọn ngày sau ngày bắt đầu của phiên bản đó.",
        day=formats.date(overlap.start, current_language()),
        number=number,
    )
