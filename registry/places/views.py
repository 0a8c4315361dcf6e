"""Pages of places: the provinces, one unit with what it was made of, and the search that asks back."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.organisations.rules import HasUnitPath, UnitFound
from registry.places import queries
from registry.places.models import AdministrativeUnit
from registry.places.rules import AnswerState, Gazetteer, Place, PlaceAnswer, UnitLevel
from registry.places.rules.spelling import name_tokens
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

bp = Blueprint("places", __name__, url_prefix="/dia-ban")

_MOST_SUGGESTED = 20


@bp.get("")
@require(Permission.PLACES_READ)
def index() -> ResponseReturnValue:
    """The 34 provinces; with a typed name what it means today, or the question it raises."""
    session = db_session()
    typed = request.args.get("tim", "")
    if not typed.strip():
        return render_template("places/index.html", typed="", answer=None, rows=_province_rows(session))
    answer = queries.resolve_place(session, typed)
    places = queries.gazetteer(session)
    return render_template(
        "places/index.html",
        typed=typed[: queries.MOST_CHARACTERS],
        answer=answer,
        made_of=_made_of(places, answer.unit) if answer.unit is not None else [],
        suggested=_suggested(places, answer),
        rows=[],
    )


@bp.get("/<ma>")
@require(Permission.PLACES_READ)
def show(ma: str) -> ResponseReturnValue:
    """One unit of today by its code: a province with its communes, a commune with what it was made of."""
    session = db_session()
    unit = queries.unit_by_code(session, ma)
    if unit is None or unit.level is UnitLevel.COUNTRY:
        raise NotVisible
    places = queries.gazetteer(session)
    communes = queries.communes_of(session, unit) if unit.level is UnitLevel.PROVINCE else ()
    return render_template(
        "places/show.html",
        unit=unit,
        place=places.by_id(unit.id),
        communes=[(commune, _former_names(places, commune)) for commune in communes],
        made_of=_made_of(places, places.by_id(unit.id)),
    )


def _province_rows(session: Session) -> list[dict[str, Any]]:
    counts, former = queries.commune_counts(session), queries.former_provinces_of(session)
    return [
        {"unit": unit, "communes": counts.get(unit.id, 0), "former": former.get(unit.id, [])}
        for unit in queries.provinces(session)
    ]


def _made_of(places: Gazetteer, place: Place) -> list[str]:
    """The former units that went into it, in words; of its own name the kind is told, too."""
    return [former.words(current_language()) for former in places.former(place)]


def _former_names(places: Gazetteer, commune: AdministrativeUnit) -> str:
    return ", ".join(
        former.own_words(current_language()) for former in places.former(places.by_id(commune.id))
    )


def _suggested(places: Gazetteer, answer: PlaceAnswer) -> list[Place]:
    """Units whose name begins like a text that names none."""
    if answer.state is not AnswerState.UNKNOWN:
        return []
    return places.starting_with(name_tokens(answer.typed), _MOST_SUGGESTED)


class _Directory:
    """What the rooms below may ask about places (`registry.organisations.rules.UnitDirectory`)."""

    def find(self, session: Session, text: str, locale: str) -> UnitFound:
        answer = queries.resolve_place(session, text)
        if answer.unit is not None:
            return UnitFound(answer.unit, words=answer.words(locale))
        choices = [(one.unit.path, one.words(locale)) for one in answer.candidates]
        return UnitFound(sentence=_question(answer), choices=choices)

    def at(self, session: Session, path: str) -> HasUnitPath | None:
        found = queries.gazetteer(session).by_path(path)
        return found if found is not None and found.is_current else None

    def words(self, session: Session, path: str, locale: str) -> str:
        return queries.describe_unit(session, path, locale=locale)


def _question(answer: PlaceAnswer) -> str:
    """A short sentence for a field, with the choices listed beside it."""
    if answer.candidates:
        return _("Chưa rõ địa bàn nào. Chọn một nơi trong danh sách, hoặc ghi thêm huyện và tỉnh")
    return _("Không có địa bàn này. Nhập tên xã, phường và tỉnh, ví dụ «Ba Tri, Vĩnh Long»")


@bp.record_once
def _lend_directory(state: BlueprintSetupState) -> None:  # pyright: ignore[reportUnusedFunction]
    """Hand the directory to the app, where the rooms below find it."""
    state.app.extensions["registry.unit_directory"] = _Directory()
