"""Writing a measure, its targets and the figures that were reported of it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.indicators.forms.indicators import IndicatorForm, ObservationForm, TargetForm
from registry.indicators.models import Indicator, Observation
from registry.indicators.operations.defining import (
    IndicatorTerms,
    TargetTerms,
    define_indicator,
    revise_indicator,
    set_target,
)
from registry.indicators.operations.errors import CodeTaken, Impossible
from registry.indicators.operations.observing import Observed, enter_observation
from registry.indicators.queries.computed import QUERIES
from registry.indicators.queries.reading import indicators_of, observations_of, replaced_by
from registry.indicators.rules.figures import Missing, Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.periods import words_of
from registry.indicators.rules.wording import read_plan_phrase
from registry.indicators.views.blueprint import bp, reader, writable_indicator
from registry.organisations.rules import Office
from registry.people.views.keepers import office_choices, office_of
from registry.places.queries.former_provinces import former_provinces, place_words
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_MOST_WHOLES = 200


@bp.get("/chi-tieu/tao")
@require(Permission.INDICATORS_WRITE)
def create() -> ResponseReturnValue:
    """An empty form."""
    return _page(IndicatorForm(formdata=None), None)


@bp.post("/chi-tieu/tao")
@require(Permission.INDICATORS_WRITE)
def create_sent() -> ResponseReturnValue:
    """A new measure."""
    session, form = db_session(), IndicatorForm()
    office = _read(session, form)
    if office is None:
        return _page(form, None), 422
    try:
        made = define_indicator(
            session,
            str(form.code.data),
            _terms(form, None),
            at_unit=office.unit_path,
            at_organisation=office.organisation_path,
            by=current_account().id,
            at=now(),
        )
    except CodeTaken:
        form.code.errors = [_("Mã này đã có chỉ tiêu khác dùng. Nhập mã khác")]
        return _page(form, None), 422
    except Impossible as refused:
        form.query.errors = [refused.problem.text]
        return _page(form, None), 422
    session.commit()
    flash(_("Đã lưu chỉ tiêu %(code)s.", code=made.code), "ok")
    return redirect(url_for(".show", ma=made.code), 303)


@bp.get("/chi-tieu/<ma>/sua")
@require(Permission.INDICATORS_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """The form filled with the measure."""
    found = writable_indicator(db_session(), ma)
    return _page(IndicatorForm(formdata=None, data=_typed(found)), found)


@bp.post("/chi-tieu/<ma>/sua")
@require(Permission.INDICATORS_WRITE)
def edit_sent(ma: str) -> ResponseReturnValue:
    """Save; what somebody else saved meanwhile is never overwritten unseen."""
    session = db_session()
    found, form = writable_indicator(session, ma), IndicatorForm()
    if form.version.data != str(found.version):
        form.version.data = str(found.version)
        flash(_("Chỉ tiêu vừa được người khác sửa. Xem lại rồi lưu lần nữa."), "warn")
        return _page(form, found), 409
    form.code.data, form.office.data = found.code, _office_value(found)
    _offer(session, form, found)
    if not form.validate():
        return _page(form, found), 422
    try:
        revise_indicator(session, found, _terms(form, found), by=current_account().id, at=now())
    except Impossible as refused:
        form.query.errors = [refused.problem.text]
        return _page(form, found), 422
    session.commit()
    flash(_("Đã lưu thay đổi."), "ok")
    return redirect(url_for(".show", ma=found.code), 303)


@bp.get("/chi-tieu/<ma>/giao")
@require(Permission.INDICATORS_WRITE)
def target(ma: str) -> ResponseReturnValue:
    """A form for one more target."""
    found = writable_indicator(db_session(), ma)
    form = TargetForm(formdata=None, data={"unit": found.unit_code, "reading": Reading.WHOLE_PERIOD.value})
    return _target_page(form, found)


@bp.post("/chi-tieu/<ma>/giao")
@require(Permission.INDICATORS_WRITE)
def target_sent(ma: str) -> ResponseReturnValue:
    """Keep the target beside those there are."""
    session = db_session()
    found, form = writable_indicator(session, ma), TargetForm()
    form.offer()
    if not form.validate() or form.amount.amount is None:
        return _target_page(form, found), 422
    terms = TargetTerms(
        amount=form.amount.amount,
        unit_code=str(form.unit.data),
        starts=form.starts.data,
        ends=form.ends.data,
        reading=Reading(form.reading.data),
        document=str(form.document.data),
        quote=str(form.quote.data or ""),
    )
    set_target(session, found, terms, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã ghi chỉ tiêu giao."), "ok")
    return redirect(url_for(".show", ma=found.code), 303)


@bp.get("/chi-tieu/<ma>/so-lieu")
@require(Permission.INDICATORS_WRITE)
def observe(ma: str) -> ResponseReturnValue:
    """A form for a reported figure."""
    session = db_session()
    found = writable_indicator(session, ma)
    return _observation_page(session, ObservationForm(formdata=None), found)


@bp.post("/chi-tieu/<ma>/so-lieu")
@require(Permission.INDICATORS_WRITE)
def observe_sent(ma: str) -> ResponseReturnValue:
    """Keep what was reported; what it contradicts is named and shown."""
    session = db_session()
    found, form = writable_indicator(session, ma), ObservationForm()
    wholes = _wholes(session, found)
    form.offer([(key, words) for key, (words, _one) in wholes.items()], _whose(session, found))
    if not form.validate():
        return _observation_page(session, form, found), 422
    assert form.ends.data is not None  # noqa: S101 - it is required
    whole = wholes.get(str(form.part_of.data or ""))
    observed = Observed(
        starts=form.starts.data,
        ends=form.ends.data,
        amount=form.amount.amount,
        source=str(form.source.data),
        is_about=form.amount.is_about,
        why_missing=Missing(form.why_missing.data) if form.why_missing.data else None,
        percent=read_plan_phrase(str(form.percent.data or "")),
        verdict=str(form.verdict.data or ""),
        quote=str(form.quote.data or ""),
        part_of=whole[1] if whole else None,
        former=str(form.former.data or ""),
    )
    try:
        made = enter_observation(session, found, observed, by=current_account().id, at=now())
    except Impossible as refused:
        form.amount.errors = [refused.problem.text]
        return _observation_page(session, form, found), 422
    before = replaced_by(session, made)
    session.commit()
    if before is None:
        flash(_("Đã ghi số báo cáo."), "ok")
    else:
        words = _(
            "Đã ghi số báo cáo, thay cho %(before)s ghi trước đó của cùng kỳ.", before=before.figure.words
        )
        flash(words, "ok")
    return redirect(url_for(".show", ma=found.code), 303)


def _offer(session: Session, form: IndicatorForm, found: Indicator | None) -> None:
    offices = office_choices(session, current_viewer())
    if found is not None and form.office.data not in {value for value, _words in offices}:
        offices = [(str(form.office.data), found.unit_path), *offices]
    form.offer(offices, [(one.name, _(one.title)) for one in QUERIES.values()])


def _read(session: Session, form: IndicatorForm) -> Office | None:
    """The office chosen, where everything else is in order too."""
    _offer(session, form, None)
    return office_of(session, current_viewer(), str(form.office.data)) if form.validate() else None


def _terms(form: IndicatorForm, found: Indicator | None) -> IndicatorTerms:
    return IndicatorTerms(
        name=str(form.name.data),
        kind=IndicatorKind(form.kind.data),
        unit_code=str(form.unit.data),
        owner=str(form.owner.data),
        source=str(form.source.data),
        name_en=str(form.name_en.data or ""),
        definition=str(form.definition.data or ""),
        limits=str(form.limits.data or ""),
        numerator=str(form.numerator.data or ""),
        denominator=str(form.denominator.data or ""),
        query=str(form.query.data or ""),
        parameters=form.parameter_values,
        lower_is_better=bool(form.lower_is_better.data),
        programme_id=found.programme_id if found else None,
        node_id=found.node_id if found else None,
    )


def _typed(found: Indicator) -> dict[str, Any]:
    same = ("version", "code", "name", "name_en", "definition", "limits", "numerator", "denominator")
    same += ("owner", "source", "query", "lower_is_better")
    return {name: getattr(found, name) for name in same} | {
        "kind": found.kind.value,
        "unit": found.unit_code,
        "office": _office_value(found),
        "parameters": "\n".join(f"{name} = {value}" for name, value in found.parameters.items()),
    }


def _office_value(found: Indicator) -> str:
    return f"unit:{found.unit_path}"


def _page(form: IndicatorForm, found: Indicator | None) -> str:
    _offer(db_session(), form, found)
    return render_template("indicators/form.html", form=form, indicator=found)


def _target_page(form: TargetForm, found: Indicator) -> str:
    form.offer()
    return render_template("indicators/target_form.html", form=form, indicator=found)


def _observation_page(session: Session, form: ObservationForm, found: Indicator) -> str:
    wholes = [(key, words) for key, (words, _one) in _wholes(session, found).items()]
    form.offer(wholes, _whose(session, found))
    return render_template("indicators/observation_form.html", form=form, indicator=found, on=today())


def _whose(session: Session, found: Indicator) -> list[tuple[str, str]]:
    """Of which place a figure may be reported: that of the measure, or a former province that went into it."""
    place = place_words(session, found.unit_path) if found.unit_path else ""
    former = former_provinces(session, found.unit_path)
    return [("", place), *((one.path, place_words(session, one.path)) for one in former)]


def _wholes(session: Session, found: Indicator) -> dict[str, tuple[str, Observation]]:
    """Figures of other measures of the place that this one may lie inside: {public id: (words, figure)}."""
    others = [
        one.id
        for one in indicators_of(session, reader())
        if one.unit_path == found.unit_path and one is not found
    ]
    return {
        one.public_id: (f"{one.indicator.name}, {words_of(one.period)}: {one.figure.words}", one)
        for one in observations_of(session, others)[:_MOST_WHOLES]
        if one.amount is not None
    }
