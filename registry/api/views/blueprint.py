"""The two blueprints of the room: pages for administrators, and addresses for programs."""

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from registry.api.access import budget_left, limit_headers
from registry.api.rules import MOST_BYTES
from registry.web.problems import LANGUAGE_HEADERS

bp = Blueprint("api_tokens", __name__)
programs = Blueprint("api", __name__, url_prefix="/api/v1")


class SkillCode(BaseConverter):
    """The code of a concept in an address: capitals first, so that it is never taken for a word of ours («resolve»)."""

    regex = r"[A-Z][0-9A-Z-]{0,39}"


@programs.record_once
def _know_skill_codes(state: BlueprintSetupState) -> None:  # pyright: ignore[reportUnusedFunction]
    """Before the addresses that use it are added."""
    state.app.url_map.converters["skill_code"] = SkillCode


@programs.before_request
def hold_bodies_small() -> None:
    """A body is refused before it is read when it is larger than any address here takes."""
    request.max_content_length = MOST_BYTES


@programs.after_request
def say_what_is_left(answer: Response) -> Response:
    """Nothing is to be kept on the way, and every answer says how much more may be asked."""
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.vary.add(LANGUAGE_HEADERS)
    answer.vary.add("Authorization")
    left = budget_left()
    if left is not None and "RateLimit" not in answer.headers:
        answer.headers.update(limit_headers(left))
    return answer
