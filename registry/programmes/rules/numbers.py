"""Numbers of documents as they are printed: `3409/KH-UBND`, `06-ĐA/TU`, `541-KL/TU`, `520 QĐ-CT`. Pure."""

import re
from dataclasses import dataclass

from registry.programmes.rules.words import DocumentRole

_ABBREVIATION = r"[A-ZĐƯ][A-ZĐƯ0-9.&]{0,14}"
_NUMBER = re.compile(
    rf"(?P<serial>\d{{1,6}})(?:/(?P<year>(?:19|20)\d\d))?[-/ ]"
    rf"(?P<kind>{_ABBREVIATION})[-/](?P<issuer>{_ABBREVIATION}(?:-{_ABBREVIATION})*)"
)
_ROLE = {
    "ĐA": DocumentRole.SCHEME,
    "KH": DocumentRole.PLAN,
    "NQ": DocumentRole.RESOLUTION,
    "KL": DocumentRole.CONCLUSION,
    "BC": DocumentRole.REVIEW,
    "TB": DocumentRole.NOTICE,
    "QĐ": DocumentRole.DECISION,
}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number taken apart: the running number, the year where it is printed, what it is, who signed."""

    serial: str
    kind: str
    issuer: str
    year: int | None = None

    @property
    def role(self) -> DocumentRole | None:
        """What a document with this abbreviation is; None for one that is not known."""
        return _ROLE.get(self.kind)


def read_number(printed: str) -> DocumentNumber | None:
    """The parts of a printed number, or None when it has no form that is known; it may stand all the same."""
    found = _NUMBER.fullmatch(" ".join(printed.split()))
    if found is None:
        return None
    year = found["year"]
    return DocumentNumber(found["serial"], found["kind"], found["issuer"], int(year) if year else None)
