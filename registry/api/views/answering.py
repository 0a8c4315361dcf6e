"""Reading what programs ask and answering them: parameters, bodies, ETags, marks of pages, looks at people."""

from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeVar

from flask import Response, request
from pydantic import BaseModel, ValidationError

from registry.api.access import current_caller
from registry.api.rules import cursor_of, parts_of
from registry.api.views.words import sentence_of
from registry.audit.operations import record_read
from registry.people.queries import is_public_id
from registry.web.clock import now
from registry.web.database import write_session
from registry.web.i18n import gettext as _
from registry.web.problems import Refused

Model = TypeVar("Model", bound=BaseModel)


def asked(model: type[Model]) -> Model:
    """The parameters of the address. Raises Refused with 400 and what to mend."""
    given = request.args.to_dict(flat=False)
    twice = [(name, _("Gửi tham số này một lần")) for name, values in given.items() if len(values) > 1]
    if twice:
        raise Refused(400, errors=twice)
    try:
        return model.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as wrong:
        raise Refused(400, errors=_parts(wrong, pointer=False)) from wrong


def sent(model: type[Model]) -> Model:
    """The body. Raises Refused: 415 for another kind, 400 for what is no JSON, 422 for what says something else."""
    if request.mimetype != "application/json":
        raise Refused(415)
    try:
        return model.model_validate_json(request.get_data(), strict=True)
    except ValidationError as wrong:
        if any(one["type"] == "json_invalid" for one in wrong.errors(include_url=False, include_input=False)):
            raise Refused(400, _("Thân yêu cầu không phải JSON đúng (UTF-8).")) from wrong
        raise Refused(422, errors=_parts(wrong, pointer=True)) from wrong


def _parts(wrong: ValidationError, *, pointer: bool) -> list[tuple[str, str]]:
    """(where, sentence) of each thing that is wrong; nothing that was sent is repeated."""
    found: list[tuple[str, str]] = []
    for one in wrong.errors(include_url=False, include_input=False):
        steps = [str(step).replace("~", "~0").replace("/", "~1")[:80] for step in one["loc"]]
        where = "/" + "/".join(steps) if pointer else ".".join(steps)
        found.append((where, sentence_of(one["type"], one.get("ctx", {}))))
    return found[:50]


def told(
    model: BaseModel, status: int = 200, *, etag: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """The answer. Reading, it has an ETag (a weak one of its words where no version is given) and may be «unchanged»."""
    answer = Response(model.model_dump_json(), status, mimetype="application/json")
    answer.headers.update(headers or {})
    if etag:
        answer.set_etag(etag)
    elif request.method in {"GET", "HEAD"}:
        answer.add_etag(weak=True)
    return unchanged(answer) if status == 200 else answer


def unchanged(answer: Response) -> Response:
    """«304» instead of what whoever asks has already; other conditions of HTTP are not looked at when reading."""
    tag, _is_weak = answer.get_etag()
    has_it = tag is not None and request.if_none_match.contains_weak(tag)
    if not has_it or request.method not in {"GET", "HEAD"}:
        return answer
    empty = Response(status=304)
    empty.headers["ETag"] = answer.headers["ETag"]
    return empty


def place_after(mark: str | None) -> str:
    """The id after which a page begins; "" for the first page. Raises Refused for a mark that is none of ours."""
    if mark is None:
        return ""
    parts = parts_of(mark, str)
    if parts is None or not is_public_id(str(parts[0])):
        refuse_mark("after")
    return str(parts[0])


def refuse_mark(name: str) -> NoReturn:
    """400: the mark was not made here."""
    raise Refused(400, errors=[(name, _("Dấu mốc không đúng. Dùng nguyên văn «next» đã nhận"))])


def mark_after(ids: Sequence[str], *, has_more: bool) -> str | None:
    """The mark of the next page; None at the end."""
    return cursor_of(ids[-1]) if has_more and ids else None


def keep_look(action: str, people: Sequence[str], *, need: str = "") -> None:
    """Record that a system was shown these people: they read of it under its name."""
    if not people:
        return
    caller = current_caller()
    detail = {"page": "api", "system": caller.name, "key": caller.public_id}
    session = write_session()
    record_read(
        session,
        caller.account_id,
        action,
        people=people,
        purpose="registry",
        detail=detail | ({"need": need} if need else {}),
        at=now(),
    )
    session.commit()
