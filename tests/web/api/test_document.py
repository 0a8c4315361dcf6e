"""The OpenAPI document: complete, its examples true, and every answer as it says."""

from typing import Any

import pytest
from flask import Flask
from pydantic import BaseModel
from sqlalchemy.orm import Session

from registry.api.rules import ApiScope
from registry.api.schemas.document import Operation
from tests.conftest import Client
from tests.factories.api import get
from tests.factories.api_fuzzing import fuzz, make_known, plant_undocumented


def operations(app: Flask) -> dict[str, Operation]:
    """Every address for programs with what it says of itself."""
    found: dict[str, Operation] = {}
    for name, view in app.view_functions.items():
        if name.startswith("api."):
            told: Any = view
            found[name] = told.operation
    return found


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_document_names_every_address_and_guard(app: Flask, client: Client) -> None:
    document = get(client, None, "/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    told = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    assert {f"api.{name}" for name in told} == set(operations(app))
    for name, operation in operations(app).items():
        view: Any = app.view_functions[name]
        assert view.access == (operation.scope or "public")
    assert {one.scope for one in operations(app).values() if one.scope} == set(ApiScope)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_examples_are_what_may_be_sent_and_comes(app: Flask) -> None:
    for name, operation in operations(app).items():
        pairs: list[tuple[type[BaseModel] | None, Any]] = [
            (operation.answer, operation.example),
            (operation.body, operation.body_example),
        ]
        for model, example in pairs:
            if model is not None and name != "api.openapi":
                model.model_validate(example)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_answer_is_documented(app: Flask, session: Session) -> None:
    found = fuzz(app, make_known(session), seed=1, examples=2, with_edges=False)
    assert found.faults == {}
    assert found.server_errors == 0
    assert {200, 201} <= set(found.statuses)
    assert len(found.asked) == len(operations(app)) - 1  # the document itself was read to begin with


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_answer_that_is_not_documented_is_found(app: Flask, session: Session) -> None:
    views = dict(app.view_functions)
    try:
        plant_undocumented(app)
        faults = fuzz(app, make_known(session), seed=1, examples=1, with_edges=False).faults
    finally:
        app.view_functions.update(views)
    assert any(one.startswith("GET /places: response_schema_conformance") for one in faults)
    assert any(one.startswith("GET /changes: status_code_conformance") for one in faults)
