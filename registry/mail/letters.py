"""The words of letters: plain text templates in Vietnamese and English, first line the subject.

They are `.txt`, for which Jinja would not escape by itself: nothing is escaped here on purpose, since plain text has
no markup. What keeps a value from becoming more than a value is that it is put on one line, that templates are files
of the product and never data, and that the sandbox gives them nothing but their values.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from registry.mail.rules import one_line
from registry.paths import TEMPLATES

LANGUAGES = ("vi", "en")
OFFICE_KINDS = frozenset({"campaign"})
"""Letters whose words an office writes itself: no template of the product says them."""
_FOLDER = TEMPLATES / "mail"


class Written(NamedTuple):
    """A letter in words."""

    subject: str
    body: str


def write_letter(kind: str, language: str, values: Mapping[str, str | int]) -> Written:
    """The letter with its values. Raises LookupError for a kind there is no template of, UndefinedError for a value
    that is missing."""
    if f"{kind}.{language}" not in _known():
        raise LookupError(f"no letter {kind!r} in {language!r}")
    template = _environment().get_template(f"{kind}.{language}.txt")
    subject, _end, body = template.render(
        {name: one_line(value) for name, value in values.items()}
    ).partition("\n")
    return Written(one_line(subject), body.strip("\n") + "\n")


def letter_kinds() -> frozenset[str]:
    """Every kind of letter there is."""
    return frozenset(name.rpartition(".")[0] for name in _known())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("[!_]*.txt"))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # plain text: see above
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
