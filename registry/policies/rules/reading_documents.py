"""Legal documents, dated parameters and yearly lists from their data form. Pure."""

from datetime import date
from itertools import pairwise

from registry.policies.rules.documents import Document, Parameter, ParameterValue, Status, YearlyList
from registry.policies.rules.money import MOST_VND
from registry.policies.rules.refusals import LONGEST_CODE, Place


def read_document(place: Place) -> Document:
    """A legal document."""
    document = Document(
        code=place.words("code", required=True, limit=LONGEST_CODE),
        number=place.words("number"),
        kind=place.words("kind", limit=LONGEST_CODE),
        issuer=place.words("issuer"),
        title=place.words("title", required=True),
        status=place.choice("status", Status, Status.UNKNOWN) or Status.UNKNOWN,
        signed_on=place.day("signed_on"),
        effective_from=place.day("effective_from"),
        effective_after_days=place.whole("effective_after_days", 0, 3650),
        effective_to=place.day("effective_to"),
        amends=place.codes("amends"),
        replaces=place.codes("replaces"),
        sources=place.codes("sources"),
        confidence=place.words("confidence"),
        note=place.words("note"),
        verified=place.flag("verified"),
    )
    in_order(place, document.starts_on, document.effective_to, "hiệu lực")
    return document


def read_parameter(place: Place) -> Parameter:
    """A dated parameter; its values may not overlap."""
    values = [_read_value(one) for one in place.parts("values", "giá trị")]
    values.sort(key=lambda one: one.valid_from)
    for before, after in pairwise(values):
        if before.valid_to is None or before.valid_to >= after.valid_from:
            place.refuse(f"hai giá trị cùng có hiệu lực ngày {after.valid_from:%d/%m/%Y}")
    return Parameter(
        key=place.words("key", required=True, limit=LONGEST_CODE),
        of=place.words("of", limit=LONGEST_CODE) or None,
        vi=place.words("vi", required=True),
        unit=place.words("unit"),
        values=tuple(values),
    )


def _read_value(place: Place) -> ParameterValue:
    value, start = place.whole("value", 1, MOST_VND), place.day("valid_from")
    if value is None or start is None:
        place.refuse("phải có số tiền và ngày bắt đầu")
    end = place.day("valid_to")
    in_order(place, start, end, "áp dụng")
    return ParameterValue(
        value or 0,
        start or date.min,
        end,
        place.words("document", limit=LONGEST_CODE),
        place.words("note"),
        place.flag("verified"),
    )


def read_yearly_list(place: Place) -> YearlyList:
    """The fields of study a province wants, year by year."""
    years: dict[int, frozenset[str]] = {}
    part = place.part("years", "năm")
    for year in part.row if part is not None else ():
        if part is not None and year.isdecimal() and len(year) == 4:
            years[int(year)] = frozenset(part.codes(year))
        else:
            place.refuse(f"«{year}» không phải một năm")
    return YearlyList(place.words("code", required=True, limit=LONGEST_CODE), place.words("vi"), years)


def in_order(place: Place, start: date | None, end: date | None, what: str) -> None:
    """Refuse a last day before the first."""
    if start is not None and end is not None and end < start:
        place.refuse(f"ngày cuối {what} trước ngày đầu")
