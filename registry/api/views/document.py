"""`/api/v1/openapi.json`: what every address takes and answers, for everybody."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from registry.accounts.access import public
from registry.api.schemas.document import Operation, Route, document_of
from registry.api.views.answering import unchanged
from registry.api.views.blueprint import programs

View = TypeVar("View", bound=Callable[..., Any])

VERSION = "1.0.0"
_EXTENSION = "registry.api_document"
# A part of an address; the ids in it are called so in the document, whatever the rule calls them.
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_METHODS = frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"})


class AnyDocument(BaseModel):
    """An OpenAPI document."""

    model_config = ConfigDict(extra="allow")

    openapi: str


def documented(operation: Operation) -> Callable[[View], View]:
    """Say in the document what the view takes and answers. Stands between route and guard."""

    def say(view: View) -> View:
        @wraps(view)
        def told(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        told.operation = operation  # pyright: ignore[reportAttributeAccessIssue] - the mark the document reads
        return told  # pyright: ignore[reportReturnType]

    return say


def routes() -> list[Route]:
    """Every address for programs with what it says of itself, in the order of the addresses."""
    found: list[Route] = []
    for rule in current_app.url_map.iter_rules():
        if not rule.endpoint.startswith(f"{programs.name}."):
            continue
        operation: Operation = current_app.view_functions[rule.endpoint].operation  # pyright: ignore[reportFunctionMemberAccess]
        address = _PART.sub(r"{\1}", rule.rule.removeprefix("/api/v1"))
        name = rule.endpoint.partition(".")[2]
        found += [
            Route(name, method, address, operation) for method in sorted(_METHODS & set(rule.methods or ()))
        ]
    return sorted(found, key=lambda one: (one.address, one.method))


def _text() -> str:
    """The document, made once for an app: what it says hangs on no request."""
    made: str | None = current_app.extensions.get(_EXTENSION)
    if made is None:
        made = json.dumps(document_of(routes(), VERSION), ensure_ascii=False, separators=(",", ":"))
        current_app.extensions[_EXTENSION] = made
    return made


@programs.get("/openapi.json")
@documented(Operation("Tài liệu OpenAPI này", AnyDocument, "Tài liệu", is_conditional=True))
@public
def openapi() -> ResponseReturnValue:
    """The document of all addresses."""
    answer = Response(_text(), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag(weak=True)
    return unchanged(answer)
