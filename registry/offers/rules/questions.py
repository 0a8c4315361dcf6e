"""A question to the rule engine as plain rows, and read from them: what a saved sheet or a decision freezes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.policies.rules import Asked, Facts, read_asked, read_facts

Row = dict[str, Any]
DAYS = ("applied_on", "starts_on")


@dataclass(frozen=True, slots=True)
class Question:
    """Facts and circumstances of one application: the whole input of `policies.rules.answer` beside a version."""

    facts: Facts
    asked: Asked


def joined(
    person: Mapping[str, Any],
    evidence: Mapping[str, Any],
    post: Mapping[str, Any],
    application: Mapping[str, Any],
    on: date,
) -> Row:
    """The rows of a question on a day of decision.

    What the application says of a fact goes before what is on record; papers for what was on record do not prove it.
    """
    said = {key: value for key, value in application.items() if key not in DAYS and value is not None}
    with_parts: dict[str, Row] = {key: value for key, value in said.items() if isinstance(value, dict)}
    declared = {*said, *(f"{key}:{part}" for key, value in with_parts.items() for part in value)}
    parts = {key: {**person.get(key, {}), **value} for key, value in with_parts.items()}
    return {
        "person": dict(person),
        "evidence": {name: paper for name, paper in evidence.items() if name not in declared},
        "post": dict(post),
        "application": {**said, **parts},
        "applied_on": application.get("applied_on") or on.isoformat(),
        "decided_on": on.isoformat(),
        "starts_on": application.get("starts_on"),
    }


def question_of(rows: Mapping[str, Any]) -> Question:
    """The question its rows say. Raises `PolicyRefused` for facts nobody knows and values of a wrong type."""
    applied_on, decided_on, starts_on = (
        _day(rows[name]) for name in ("applied_on", "decided_on", "starts_on")
    )
    if applied_on is None or decided_on is None:
        raise ValueError("the days of application and decision are known")
    application: Row = rows["application"]
    return Question(
        read_facts(rows["person"], rows["post"], application, rows["evidence"]),
        read_asked(application, applied_on, decided_on, starts_on),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
