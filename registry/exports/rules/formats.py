"""The open formats a profile leaves in. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from registry.exchange.writers.europass import europass
from registry.exchange.writers.json_resume import json_resume
from registry.exchange.writers.open_profile import OpenProfile
from registry.exchange.writers.orcid import orcid_record


class OpenFormat(StrEnum):
    """One of the formats; the words are those of addresses and of the log."""

    JSON_RESUME = "json-resume"
    EUROPASS = "europass"
    ORCID = "orcid"

    @property
    def suffix(self) -> str:
        """How names of its files end."""
        return "xml" if self is OpenFormat.EUROPASS else "json"

    @property
    def media_type(self) -> str:
        """What its files are."""
        return f"application/{self.suffix}"


_WRITERS: Mapping[OpenFormat, Callable[[OpenProfile], bytes]] = {
    OpenFormat.JSON_RESUME: json_resume,
    OpenFormat.EUROPASS: europass,
    OpenFormat.ORCID: orcid_record,
}


def open_file(chosen: OpenFormat, profile: OpenProfile) -> bytes:
    """The file of a profile in a format."""
    return _WRITERS[chosen](profile)
