"""Asks everything the OpenAPI document describes, rightly and wrongly, and holds every answer against it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any, cast

import schemathesis
from flask import Flask, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from sqlalchemy.orm import Session

from registry.needs.rules import NeedState
from tests.factories import needs as make_needs
from tests.factories import organisations as make_organisations
from tests.factories.api import key
from tests.factories.ranked_needs import story

DOCUMENT = "/api/v1/openapi.json"
# What a program without a schema cannot know is checked elsewhere: marks, codes and names must be those of the registry
# (so that what is right by the document may be refused), and the probe without a key does not work inside one process
# (the matrix of permissions asks every address so).
_LEFT_OUT = ("positive_data_acceptance", "ignored_auth")


@dataclass(frozen=True)
class Known:
    """A key for everything, and ids that are there, by operation as the document names it."""

    headers: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, str]]


@dataclass
class Fuzzed:
    """How much was asked of which address with which answers, and what was not as the document says."""

    asked: Counter[str] = field(default_factory=Counter[str])
    statuses: Counter[int] = field(default_factory=Counter[int])
    faults: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def total(self) -> int:
        """How many requests were sent."""
        return sum(self.asked.values())

    @property
    def server_errors(self) -> int:
        """How many of them met an error of ours."""
        return sum(count for status, count in self.statuses.items() if status >= 500)


def make_known(session: Session) -> Known:
    """A need with people who fit, a draft, and the organisation that the examples name."""
    told = story(session)
    make_organisations.organisation(session, "Sở Khoa học và Công nghệ", unit_path="VN/12/")
    draft = make_needs.need(session, "Bản nháp", state=NeedState.DRAFT, unit_path="VN/12/")
    session.commit()
    need = {"path.ma": told.need.public_id}
    return Known(
        key(session, unit_path="").headers,
        {
            "GET /people/{ma}": {"path.ma": told.best.public_id},
            "GET /needs/{ma}": need,
            "GET /needs/{ma}/matches": need,
            "PATCH /needs/{ma}": {"path.ma": draft.public_id, "header.If-Match": "*"},
            "GET /skills/{code}": {"path.code": "IT15"},
        },
    )


def fuzz(
    app: Flask, known: Known, *, seed: int, examples: int, finds: bool = True, with_edges: bool = True
) -> Fuzzed:
    """Ask: the examples of the document, the edges of its schemas (`with_edges`), then random requests.

    `examples` is how many random ones each address gets; with `finds` the ids in addresses are those that are there.
    """
    operations = [
        {"include-name": name, "parameters": dict(values)} for name, values in known.parameters.items()
    ]
    read = cast("Any", SchemathesisConfig).from_dict
    config = read(
        {
            "seed": seed,
            # An answer inside one process is not unpacked.
            "headers": {**known.headers, "Accept-Encoding": "identity"},
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "database": "none", "deterministic": True},
            "checks": {name: {"enabled": False} for name in _LEFT_OUT},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": with_edges}},
            "operations": operations if finds else [],
        }
    )
    found = Fuzzed()
    for event in from_schema(schemathesis.openapi.from_wsgi(DOCUMENT, app, config=config)).execute():
        _take(event, found)
    return found


def plant_undocumented(app: Flask) -> None:
    """Control: one address answers with a member nobody wrote down, another with a status nobody wrote down."""
    planted: dict[str, Response] = {
        "api.list_places": Response('{"items": [], "more": 1}', 200, mimetype="application/json"),
        "api.changes": Response("{}", 418, mimetype="application/json"),
    }
    for endpoint, answer in planted.items():
        real = app.view_functions[endpoint]
        app.view_functions[endpoint] = wraps(real)(partial(_answered, answer))


def _answered(answer: Response) -> Response:
    return answer


def _take(event: Any, found: Fuzzed) -> None:
    """What an event of the engine tells."""
    name = type(event).__name__
    if name in {"NonFatalError", "FatalError"}:
        error = getattr(event, "value", None) or getattr(event, "exception", None)
        found.faults.setdefault(f"{name}: {error}", "")
    recorder = getattr(event, "recorder", None)
    if recorder is None:
        return
    for made in recorder.interactions.values():
        found.asked[str(event.label)] += 1
        if made.response is not None:
            found.statuses[made.response.status_code] += 1
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                said = f"{event.label}: {check.name}: {check.failure_info.failure.message}"
                found.faults.setdefault(said, check.failure_info.code_sample)
