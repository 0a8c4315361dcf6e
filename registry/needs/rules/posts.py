"""Reading a job post as job sites publish it (slug, title, company, location, tags, skills, texts). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from registry.needs.rules.terms import DESCRIPTION_LIMIT, EXTERNAL_ID_LIMIT, NOTE_LIMIT, TITLE_LIMIT
from registry.text import TextRefused, clean

_SKILL_LIMIT = 200
_MOST_SKILLS = 200
_NAME_LIMIT = 200
_SHORT_LIMIT = 500


class PostRefused(ValueError):
    """A post that cannot become a need: which of its fields, and why.

    `reason` is missing, not_text, not_list, too_many or a refusal of text (control, bidi, too_long, encoding).
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class JobPost:
    """A post whose texts are clean. `skills` are its tags and skills, each spelling once, in their order."""

    slug: str
    title: str
    company: str
    places: tuple[str, ...]
    working_mode: str
    posted: str
    skills: tuple[str, ...]
    text: str

    @property
    def is_remote(self) -> bool:
        """Whether the post offers remote work throughout; a hybrid post still has a workplace to come to."""
        return self.working_mode.casefold() == "remote"

    def note(self, *, skills_left_out: Iterable[str]) -> str:
        """What the post says and a need has no field for, in Vietnamese, one line each."""
        lines = (
            ("Nơi làm việc khác trong tin", ", ".join(self.places[1:])),
            ("Cách làm việc trong tin", self.working_mode),
            ("Thời gian đăng", self.posted),
            ("Kỹ năng khác trong tin", "; ".join(skills_left_out)),
        )
        return "\n".join(f"{label}: {said}" for label, said in lines if said)[:NOTE_LIMIT]


def read_post(post: Mapping[str, object]) -> JobPost:
    """The post with clean texts. Raises PostRefused for the first field that cannot be read."""
    location = _text(post, "location", _SHORT_LIMIT)
    posted = (_text(post, "postedTime", _NAME_LIMIT), _text(post, "scrapedAt", _NAME_LIMIT))
    return JobPost(
        slug=_text(post, "slug", EXTERNAL_ID_LIMIT, required=True),
        title=_text(post, "title", TITLE_LIMIT, required=True),
        company=_text(post, "company", _NAME_LIMIT),
        places=tuple(place for place in (part.strip() for part in location.split(" - ")) if place),
        working_mode=_text(post, "workingMode", _NAME_LIMIT),
        posted=", ".join(said for said in posted if said),
        skills=tuple(dict.fromkeys([*_texts(post, "tags"), *_texts(post, "skills")])),
        text=_whole_text(post),
    )


def _whole_text(post: Mapping[str, object]) -> str:
    work = _text(post, "jobDescription", DESCRIPTION_LIMIT, multiline=True)
    asked = _text(post, "requirements", DESCRIPTION_LIMIT, multiline=True)
    whole = "\n\n".join(part for part in (work, f"Yêu cầu:\n{asked}" if asked else "") if part)
    if len(whole) > DESCRIPTION_LIMIT:
        raise PostRefused("jobDescription", "too_long")
    return whole


def _text(
    post: Mapping[str, object], field: str, limit: int, *, multiline: bool = False, required: bool = False
) -> str:
    value = post.get(field)
    if value is not None and not isinstance(value, str):
        raise PostRefused(field, "not_text")
    cleaned = _cleaned(value or "", field, limit, multiline)
    if required and not cleaned:
        raise PostRefused(field, "missing")
    return cleaned


def _texts(post: Mapping[str, object], field: str) -> list[str]:
    value = post.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise PostRefused(field, "not_list")
    entries = cast("list[object]", value)
    if len(entries) > _MOST_SKILLS:
        raise PostRefused(field, "too_many")
    if not all(isinstance(entry, str) for entry in entries):
        raise PostRefused(field, "not_text")
    cleaned = (_cleaned(str(entry), field, _SKILL_LIMIT, multiline=False) for entry in entries)
    return [entry for entry in cleaned if entry]


def _cleaned(value: str, field: str, limit: int, multiline: bool) -> str:
    try:
        return clean(value, limit=limit, multiline=multiline)
    except TextRefused as refused:
        raise PostRefused(field, refused.reason) from refused
