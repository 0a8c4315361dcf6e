"""Pages of places: the provinces, one unit with what it was made of, and the search that asks back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, require, whole_viewer
from registry.accounts.rules import Permission
from registry.organisations.rules import HasUnitPath, UnitFound
from registry.places import operations, queries
from registry.places.forms import AREA_LABELS, AreaForm
from registry.places.models import AdministrativeUnit
from registry.places.rules import AnswerState, Gazetteer, Place, PlaceAnswer, UnitLevel
from registry.places.rules.spelling import name_tokens
from registry.web.clock import now, today
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
        rows = _province_rows(session)
        return render_template(
            "places/index.html", typed="", answer=None, rows=rows, own=_own_places(session)
        )
    answer = queries.resolve_place(session, typed)
    places = queries.gazetteer(session)
    return render_template(
        "places/index.html",
        typed=typed[: queries.MOST_CHARACTERS],
        answer=answer,
        made_of=_made_of(places, answer.unit) if answer.unit is not None else [],
        suggested=_suggested(places, answer),
        rows=[],
        own=[],
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
    place = places.by_id(unit.id)
    communes = queries.communes_of(session, unit) if unit.level is UnitLevel.PROVINCE else ()
    return render_template(
        "places/show.html",
        unit=unit,
        place=place,
        area=queries.area_on(session, place, today()),
        said=queries.classifications_of(session, _related(places, place)),
        labels=AREA_LABELS,
        may_classify=_may_classify(place),
        communes=[(commune, _former_names(places, commune)) for commune in communes],
        made_of=_made_of(places, place),
    )


@bp.get("/<ma>/dac-diem")
@require(Permission.POLICIES_WRITE)
def area(ma: str) -> ResponseReturnValue:
    """The form for what a document says of the unit, or of one it came from."""
    place = _classified(ma)
    return _area_page(place, AreaForm.about(_choices(place), formdata=None, data={"unit": str(place.id)}))


@bp.post("/<ma>/dac-diem")
@require(Permission.POLICIES_WRITE)
def classify(ma: str) -> ResponseReturnValue:
    """Keep it."""
    session, place = db_session(), _classified(ma)
    form = AreaForm.about(_choices(place))
    if not form.validate() or form.valid_from.data is None:
        return _area_page(place, form), 422
    unit = session.get_one(AdministrativeUnit, int(form.unit.data))
    by = current_account().id
    try:
        operations.classify_area(
            session, unit, form.said, form.valid_from.data, str(form.document.data), by=by, at=now()
        )
    except operations.NotAfter as refused:
        last = formats.date(refused.args[0])
        form.valid_from.errors = [_("Đơn vị này đã hết từ sau ngày %(day)s: chọn ngày sớm hơn", day=last)]
        return _area_page(place, form), 422
    session.commit()
    flash(_("Đã ghi đặc điểm địa bàn. Chính sách và báo cáo dùng từ ngày bạn chọn."), "ok")
    return redirect(url_for(".show", ma=place.code), 303)


def _classified(code: str) -> Place:
    """A unit of today that the viewer may say something of; the others are as if they did not exist."""
    session = db_session()
    unit = queries.unit_by_code(session, code)
    if unit is None or unit.level is UnitLevel.COUNTRY:
        raise NotVisible
    place = queries.gazetteer(session).by_id(unit.id)
    if not _may_classify(place):
        raise NotVisible
    return place


def _may_classify(place: Place) -> bool:
    return whole_viewer().can(Permission.POLICIES_WRITE, at=(place.path, ""))


def _own_places(session: Session) -> list[Place]:
    """The places whose policies the viewer writes, where these are not the whole country."""
    viewer = whole_viewer()
    paths = sorted({one.unit_path for one in viewer.scopes_for(Permission.POLICIES_WRITE)} - {""})
    found = [queries.gazetteer(session).by_path(path) for path in paths]
    return [one for one in found if one is not None]


def _related(places: Gazetteer, place: Place) -> list[Place]:
    """The place, what lies above it, what it came from, and the districts these lay in."""
    found: dict[int, Place] = {}
    line: list[Place] = [place]
    while line:
        one = line.pop(0)
        if one.id not in found and one.level is not UnitLevel.COUNTRY:
            found[one.id] = one
            line += [*places.former(one), *([] if one.parent is None else [one.parent])]
    return list(found.values())


def _choices(place: Place) -> list[tuple[str, str]]:
    """The unit itself and all it came from with their districts: those of other provinces only as far as they lay there."""
    related = _related(queries.gazetteer(db_session()), place)
    own = [one for one in related if one is place or (not one.is_current and one.level >= place.level)]
    return [(str(one.id), one.words(current_language())) for one in own]


def _area_page(place: Place, form: AreaForm) -> str:
    return render_template("places/area.html", place=place, form=form)


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
