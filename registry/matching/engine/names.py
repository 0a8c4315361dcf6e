"""What people call the codes and ranks of a match. The engine knows codes only; names come from the caller. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from registry.matching.engine.facts import Field

Translate = Callable[[str], str]


def as_written(text: str) -> str:
    """The translator that changes nothing."""
    return text


N_ = as_written
"""Marks a text for translation where it stands; it is translated where it is said."""


@dataclass(frozen=True)
class Names:
    """Names by code; a code without a name is shown as it is."""

    skills: Mapping[str, str] = field(default_factory=dict[str, str])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    languages: Mapping[str, str] = field(default_factory=dict[str, str])
    degrees: Mapping[int, str] = field(default_factory=dict[int, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])

    def skill(self, code: str) -> str:
        """The preferred label of a concept."""
        return self.skills.get(code, code)

    def field_of_study(self, one: Field) -> str:
        """A field, or the group when the whole group is meant."""
        code = one.code or one.group or ""
        return self.fields.get(code, code)

    def language(self, code: str) -> str:
        """A language."""
        return self.languages.get(code, code)

    def degree(self, rank: int) -> str:
        """An education rank."""
        return self.degrees.get(rank, str(rank))

    def unit(self, path: str) -> str:
        """An administrative unit by its path."""
        return self.units.get(path, path)
