"""What is wrong with a value and how to mend it, in words that forms and files share. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(sentence: str) -> str:  # noqa: N802 - the usual name of a marker for translators
    """Mark a sentence for translation; forms and pages translate it when they show it."""
    return sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that cannot be kept. `code` is for programs; `sentence` % `params` is for people, in Vietnamese."""

    code: str
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def text(self) -> str:
        """The sentence with its values."""
        return self.sentence % self.params if self.params else self.sentence

    def __str__(self) -> str:
        return self.text
