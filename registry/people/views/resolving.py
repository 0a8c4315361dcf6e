"""From text as typed to places, countries and concepts: the answer goes on the field, and nothing typed is lost."""

from typing import Any

from sqlalchemy.orm import Session

from registry.people.forms.fields import PlaceString, refuse
from registry.people.rules import NO_PLACE, PlaceDraft
from registry.places.queries import resolve_country, resolve_place
from registry.places.rules import AnswerState, Candidate, PlaceAnswer
from registry.web.forms import CleanString
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

HOME_COUNTRY = "VN"


def read_place(session: Session, field: PlaceString, *, as_named: bool = False) -> PlaceDraft | None:
    """The place of a field; None when there is a question or an error, which then stands on the field.

    With `as_named` a former unit that the text names is kept as that unit (origins refer to dated places);
    else the unit of today is.
    """
    text = str(field.data or "").strip()
    if not text:
        return NO_PLACE
    answer = resolve_place(session, text)
    chosen = _chosen(answer, field.choice)
    if chosen is not None:
        field.answer = chosen.words(current_language())
        unit = chosen.former if as_named and chosen.former is not None else chosen.unit
        return PlaceDraft(text, unit.id, chosen.unit.path)
    if answer.candidates and answer.state is AnswerState.AMBIGUOUS:
        field.candidates = [(one.unit.path, one.words(current_language())) for one in answer.candidates]
        question = _(
            "«%(typed)s» có thể là %(total)s nơi. Chọn một nơi ở dưới, hoặc ghi thêm huyện và tỉnh.",
            typed=text[:60],
            total=answer.total,
        )
        refuse(field, question)
    else:
        refuse(field, answer.words(current_language()))
    return None


def _chosen(answer: PlaceAnswer, choice: str) -> Candidate | None:
    """The one reading: resolved at once, or picked among the candidates of an earlier question."""
    if answer.unit is not None:
        return Candidate(answer.unit, answer.former)
    return next((one for one in answer.candidates if choice and one.unit.path == choice), None)


def read_foreign_or_home_place(
    session: Session, field: PlaceString, country_field: CleanString
) -> PlaceDraft | None:
    """A place in the country of the field beside it: resolved at home, kept as typed abroad."""
    country = read_country(country_field)
    if country is None:
        return None
    if country and country != HOME_COUNTRY:
        return PlaceDraft(str(field.data or "").strip(), None, "", country)
    place = read_place(session, field)
    if place is None:
        return None
    return PlaceDraft(place.text, place.unit_id, place.unit_path, country or None)


def read_country(field: CleanString) -> str | None:
    """The code of a country typed by name or code; "" when nothing was typed, None for an error on the field."""
    text = str(field.data or "").strip()
    if not text:
        return ""
    found = resolve_country(text)
    if found is None:
        refuse(field, _("Không có nước «%(name)s» trong danh mục. Ví dụ: Nhật Bản", name=text[:60]))
        return None
    return found.code


def read_countries(field: CleanString) -> tuple[str, ...] | None:
    """Codes of several countries separated by commas; None for an error on the field."""
    codes: list[str] = []
    for part in str(field.data or "").replace(";", ",").split(","):
        name = part.strip()
        if not name:
            continue
        found = resolve_country(name)
        if found is None:
            refuse(field, _("Không có nước «%(name)s» trong danh mục. Ví dụ: Nhật Bản", name=name[:60]))
            return None
        codes.append(found.code)
    return tuple(dict.fromkeys(codes))


def read_place_lines(session: Session, field: Any) -> list[PlaceDraft] | None:
    """One place a line; the first that is a question or unknown becomes the field's error."""
    found: list[PlaceDraft] = []
    for line in str(field.data or "").splitlines():
        text = line.strip()
        if not text:
            continue
        answer = resolve_place(session, text)
        if answer.unit is None:
            refuse(field, answer.words(current_language()))
            return None
        found.append(PlaceDraft(text, answer.unit.id, answer.unit.path))
    return found
