"""What is said about a cell: a sentence to translate and its values, kept apart until somebody reads it. Pure.

A finding says what is wrong with a cell and how to mend it; a row with an error is not imported, a doubt
lets it pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.people.rules.problems import Problem

_LONGEST_VALUE = 1_000


class Bilingual(str):
    """A value that is itself in words: it reads as its Vietnamese and knows its English."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, vietnamese: str, english: str) -> "Bilingual":
        """Both ways to say it."""
        made = super().__new__(cls, vietnamese)
        made.english = english
        return made


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said about one cell, which may quote its value."""

    key: str
    value: str
    problem: Problem
    is_error: bool = True

    @property
    def code(self) -> str:
        """What was found, for programs."""
        return self.problem.code

    @property
    def message(self) -> str:
        """The whole sentence in Vietnamese: for workbooks and commands, which speak no other language."""
        return self.problem.text


def kept_words(finding: Finding) -> dict[str, Any]:
    """The words of a finding as they are stored, with nothing put together yet."""
    values = {name: _kept_value(value) for name, value in finding.problem.params.items()}
    return {
        "value": finding.value[:_LONGEST_VALUE],
        "sentence": finding.problem.sentence,
        "values": values,
    }


def _kept_value(value: object) -> object:
    return {"vi": str(value), "en": value.english} if isinstance(value, Bilingual) else value


def said_words(kept: Mapping[str, Any], language: str) -> tuple[str, dict[str, Any]]:
    """The sentence to translate and its values in a language; the first release stored whole sentences."""
    if "sentence" not in kept:
        return kept["message"], {}
    values: dict[str, Any] = {
        name: value[language] if isinstance(value, dict) else value for name, value in kept["values"].items()
    }
    return kept["sentence"], values
