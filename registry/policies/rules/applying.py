"""Whether a version can be granted on a day and in a place at all: the first reason that holds. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry import formats
from registry.policies.rules.answers import Applicability, Asked
from registry.policies.rules.documents import Document, Status
from registry.policies.rules.policy import EVERYWHERE, Law, Version


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of a version, put together from its own and its document's; both ends inclusive."""

    starts_on: date | None
    ends_on: date | None
    replaced_on: date | None
    replaced_by: str
    status: Status

    @property
    def are_known(self) -> bool:
        """Whether any day at all is known."""
        return self.starts_on is not None or self.ends_on is not None


def validity(version: Version, law: Law) -> Validity:
    """The days of a version: its own first, then its document's, for the start also the day of signing."""
    document = law.documents.get(version.document)
    successor = _successor(version.document, law)
    return Validity(
        starts_on=version.effective_from or (document.starts_on if document else None),
        ends_on=version.effective_to or (document.effective_to if document else None),
        replaced_on=successor.starts_on if successor else None,
        replaced_by=successor.number or successor.title if successor else "",
        status=document.status if document else Status.UNKNOWN,
    )


def _successor(code: str, law: Law) -> Document | None:
    """The document that replaces one, the earliest if several do; a draft replaces nothing."""
    found = [
        (one.starts_on, one.code, one)
        for one in law.documents.values()
        if code in one.replaces and one.status is not Status.DRAFT and one.starts_on is not None
    ]
    return min(found)[2] if found else None


def applicability(
    version: Version, days: Validity, asked: Asked, units: frozenset[str] | None
) -> Applicability:
    """The first reason why nothing of the version can be granted, or yes.

    `units`: the post's; without a post the scope is not asked, unless the version states none at all.
    """
    if days.status is Status.DRAFT and not asked.trial:
        return Applicability.DRAFT
    return (
        _by_dates(days, asked.decided_on)
        or _by_place(version, asked.trial, units)
        or _by_window(version, asked.applied_on)
        or _by_grant(version, days.starts_on, asked)
        or Applicability.YES
    )


def _by_dates(days: Validity, decided_on: date) -> Applicability | None:
    if days.starts_on is not None and decided_on < days.starts_on:
        return Applicability.NOT_YET_IN_FORCE
    if days.replaced_on is not None and decided_on >= days.replaced_on:
        return Applicability.REPLACED
    if days.ends_on is not None:
        return Applicability.EXPIRED if decided_on > days.ends_on else None
    if days.status is Status.EXPIRED:
        return Applicability.EXPIRED
    # The successor's first day is an end too: before it the text still held.
    is_over = days.status is Status.REPLACED and days.replaced_on is None
    return Applicability.REPLACED if is_over else None


def _by_place(version: Version, is_trial: bool, units: frozenset[str] | None) -> Applicability | None:
    if not version.scope:
        return None if is_trial else Applicability.OUT_OF_SCOPE
    if units is None or EVERYWHERE in version.scope or not version.scope.isdisjoint(units):
        return None
    return Applicability.OUT_OF_SCOPE


def _by_window(version: Version, applied_on: date) -> Applicability | None:
    if version.apply_from is not None and applied_on < version.apply_from:
        return Applicability.BEFORE_APPLY_WINDOW
    if version.apply_to is not None and applied_on > version.apply_to:
        return Applicability.AFTER_APPLY_WINDOW
    return None


def _by_grant(version: Version, starts_on: date | None, asked: Asked) -> Applicability | None:
    """Those who receive something under an older text keep it to its end where the new text says so."""
    grant = asked.existing_grant
    if grant is None or starts_on is None or version.transition is None:
        return None
    goes_on = grant.until is None or grant.until >= asked.decided_on
    keeps = version.transition.keeps_old_grants and grant.decided_on < starts_on and goes_on
    return Applicability.KEEPS_OLD_GRANT if keeps else None


def reason_words(answer: Applicability, version: Version, days: Validity) -> str:
    """The reason in a Vietnamese sentence; for yes, what is not known of the dates."""
    match answer:
        case Applicability.YES:
            return "" if days.are_known else "Chưa rõ ngày có hiệu lực và ngày hết hiệu lực."
        case Applicability.DRAFT:
            return "Văn bản còn là dự thảo, chưa áp dụng."
        case Applicability.NOT_YET_IN_FORCE:
            return f"Có hiệu lực từ ngày {formats.date(days.starts_on)}."
        case Applicability.REPLACED:
            by = f" bằng {days.replaced_by}" if days.replaced_by else ""
            since = f" từ ngày {formats.date(days.replaced_on)}" if days.replaced_on else ""
            return f"Đã được thay thế{by}{since}."
        case Applicability.EXPIRED:
            ended = f" sau ngày {formats.date(days.ends_on)}" if days.ends_on else ", chưa rõ từ ngày nào"
            return f"Đã hết hiệu lực{ended}."
        case _:
            return _place_or_window_words(answer, version)


def _place_or_window_words(answer: Applicability, version: Version) -> str:
    match answer:
        case Applicability.OUT_OF_SCOPE if not version.scope:
            return "Văn bản chưa nêu địa bàn áp dụng."
        case Applicability.OUT_OF_SCOPE:
            return "Nơi làm việc ngoài địa bàn áp dụng."
        case Applicability.BEFORE_APPLY_WINDOW:
            return f"Nhận hồ sơ từ ngày {formats.date(version.apply_from)}."
        case Applicability.AFTER_APPLY_WINDOW:
            return f"Đã hết hạn nhận hồ sơ sau ngày {formats.date(version.apply_to)}."
        case _:
            return "Đang hưởng theo quy định trước và được hưởng tiếp đến hết thời hạn."


def days_in_force(days: Validity) -> tuple[date, date]:
    """First and last day for comparing validities; an unknown end reaches to the end of time."""
    last = days.ends_on or date.max
    if days.replaced_on is not None:
        last = min(last, days.replaced_on - timedelta(days=1))
    return days.starts_on or date.min, last
