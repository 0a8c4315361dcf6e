"""Reading needs: the register, one need with its requirements, its log."""

from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.db import new_public_id
from registry.needs import queries
from registry.needs.forms.labels import ORDER_LABELS, STATE_LABELS
from registry.needs.models import Need
from registry.needs.queries import Register, RegisterFilter
from registry.needs.rules import APPROVED_STATES, EDITABLE_STATES, OPEN_STATES, NeedState
from registry.needs.views.blueprint import bp, shortlisted, visible_need
from registry.needs.views.changes import anew_lines, change_lines, merge_lines
from registry.needs.views.moves import moves_of, waits_for_another
from registry.needs.views.words import condition_lines, need_facts, scored_lines, share_lines, skill_lines
from registry.places.queries import provinces
from registry.text import TextRefused, clean
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.origins import find_origin
from registry.web.paging import page_number

_LONGEST_SEARCH = 100


@bp.get("")
@require(Permission.NEEDS_READ)
def index() -> ResponseReturnValue:
    """The register of needs in scope, filtered by the address."""
    session, viewer = db_session(), current_viewer()
    wanted = wanted_in(session, request.args)
    found = queries.register(session, viewer, wanted, page_number(request.args.get("trang")))
    units = provinces(session)
    return render_template(
        "needs/index.html",
        found=found,
        wanted=wanted,
        units=[(unit.path, unit.full_name) for unit in units],
        states=[(state, STATE_LABELS[state], found.by_state.get(state, 0)) for state in NeedState],
        orders=list(ORDER_LABELS.items()),
        chips=filter_chips(wanted, {unit.path: unit.full_name for unit in units}),
        relaxed=[] if found.page.total else _relaxed(session, viewer, wanted),
        args=filter_args(wanted),
        usual_days=queries.usual_days_to_fill(session, viewer),
        today=today(),
        open_states=OPEN_STATES,
        may_write=viewer.can(Permission.NEEDS_WRITE),
    )


@bp.get("/<ma>")
@require(Permission.NEEDS_READ)
def show(ma: str) -> ResponseReturnValue:
    """What a need asks for and where it stands."""
    session = db_session()
    need = visible_need(session, ma)
    return render_template(
        "needs/show.html",
        need=need,
        changes=change_lines(session, need),
        waits_for_another=waits_for_another(need, current_viewer()),
        skills=skill_lines(need),
        scored=scored_lines(need),
        conditions=condition_lines(need),
        shares=share_lines(need),
        **head_of(need),
    )


@bp.get("/<ma>/nhat-ky")
@require(Permission.NEEDS_READ)
def journal(ma: str) -> ResponseReturnValue:
    """The states the need has been in, and what its words were said to mean since: when, by whom, why."""
    session = db_session()
    need = visible_need(session, ma)
    entries = [
        {
            "at": line.step.at,
            "state": STATE_LABELS[line.step.state],
            "source": STATE_LABELS[line.source] if line.source else None,
            "who": line.who,
            "reason": line.step.reason or _reason(line),
        }
        for line in reversed(queries.log_of(session, need))
    ]
    return render_template(
        "needs/journal.html",
        need=need,
        entries=entries,
        anew=anew_lines(session, need),
        merges=merge_lines(session, need),
        **head_of(need),
    )


def _reason(line: queries.LogLine) -> str:
    """Why a need waits again, where the change itself is the reason."""
    if line.step.state is not NeedState.SUBMITTED or line.source is None:
        return ""
    if line.source in APPROVED_STATES:
        return _("Nội dung đã duyệt được sửa")
    return _("Người khác sửa khi đang chờ duyệt") if line.source is NeedState.SUBMITTED else ""


def head_of(need: Need) -> dict[str, Any]:
    """What the head of every page of a need shows: facts, changes of state, the way to edit and to copy, who is shortlisted."""
    viewer = current_viewer()
    may_write = viewer.can(Permission.NEEDS_WRITE, at=(need.unit_path, need.organisation_path))
    return {
        "facts": need_facts(need, today()),
        "moves": moves_of(need, viewer),
        "may_write": may_write,
        "may_edit": may_write and need.state in EDITABLE_STATES,
        "copy_key": new_public_id(),
        "shortlisted": shortlisted(need),
    }


def wanted_in(session: Session, args: MultiDict[str, str]) -> RegisterFilter:
    """The filter in an address; what it does not understand it leaves out."""
    known = {str(state) for state in NeedState}
    states = frozenset(NeedState(value) for value in args.getlist("trang-thai") if value in known)
    try:
        text = clean(args.get("tim", ""), limit=_LONGEST_SEARCH)
    except TextRefused:
        text = ""
    order = args.get("thu-tu", "")
    return RegisterFilter(
        states=states,
        unit_path=args.get("dia-ban", "")[:_LONGEST_SEARCH],
        text=text,
        origin=find_origin(session, "import", args.get("dot-nhap", "")),
        order=order if order in queries.ORDERS else queries.ORDERS[0],
    )


def filter_args(wanted: RegisterFilter) -> dict[str, Any]:
    """The filter as it stands in the address, in a fixed order; standard values are left out."""
    named = {
        "tim": wanted.text,
        "trang-thai": [str(state) for state in NeedState if state in wanted.states],
        "dia-ban": wanted.unit_path,
        "dot-nhap": wanted.origin.key if wanted.origin else "",
        "thu-tu": "" if wanted.order == queries.ORDERS[0] else wanted.order,
    }
    return {name: value for name, value in named.items() if value}


def _without(wanted: RegisterFilter) -> list[tuple[str, RegisterFilter]]:
    """Each filter that is set, with what remains when it is taken away."""
    found: list[tuple[str, RegisterFilter]] = []
    if wanted.text:
        found.append((f"«{wanted.text}»", replace(wanted, text="")))
    found += [
        (str(STATE_LABELS[state]), replace(wanted, states=wanted.states - {state}))
        for state in NeedState
        if state in wanted.states
    ]
    if wanted.unit_path:
        found.append(("unit", replace(wanted, unit_path="")))
    if wanted.origin:
        found.append((wanted.origin.words, replace(wanted, origin=None)))
    return found


def filter_chips(wanted: RegisterFilter, names: dict[str, str]) -> list[tuple[str, str]]:
    """One removable mark per filter: its words and the address without it."""
    place = names.get(wanted.unit_path, wanted.unit_path)
    return [
        (place if label == "unit" else label, url_for(".index", **filter_args(rest)))
        for label, rest in _without(wanted)
    ]


def _relaxed(session: Session, viewer: Viewer, wanted: RegisterFilter) -> list[tuple[str, str, int]]:
    """For an empty list: what each filter hides, most first."""
    place = _("địa bàn")
    found = [
        (
            place if label == "unit" else label,
            url_for(".index", **filter_args(rest)),
            _total(session, viewer, rest),
        )
        for label, rest in _without(wanted)
    ]
    return sorted((one for one in found if one[2]), key=lambda one: -one[2])


def _total(session: Session, viewer: Viewer, wanted: RegisterFilter) -> int:
    found: Register = queries.register(session, viewer, wanted)
    return found.page.total
