"""The OpenAPI 3.1 document, made of what the operations say and of the models themselves. Knows no request."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from registry.api.schemas.base import Problem

_REFS = "#/components/schemas/{model}"
_JSON, _PROBLEM = "application/json", "application/problem+json"

_FAILURES: Mapping[int, str] = {
    400: "Yêu cầu không đọc được: tham số lạ hoặc sai, JSON hỏng",
    401: "Không có khóa, hoặc khóa không còn hiệu lực",
    403: "Khóa không có quyền này",
    404: "Không có, hoặc nằm ngoài phạm vi của khóa: hai trường hợp trả lời giống hệt nhau",
    405: "Phương thức không được nhận",
    409: "Không làm được trong tình trạng hiện nay",
    410: "Dấu mốc quá cũ: đọc lại toàn bộ danh sách",
    412: "ETag ở If-Match không còn là của bản hiện nay",
    413: "Thân yêu cầu quá lớn",
    415: "Thân yêu cầu không phải application/json",
    422: "Nội dung chưa đúng; «errors» kể từng mục",
    428: "Thiếu If-Match",
    429: "Quá nhiều yêu cầu; đợi số giây ở Retry-After",
    500: "Lỗi của máy chủ, kèm mã sự cố",
    503: "Máy chủ đang bận; đợi số giây ở Retry-After",
}
_ALWAYS = (400, 401, 403, 405, 413, 429, 500, 503)
_OF_EVERYBODY = (400, 405, 413, 429, 500, 503)


@dataclass(frozen=True)
class Header:
    """A header that a request may or must carry."""

    name: str
    description: str
    is_required: bool = False
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True)
class Operation:
    """What the document says of one view. `scope` "" is for everybody; `path` are the parts of the address."""

    summary: str
    answer: type[BaseModel] | None
    tag: str
    scope: str = ""
    status: int = 200
    path: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    headers: Sequence[Header] = ()
    failures: Sequence[int] = ()
    example: Any = None
    body_example: Any = None
    is_conditional: bool = False


@dataclass(frozen=True)
class Route:
    """An operation at its address."""

    name: str
    method: str
    address: str
    operation: Operation


def document_of(routes: Sequence[Route], version: str) -> dict[str, Any]:
    """The whole document."""
    schemas = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.address, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Talent registry API",
            "version": version,
            "description": "Đọc và ghi sổ đăng ký nhân tài bằng chương trình. Lỗi là application/problem+json bằng "
            "tiếng Việt, hoặc tiếng Anh với «Accept-Language: en».",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.operation.tag for route in routes)],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "Khóa do quản trị hệ thống tạo"}
            },
            "schemas": schemas,
            "responses": {str(code): _failure(said) for code, said in _FAILURES.items()},
        },
    }


def _schemas(routes: Iterable[Route]) -> dict[str, Any]:
    answers = {route.operation.answer for route in routes} | {Problem}
    bodies = {route.operation.body for route in routes}
    wanted: list[Any] = [(one, "serialization") for one in answers if one is not None]
    wanted += [(one, "validation") for one in bodies if one is not None]
    wanted.sort(key=lambda one: one[0].__name__)
    _names, found = models_json_schema(wanted, ref_template=_REFS)
    return dict(sorted(found["$defs"].items()))


def _operation(route: Route) -> dict[str, Any]:
    said, told = route.operation, dict[str, Any]()
    told["operationId"] = route.name
    told["summary"] = said.summary
    told["tags"] = [said.tag]
    if said.scope:
        told["description"] = f"Quyền của khóa: {said.scope}"
    else:
        told["security"] = []
    parameters = [*_of_path(said), *_of_query(said), *_of_headers(said)]
    if parameters:
        told["parameters"] = parameters
    if said.body is not None:
        content: dict[str, Any] = {"schema": _ref(said.body)}
        if said.body_example is not None:
            content["example"] = said.body_example
        told["requestBody"] = {"required": True, "content": {_JSON: content}}
    told["responses"] = _responses(said)
    return told


def _of_path(said: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, **schema}}
        for name, schema in said.path.items()
    ]


def _of_query(said: Operation) -> list[dict[str, Any]]:
    if said.query is None:
        return []
    schema = said.query.model_json_schema(ref_template=_REFS)
    named: dict[str, Any] = schema.get("$defs", {})
    needed = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": _inlined(one, named)}
        | ({"description": one["description"]} if "description" in one else {})
        for name, one in schema["properties"].items()
    ]


def _inlined(schema: dict[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter's schema: what is not sent is not there, so that null is no value of it."""
    some = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    found = dict(some[0])
    if "$ref" in found:
        found = dict(named[found["$ref"].rsplit("/", 1)[-1]])
    found.pop("title", None)
    return {name: value for name, value in found.items() if name not in {"description"}}


def _of_headers(said: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "in": "header",
            "required": one.is_required,
            "description": one.description,
            "schema": dict(one.schema),
        }
        for one in said.headers
    ]


def _responses(said: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": _ref(said.answer) if said.answer else {"type": "object"}}
    if said.example is not None:
        content["example"] = said.example
    found: dict[str, Any] = {str(said.status): {"description": said.summary, "content": {_JSON: content}}}
    if said.is_conditional:
        found[str(said.status)]["headers"] = {"ETag": {"schema": {"type": "string"}}}
        found["304"] = {"description": "Không đổi từ ETag ở If-None-Match"}
    if said.status == 201:
        found["201"]["headers"] = {
            "Location": {"schema": {"type": "string"}},
            "ETag": {"schema": {"type": "string"}},
        }
    always = _ALWAYS if said.scope else _OF_EVERYBODY
    for code in sorted({*always, *said.failures}):
        found[str(code)] = {"$ref": f"#/components/responses/{code}"}
    return found


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFS.format(model=model.__name__)}


def _failure(said: str) -> dict[str, Any]:
    return {"description": said, "content": {_PROBLEM: {"schema": _ref(Problem)}}}
